package import Bedrock
package import BotConfiguration
package import Diagnostics
package import ModelCatalog
package import Scaffolding
package import SmokeTesting

/// What came of one step of an onboarding.
package enum OnboardingOutcome: Sendable {
    /// An ARN, about which the control plane cannot be asked, or could not tell what it stands for.
    case accessNotAsked(ControlPlaneError?)
    /// What the control plane tells of the account's access.
    case access(ModelAccessSurvey)
    /// A catalog knows the model; the file is that of the project's own facts, nil for the binary's. The warning says
    /// why nobody should begin with it, as the end of a sentence; nil for one that can be called.
    case known(ModelFacts, file: String?, warning: String?)
    /// A file of facts is made, for a purpose; the nearest is the model of the catalog that is most like it, and the
    /// kind what it is taken for as its relatives do that; nil for one that chats, and where somebody said it.
    case described(file: String, FactsScaffold.Purpose, nearest: String?, kind: ModelKind?)
    /// An inference profile of the account, of which nobody has to know what it calls.
    case ownProfile
    /// The bot's file is made.
    case made(ScaffoldedBot)
    /// The model has a bot already, in this file.
    case found(file: String)
    /// The new files are valid, but for these warnings; so many errors are in files of others.
    case valid(files: [String], [Diagnostic], errorsElsewhere: Int)
    /// The files are on disk.
    case written(files: [String], SchemaRefresh)
    /// A dry run writes nothing.
    case notWritten
    /// The gateway answers, over that model service.
    case serving(EnvironmentSettings.Upstream)
    /// All smoke cases passed.
    case passed(SmokeReport)
    /// The step could not be taken, or not to its end; the same as ``OnboardingReport/failure``.
    case failed(any Error)
}
