import BotConfiguration
import Diagnostics
import Secrets

/// A key that is sent over a connection that anybody on the way can read.
struct KeysInClear: BotRule {
    let codes: [DiagnosticCode] = [.keyInClear, .keyInClearWithinNetwork]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard bot.text("model", "provider") == "openai", let key = bot.node("model", "api_key"), !key.value.isReset,
            let url = bot.node("model", "base_url"), case .text(let text) = url.value,
            let reach = ClearTextReach(url: text)
        else { return [] }
        let code: DiagnosticCode
        let readers: String
        switch reach {
        case .loopback: return []
        case .privateNetwork: (code, readers) = (.keyInClearWithinNetwork, "whoever is in that network")
        case .open: (code, readers) = (.keyInClear, "whoever is on the way")
        }
        return [
            Finding(
                code, "'model.api_key' is sent without encryption, and \(readers) can read it", at: url.origin,
                file: bot.file.name, help: ["write https://, or remove 'api_key' where the service needs none"],
                notes: [Finding.Note("the key is set here", at: key.origin)])
        ]
    }
}
