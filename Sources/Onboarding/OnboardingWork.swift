import BotConfiguration
import BotRuntime
import ModelCatalog
import Scaffolding

/// The state of an onboarding between its steps.
struct OnboardingWork {
    typealias Listener = (OnboardingEvent) -> Void

    /// What is wanted; a profile's ARN is replaced by the model and the profile once it is known what it stands for.
    var request: OnboardingRequest
    let location: ProjectLocation
    let dependencies: OnboardingDependencies
    var report: OnboardingReport
    /// The step that is under way, and since when.
    private var current: (step: OnboardingStep, since: Duration)?

    init(_ onboarding: Onboarding) {
        request = onboarding.request
        location = onboarding.location
        dependencies = onboarding.dependencies
        report = OnboardingReport(
            modelID: onboarding.request.bot.modelID, upstream: onboarding.request.isLive ? .aws : .simulator)
    }

    mutating func takeSteps(
        _ onEvent: Listener, confirm: ((PossibleSlip) -> Bool)?, willWrite: (Project) async throws -> Void
    ) async throws {
        let access = request.isLive ? try await askForAccess(onEvent) : nil
        try findFacts(access, onEvent, confirm: confirm)
        try await makeFile(onEvent)
        let (bot, project) = try await validate(onEvent)
        try await write(project, onEvent, willWrite: willWrite)
        try await serveAndAsk(bot, of: project, onEvent)
    }

    // MARK: - Steps

    mutating func begin(_ step: OnboardingStep, _ onEvent: Listener) {
        current = (step, dependencies.clock.now())
        onEvent(.began(step))
    }

    mutating func end(_ outcome: OnboardingOutcome, _ onEvent: Listener) {
        guard let (step, since) = current else { return }
        current = nil
        let ended = OnboardingReport.Step(step: step, outcome: outcome, time: dependencies.clock.now() - since)
        report.steps.append(ended)
        onEvent(.ended(ended))
    }

    /// Leaves out of the step that is under way what passes while a person thinks.
    mutating func outsideOfTime<Value>(_ body: () -> Value) -> Value {
        let started = dependencies.clock.now()
        let value = body()
        let passed = dependencies.clock.now() - started
        current?.since += passed
        return value
    }

    mutating func fail(_ failure: any Error, _ onEvent: Listener) {
        report.failure = failure
        end(.failed(failure), onEvent)
    }

    // MARK: - The project as it will be

    /// The project's files with those that are made laid over them.
    var files: OverlayFiles {
        OverlayFiles(
            Dictionary(
                report.files.map { (location.path(of: $0), $0.bytes) },
                uniquingKeysWith: { first, _ in first }), over: dependencies.files)
    }

    /// What is known of models, the project's own facts among it; its bots are not read.
    func loadCatalog() -> ModelCatalog {
        dependencies.catalog.adding(ProjectSources.facts(at: location, files: files).facts.overlays)
    }

    /// The project's files as they will be.
    func loadSources() async throws -> ProjectSources {
        let sources = await ProjectSources.load(location, files: files)
        guard !sources.hasBrokenSettings else { throw ScaffoldRefusal.brokenSettings }
        return sources
    }

    /// The project as it will be, in the environment that was asked for.
    func loadProject() async throws -> Project {
        try await loadSources().makeProject(in: request.environment, catalog: dependencies.catalog)
    }

    var scaffolder: Scaffolder {
        Scaffolder(
            location: location, files: files, catalog: dependencies.catalog, environment: request.environment)
    }
}
