import AsyncHTTPClient
import BotConfiguration
import ConfigurationRules
import Logging
import Onboarding
import PoeProtocol
import Rollout
import Secrets
import SmokeTesting

/// An onboarding with the real collaborators, shown as it goes.
struct OnboardRun: Sendable {
    let request: OnboardingRequest
    let location: ProjectLocation
    /// Judges the bot in its project.
    let rules: ConfigurationCheck
    let context: CommandContext
    let logger: Logger
    let flags: PlaceFlags
    /// Sees the project as it will be before anything is written; what it throws ends the onboarding.
    let willWrite: @Sendable (Project) async throws -> Void

    /// Takes every step and shows each on standard error.
    ///
    /// - Returns: What came of it, also when it failed or was cancelled.
    /// - Throws: When the HTTP client cannot be shut down.
    func run() async throws -> OnboardingReport {
        let progress = StepProgress(terminal: context.terminal)
        return try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
            let onboarding = Onboarding(request, into: location, dependencies: dependencies(http))
            let confirm: ((PossibleSlip) -> Bool)? = context.terminal.canAsk ? { ask(about: $0, progress) } : nil
            return await progress.whileMoving {
                await onboarding.run(
                    onEvent: { show($0, progress) }, confirm: confirm, willWrite: willWrite)
            }
        }
    }

    private func dependencies(_ http: HTTPClient) -> OnboardingDependencies {
        let upstream: EnvironmentSettings.Upstream = request.isLive ? .aws : .simulator
        return OnboardingDependencies(
            files: context.files, writer: context.writer, catalog: context.catalog, check: rules,
            survey: { [context] question in try await context.survey(question) },
            findProfile: { [context] arn, region in try await context.inferenceProfile(arn, in: region) },
            makeHost: { [context, logger] project in
                CandidateGateway(
                    environment: project.environment.name, upstream: context.gatewayUpstream(upstream),
                    tool: Version.tool, secrets: context.secretResolver(root: project.root), catalog: project.catalog,
                    logger: logger)
            }, smoke: SmokeRunner(client: PoeClient(http: http)), makeAccessKey: { .random() },
            today: context.today)
    }

    private func show(_ event: OnboardingEvent, _ progress: StepProgress) {
        switch event {
        case .began(let step): progress.begin(step.rawValue)
        case .ended(let step):
            let view = OnboardStepView(step: step, flags: flags)
            progress.end(view.mark, view.progressText, after: step.time, lines: view.lines)
            DiagnosticsView(diagnostics: view.diagnostics).showOnError(context.terminal)
        }
    }

    private func ask(about slip: PossibleSlip, _ progress: StepProgress) -> Bool {
        let meant = slip.meant.joined(separator: ", ")
        let nearest = slip.meant.count == 1 ? "the nearest is \(meant)" : "near are \(meant)"
        return progress.pausing {
            context.terminal.confirms("no catalog knows \(slip.id); \(nearest). Go on with the new one?")
        }
    }
}
