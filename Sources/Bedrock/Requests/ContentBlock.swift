import ChatEvents
import JSONCoding

/// A block of a message's content, as Converse takes it.
///
/// Source: Amazon Bedrock API Reference, ContentBlock.
enum ContentBlock: Hashable {
    case text(String)
    case file(FileBlock)
    case toolUse(ToolCall)
    case toolResult(id: String, content: [ContentBlock], isError: Bool)
    case reasoning(ReasoningBlock)
    /// The end of a beginning that is to be cached.
    case cachePoint

    /// The block as JSON.
    var json: JSONValue {
        switch self {
        case .text(let text): ["text": .string(text)]
        case .file(let file): file.json
        case .toolUse(let call):
            ["toolUse": ["toolUseId": .string(call.id), "name": .string(call.name), "input": .object(call.input)]]
        case .toolResult(let id, let content, let isError):
            [
                "toolResult": [
                    "toolUseId": .string(id), "content": .array(content.map(\.json)),
                    "status": isError ? "error" : "success",
                ]
            ]
        case .reasoning(let block): Self.json(of: block)
        case .cachePoint: ["cachePoint": ["type": "default"]]
        }
    }

    private static func json(of block: ReasoningBlock) -> JSONValue {
        if let redacted = block.redacted { return ["reasoningContent": ["redactedContent": .string(redacted)]] }
        var text: JSONObject = ["text": .string(block.text)]
        if let signature = block.signature { text.append("signature", .string(signature)) }
        return ["reasoningContent": ["reasoningText": .object(text)]]
    }
}

/// A file within a message.
struct FileBlock: Hashable {
    enum Sort: String { case image, document, video, audio }

    let sort: Sort
    /// The format's name in the API: `jpeg`, never `jpg`.
    let format: String
    /// The file's name; of a document also what the model is told.
    var name: String
    let mediaType: MediaType
    let bytes: [UInt8]

    var json: JSONValue {
        var members: JSONObject = ["format": .string(format)]
        if sort == .document { members.append("name", .string(name)) }
        members.append("source", ["bytes": .string(Base64.encode(bytes))])
        return .object(JSONObject([(sort.rawValue, .object(members))]))
    }
}
