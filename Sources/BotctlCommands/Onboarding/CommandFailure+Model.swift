import ModelCatalog
import Scaffolding

extension CommandFailure {
    /// A model that no catalog knows.
    ///
    /// - Parameters:
    ///   - id: What was written.
    ///   - catalog: The models that may have been meant.
    ///   - flags: Where the model can be onboarded.
    ///   - command: What comes before that; nil where there is a project.
    /// - Returns: What to throw.
    static func unknownModel(
        _ id: String, in catalog: ModelCatalog, flags: PlaceFlags, after command: String? = nil
    ) -> CommandFailure {
        guard FactsScaffold.canDescribe(id) else {
            return Failures.failure(for: ScaffoldRefusal.noModelID(id, in: catalog))
        }
        let nearest = catalog.relatives(of: id).first?.id ?? catalog.suggestedIDs(for: id, limit: 1).first
        let meant = nearest.map { "did you mean '\($0)'? If not: " } ?? ""
        let way = command.map { "after '\($0)', " } ?? ""
        return CommandFailure(
            .invalidConfiguration, "no catalog knows the model '\(id)'",
            hint: "\(meant)\(way)'\(flags.command("onboard", id))' writes its facts into catalog.d, and the bot")
    }
}
