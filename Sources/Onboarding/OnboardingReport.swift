package import BotConfiguration
package import Scaffolding
package import SmokeTesting

/// What came of an onboarding.
package struct OnboardingReport: Sendable {
    /// A step that was taken.
    package struct Step: Sendable {
        package let step: OnboardingStep
        package let outcome: OnboardingOutcome
        /// How long it took, without the time that a person thought about a question.
        package let time: Duration
    }

    /// The model's id as it was asked for.
    package let modelID: String
    /// The model service that was asked.
    package let upstream: EnvironmentSettings.Upstream
    /// The bot's name, once it is known.
    package internal(set) var bot: String?
    /// In the order in which they were taken.
    package internal(set) var steps: [Step] = []
    /// The files that were made, in the order in which they are written.
    package internal(set) var files: [ScaffoldedFile] = []
    /// Whether the files are on disk.
    package internal(set) var isWritten = false
    /// What the bot was asked and how it answered.
    package internal(set) var smoke: SmokeReport?
    /// What stopped it: an ``OnboardingFailure``, a `ScaffoldRefusal`, or an error of a part that was used; nil when
    /// every step was taken.
    package internal(set) var failure: (any Error)?
    /// From the first step to the last.
    package internal(set) var total: Duration = .zero

    init(modelID: String, upstream: EnvironmentSettings.Upstream) {
        self.modelID = modelID
        self.upstream = upstream
    }

    /// Whether the simulator played a model of which nobody but this project says that it exists.
    package var isMadeUp: Bool {
        upstream == .simulator
            && steps.contains { step in
                if case .described(_, let purpose, _, _) = step.outcome { purpose != .correction } else { false }
            }
    }
}
