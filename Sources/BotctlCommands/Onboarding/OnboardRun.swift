import BotConfiguration
import ConfigurationRules
import FileAccess
import Logging
import ModelCatalog
import Scaffolding

/// Brings a model from its id to a bot that has answered: facts, file, check, gateway, smoke test.
///
/// Nothing is written before the files are known to be valid; from then on they stay, whatever the smoke test says.
struct OnboardRun: Sendable {
    let wish: OnboardWish
    let location: ProjectLocation
    /// The environment whose values lie over the bot's; nil for the default one.
    let environment: String?
    /// Judges the bot in its project.
    let rules: ConfigurationCheck
    let context: CommandContext
    let logger: Logger

    /// Takes every step, shows each, and stops at the first that fails.
    ///
    /// - Returns: What came of it, also when it failed or was cancelled.
    func run() async -> OnboardReport {
        let progress = StepProgress(terminal: context.terminal)
        var work = OnboardWork(
            run: self, progress: progress,
            report: OnboardReport(modelID: wish.bot.modelID, upstream: wish.isLive ? "aws" : "simulator"))
        let started = ContinuousClock.now
        var report = await progress.whileMoving {
            do {
                try await work.takeSteps()
            } catch is CancellationError {
                work.fail(CommandFailure(.interrupted, "stopped before it was done", hint: work.kept))
            } catch {
                work.fail(Failures.failure(for: error))
            }
            return work.report
        }
        report.total = ContinuousClock.now - started
        return report
    }
}

/// The state of an onboarding between its steps.
struct OnboardWork {
    let run: OnboardRun
    let progress: StepProgress
    var report: OnboardReport
    /// The step that is under way.
    private var step: String?

    init(run: OnboardRun, progress: StepProgress, report: OnboardReport) {
        self.run = run
        self.progress = progress
        self.report = report
    }

    mutating func takeSteps() async throws {
        let access = run.wish.isLive ? try await askForAccess() : nil
        try findFacts(access)
        try await makeFile()
        let (bot, project) = try await validate()
        try write()
        try await serveAndAsk(bot, of: project)
    }

    // MARK: - Steps

    mutating func begin(_ name: String) {
        step = name
        progress.begin(name)
    }

    mutating func end(_ mark: StepProgress.Mark, _ text: String, lines: [String] = []) {
        end(mark, text, lines: lines, shownAs: text)
    }

    private mutating func end(_ mark: StepProgress.Mark, _ text: String, lines: [String], shownAs shown: String) {
        guard let name = step else { return }
        step = nil
        let time = progress.end(mark, shown, lines: lines)
        report.steps.append(OnboardReport.Step(name: name, mark: mark, text: text, lines: lines, time: time))
    }

    mutating func fail(_ failure: CommandFailure) {
        // People read the message at the end, as that of any command.
        end(.failed, failure.message, lines: [], shownAs: "")
        report.failure = failure
    }

    // MARK: - The project as it will be

    /// The project's files with those that are made laid over them.
    var files: OverlayFiles {
        OverlayFiles(
            Dictionary(
                report.files.map { (run.location.path(of: $0), Array($0.text.utf8)) },
                uniquingKeysWith: { first, _ in first }), over: run.context.files)
    }

    /// What is known of models, the project's own facts among it; its bots are not read.
    func loadCatalog() -> ModelCatalog {
        run.context.catalog.adding(ProjectSources.facts(at: run.location, files: files).facts.overlays)
    }

    /// The project's files as they will be.
    func loadSources() async throws -> ProjectSources {
        let sources = await ProjectSources.load(run.location, files: files)
        guard !sources.hasBrokenSettings else {
            throw CommandFailure(
                .invalidConfiguration, "botctl.yaml is invalid", hint: "'botctl validate' shows what is wrong with it")
        }
        return sources
    }

    /// The project as it will be, in the environment that was asked for.
    func loadProject() async throws -> Project {
        try await loadSources().makeProject(in: run.environment, catalog: run.context.catalog)
    }

    var scaffolder: Scaffolder {
        Scaffolder(
            location: run.location, files: files, catalog: run.context.catalog, environment: run.environment)
    }
}
