import BotConfiguration
import Diagnostics

/// Bots for videos with a Bedrock API key: the key starts jobs and cannot fetch what they make from S3.
struct VideoCredentials: BotRule {
    let codes: [DiagnosticCode] = [.contradictingKeys]

    func findings(in bot: MergedBot, of subject: RuleSubject) -> [Finding] {
        guard bot.kind == .video, bot.provider == .bedrock, !bot.isRejected("kind"),
            case .object(let credentials)? = bot.node("model", "credentials")?.value,
            let key = credentials.setNode("api_key")
        else { return [] }
        return [
            Finding(
                .contradictingKeys,
                "'model.credentials.api_key' signs nothing for S3, where a bot that makes video fetches its files",
                at: key.origin, file: bot.file.name,
                help: ["use 'role_arn' or 'profile', or remove it: the gateway's own credentials are used then"])
        ]
    }
}
