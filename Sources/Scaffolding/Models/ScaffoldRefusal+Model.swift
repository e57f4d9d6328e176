import BotConfiguration
package import ModelCatalog

extension ScaffoldRefusal {
    /// The refusal of a bot whose model puts its results into S3, and nobody said where.
    static func noOutput(for id: String, hint: String) -> ScaffoldRefusal {
        ScaffoldRefusal(.model, "\(id) makes video and puts it into S3, and nothing says where", hint: hint)
    }

    /// The refusal of a bot of a kind that its model does not serve.
    static func otherKind(_ kind: BotKind, of id: String, _ facts: ModelFacts?) -> ScaffoldRefusal {
        guard let facts else {
            return ScaffoldRefusal(
                .model, "no catalog knows what '\(id)' makes, and only a chat bot needs no facts",
                hint: "'botctl onboard' writes them into catalog.d")
        }
        return ScaffoldRefusal(
            .model, "'\(facts.id)' serves no \(kind.rawValue) bot: it \(facts.kind.deed)",
            hint: "leave --kind away, or correct the model's 'kind' in catalog.d")
    }

    /// The refusal of a text that is no model's id.
    ///
    /// - Parameters:
    ///   - id: What was written.
    ///   - catalog: The models that may have been meant.
    /// - Returns: What to throw.
    package static func noModelID(_ id: String, in catalog: ModelCatalog) -> ScaffoldRefusal {
        let meant = catalog.suggestedIDs(for: id, limit: 1).first
        return ScaffoldRefusal(
            .model, "'\(id)' is no model id",
            hint: meant.map { "did you mean '\($0)'?" }
                ?? "ids look like amazon.nova-micro-v1:0; 'botctl catalog search WORDS' finds them")
    }
}
