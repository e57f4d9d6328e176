package import ChatEvents
import JSONCoding

/// About how many tokens a request is.
///
/// Without the model's own tokenizer this is a rule of thumb: four ASCII characters, two characters of other alphabets
/// or one of any other script are a token, every message costs four more, and a picture about as much as one of a
/// million pixels costs at most models.
package struct TokenEstimate: Hashable, Sendable {
    /// The tokens.
    package var tokens: Int { quarters / 4 }

    private var quarters = 0
    private static let quartersOfMessage = 16
    /// Source: Anthropic's documentation, "Vision": width times height divided by 750, at most about 1,600 tokens.
    private static let quartersOfImage = 4 * 1_600
    /// What a kilobyte of a document comes to: a guess, as the text within it is not read here.
    private static let quartersOfDocumentKilobyte = 4 * 60

    /// Estimates a request: instructions, messages, tools.
    package init(of request: ChatRequest) {
        add(request.system)
        for message in request.messages {
            quarters += Self.quartersOfMessage
            message.content.forEach { add($0) }
        }
        for tool in request.tools?.definitions ?? [] {
            quarters += Self.quartersOfMessage
            add(tool.name)
            add(tool.description)
            add(JSONValue.object(tool.inputSchema).text())
        }
        if case .jsonSchema(let answer) = request.responseFormat {
            add(answer.description)
            add(JSONValue.object(answer.schema).text())
        }
    }

    private mutating func add(_ content: ChatContent) {
        switch content {
        case .text(let text): add(text)
        case .attachment(let attachment):
            switch attachment.mediaType.sort {
            case .image: quarters += Self.quartersOfImage
            default: quarters += (attachment.bytes.count / 1024 + 1) * Self.quartersOfDocumentKilobyte
            }
        case .toolCall(let call):
            add(call.name)
            add(JSONValue.object(call.input).text())
        case .toolResult(let result): result.content.forEach { add($0) }
        case .reasoning(let block): add(block.text)
        }
    }

    private mutating func add(_ text: String) {
        for byte in text.utf8 {
            // Only the first byte of a character counts: 0xxxxxxx, 110xxxxx, 111xxxxx.
            if byte < 0x80 {
                quarters += 1
            } else if byte >= 0xE0 {
                quarters += 4
            } else if byte >= 0xC0 {
                quarters += 2
            }
        }
    }
}
