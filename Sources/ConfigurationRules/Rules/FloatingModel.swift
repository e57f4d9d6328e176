import BotConfiguration
import Diagnostics
import ModelCatalog

/// A model id behind which the vendor changes what answers.
///
/// A bot that is pinned says that this must not happen to it; for it the finding is an error whatever the policy.
struct FloatingModel: BotRule {
    let codes: [DiagnosticCode] = [.floatingModel]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard let node = bot.node("model", "id"), let id = bot.text("model", "id"), let reason = reason(for: id) else {
            return []
        }
        let pinned = bot.node("model", "pinned")
        let isPinned = pinned?.value == .boolean(true)
        return [
            Finding(
                .floatingModel, "'\(id)' floats: \(reason)", at: node.origin, file: bot.file.name,
                help: ["name the version that you have tested"],
                notes: isPinned ? [Finding.Note("the bot is to be pinned", at: pinned?.origin)] : [],
                fixedSeverity: isPinned ? .error : nil)
        ]
    }

    private func reason(for id: String) -> String? {
        if id.hasSuffix("-latest") || id.hasSuffix(":latest") || id.hasSuffix("@latest") || id == "latest" {
            return "the vendor decides which version is the latest"
        }
        if id.utf8.contains(UInt8(ascii: "$")), id.contains("$LATEST") {
            return "$LATEST is another version after every change"
        }
        // Source: Amazon Bedrock user guide, "Intelligent prompt routing": both kinds of router ARNs.
        if ModelCatalog.isARN(id), id.contains(":default-prompt-router/") || id.contains(":prompt-router/") {
            return "a prompt router chooses the model for every request"
        }
        return nil
    }
}
