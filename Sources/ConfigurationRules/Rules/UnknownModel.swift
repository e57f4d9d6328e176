import BotConfiguration
import Diagnostics
import ModelCatalog

/// A model id that neither the catalog nor the project's own facts know: most often it is misspelt.
///
/// ARNs are exempt, because they name what an account has made, and so are models of other providers.
struct UnknownModel: EnvironmentRule {
    let codes: [DiagnosticCode] = [.unknownModel]

    /// For how many ids of an environment it is told what was probably meant.
    private static let suggestionLimit = 200

    func findings(in project: Project, of subject: RuleSubject) -> [Finding] {
        // Looking for what was meant goes through the whole catalog, so each id is looked for once, and of very many
        // only the first: then the ids are not misspelt.
        var suggestions: [String: String?] = [:]
        return project.mergedBots.compactMap { bot in
            guard bot.facts == nil, let node = bot.node("model", "id"), case .text(let id) = node.value,
                !ModelCatalog.isARN(id), bot.text("model", "provider") ?? "bedrock" == "bedrock",
                !bot.isRejected("model.provider")
            else { return nil }
            if suggestions[id] == nil, suggestions.count < Self.suggestionLimit {
                suggestions[id] = .some(self.id(meantBy: id, in: project.catalog))
            }
            let meant = suggestions[id] ?? nil
            return Finding(
                .unknownModel, "the catalog does not know the model '\(id)'", at: node.origin, file: bot.file.name,
                help: [
                    meant.map { "did you mean '\($0)'?" }
                        ?? "if it is newer than this botctl, write its facts into catalog.d/, or pass --allow-unknown-model"
                ])
        }
    }

    /// Other tools write the provider, and the way of calling it, in front of the id.
    private func id(meantBy id: String, in catalog: ModelCatalog) -> String? {
        let bare = id.split(separator: "/").last.map(String.init) ?? id
        return catalog.facts(for: bare) == nil ? catalog.closestID(to: bare) : bare
    }
}
