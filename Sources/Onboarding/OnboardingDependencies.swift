package import Bedrock
package import BotConfiguration
package import BotRuntime
package import ConfigurationRules
package import FileAccess
package import ModelCatalog
package import PoeProtocol
package import Rollout

/// The outside world of an onboarding.
package struct OnboardingDependencies: Sendable {
    /// A question to the control plane of the model service.
    package struct AccessQuestion: Hashable, Sendable {
        /// The id without a profile's prefix; no ARN.
        package let modelID: String
        /// The id that is to be called; nil for a model of which no catalog knows how it is called, and for a profile
        /// of the account's own.
        package let upstreamID: String?
        /// The model's name for people, where a catalog knows it.
        package let modelName: String?
        /// The region from which it is to be called.
        package let region: String
    }

    /// How the project's files are read.
    package var files: any FileReading
    /// How new ones are written.
    package var writer: any FileWriting
    /// The binary's facts; the project's own are read with it.
    package var catalog: ModelCatalog
    /// Judges the bot in its project.
    package var check: ConfigurationCheck
    /// Asks the control plane; only on the way to the real model service.
    ///
    /// What it throws ends the onboarding.
    package var survey: @Sendable (AccessQuestion) async throws -> ModelAccessSurvey
    /// Asks the control plane of a region what an inference profile of the account stands for, by its ARN.
    ///
    /// A `ControlPlaneError` is told and the profile taken as it is; what else it throws ends the onboarding.
    package var findProfile: @Sendable (_ arn: String, _ region: String) async throws -> ListedInferenceProfile
    /// Makes the gateway that serves the bot of a project.
    package var makeHost: @Sendable (Project) -> any CandidateHost
    package var smoke: any SmokeTester
    /// Makes the key of that gateway.
    package var makeAccessKey: @Sendable () -> PoeAccessKey
    package var clock: MonotonicClock
    /// The day, as an ISO 8601 date, to judge what has come to its end; nil where nobody judges.
    package var today: String?

    package init(
        files: any FileReading, writer: any FileWriting, catalog: ModelCatalog, check: ConfigurationCheck,
        survey: @escaping @Sendable (AccessQuestion) async throws -> ModelAccessSurvey,
        findProfile: @escaping @Sendable (_ arn: String, _ region: String) async throws -> ListedInferenceProfile,
        makeHost: @escaping @Sendable (Project) -> any CandidateHost, smoke: any SmokeTester,
        makeAccessKey: @escaping @Sendable () -> PoeAccessKey, clock: MonotonicClock = .continuous, today: String? = nil
    ) {
        self.files = files
        self.writer = writer
        self.catalog = catalog
        self.check = check
        self.survey = survey
        self.findProfile = findProfile
        self.makeHost = makeHost
        self.smoke = smoke
        self.makeAccessKey = makeAccessKey
        self.clock = clock
        self.today = today
    }
}
