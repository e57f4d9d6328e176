import ModelCatalog
import Scaffolding

extension CommandFailure {
    /// A model that no catalog knows.
    ///
    /// - Parameters:
    ///   - id: What was written.
    ///   - catalog: The models that may have been meant.
    ///   - command: What comes before the model can be onboarded; nil where there is a project.
    /// - Returns: What to throw.
    static func unknownModel(_ id: String, in catalog: ModelCatalog, after command: String? = nil) -> CommandFailure {
        guard FactsScaffold.canDescribe(id) else { return noModelID(id, in: catalog) }
        let meant = catalog.suggestedIDs(for: id, limit: 1).first.map { "did you mean '\($0)'? If not: " } ?? ""
        let way = command.map { "after '\($0)', " } ?? ""
        return CommandFailure(
            .invalidConfiguration, "no catalog knows the model '\(id)'",
            hint: "\(meant)\(way)'botctl onboard \(id)' writes its facts into catalog.d, and the bot")
    }

    /// A text that is no model's id.
    static func noModelID(_ id: String, in catalog: ModelCatalog) -> CommandFailure {
        let meant = catalog.suggestedIDs(for: id, limit: 1).first
        return CommandFailure(
            .invalidConfiguration, "'\(id)' is no model id",
            hint: meant.map { "did you mean '\($0)'?" }
                ?? "ids look like amazon.nova-micro-v1:0; 'botctl catalog search WORDS' finds them")
    }
}
