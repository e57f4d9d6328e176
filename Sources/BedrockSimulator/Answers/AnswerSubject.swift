import AWSSigning
import JSONCoding
import ModelCatalog

/// Who answers, and where.
struct AnswerSubject: Sendable {
    /// How the ids of tool calls look.
    enum CallIDStyle: String, Sendable {
        case converse = "tooluse_"
        case anthropic = "toolu_bdrk_"
        case openAI = "call_"
    }

    let model: ModelFacts
    /// The model id as the caller named it.
    let id: String
    let region: String
    var callIDs = CallIDStyle.converse

    /// The id of a tool call: the same for the same call at the same place of a conversation.
    func callID(of call: ToolCommand.Call, at position: Int, after messages: Int) -> String {
        let digest = sha256Hex("\(messages) \(position) \(call.name) \(call.input.text())".utf8)
        return callIDs.rawValue + digest.prefix(24)
    }

    /// The signature of visible thoughts: it holds for this model alone.
    func signature(of thoughts: String) -> String {
        let digest = sha256Hex("\(model.id)\u{0}\(thoughts)\u{0}bedrock simulator".utf8)
        return Base64.encoded(Array("simulator:\(digest)".utf8))
    }
}
