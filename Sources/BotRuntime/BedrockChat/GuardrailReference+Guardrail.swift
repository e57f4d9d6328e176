import BotConfiguration
import Bedrock

extension GuardrailReference {
    /// The guardrail that a bot's config names, as requests to Amazon Bedrock name it.
    init(_ guardrail: Guardrail) {
        let mode: Mode =
            switch guardrail.mode {
            case .sync: .sync
            case .async: .async
            }
        self.init(id: guardrail.id, version: guardrail.version, mode: mode)
    }
}
