package import BotConfiguration
import BotRuntime

/// Brings a model from its id to a bot that has answered: facts, file, check, gateway, smoke test.
///
/// Nothing is written before the files are known to be valid; from then on they stay, whatever the smoke test says.
package struct Onboarding: Sendable {
    let request: OnboardingRequest
    let location: ProjectLocation
    let dependencies: OnboardingDependencies

    /// An onboarding into a project.
    package init(
        _ request: OnboardingRequest, into location: ProjectLocation, dependencies: OnboardingDependencies
    ) {
        self.request = request
        self.location = location
        self.dependencies = dependencies
    }

    /// Takes every step, tells of each, and stops at the first that fails.
    ///
    /// - Parameters:
    ///   - onEvent: Hears of every step as it begins and ends.
    ///   - confirm: Asks a person whether an id that looks like a slip is meant; nil where nobody can be asked.
    ///   - willWrite: Sees the project as it will be, just before the first file is written. What it throws ends the
    ///     onboarding with nothing written. Not called when there is nothing to write.
    /// - Returns: What came of it, also when it failed or was cancelled.
    package func run(
        onEvent: (OnboardingEvent) -> Void, confirm: ((PossibleSlip) -> Bool)? = nil,
        willWrite: (Project) async throws -> Void = { _ in }
    ) async -> OnboardingReport {
        let started = dependencies.clock.now()
        var work = OnboardingWork(self)
        do {
            try await work.takeSteps(onEvent, confirm: confirm, willWrite: willWrite)
        } catch is CancellationError {
            work.fail(OnboardingFailure.interrupted, onEvent)
        } catch {
            work.fail(error, onEvent)
        }
        work.report.total = dependencies.clock.now() - started
        return work.report
    }
}
