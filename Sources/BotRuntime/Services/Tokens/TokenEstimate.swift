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
    /// What a kilobyte of a packed document such as PDF comes to: a guess, as the text within it is not read here.
    private static let quartersOfDocumentKilobyte = 4 * 60
    /// What a kilobyte of a film comes to: 288 tokens a second, at two megabits a second.
    ///
    /// Sound is taken for as much.
    ///
    /// Source: Amazon Nova User Guide, "Video understanding": one frame a second, 288 tokens each.
    private static let quartersOfFilmKilobyte = 4 * 288 / 256
    /// Source: The same page: at most 960 frames are looked at.
    private static let quartersOfLongestFilm = 4 * 960 * 288

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
            add(attachment)
        case .toolCall(let call):
            add(call.name)
            add(JSONValue.object(call.input).text())
        case .toolResult(let result): result.content.forEach { add($0) }
        case .reasoning(let block): add(block.text)
        }
    }

    private mutating func add(_ attachment: Attachment) {
        let kilobytes = attachment.bytes.count / 1024 + 1
        switch attachment.mediaType.sort {
        case _ where attachment.mediaType.isText: add(attachment.bytes)
        case .image: quarters += Self.quartersOfImage
        case .video, .audio: quarters += min(kilobytes * Self.quartersOfFilmKilobyte, Self.quartersOfLongestFilm)
        case .document, .other: quarters += kilobytes * Self.quartersOfDocumentKilobyte
        }
    }

    private mutating func add(_ text: String) { add(text.utf8) }

    private mutating func add(_ text: some Sequence<UInt8>) {
        for byte in text {
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
