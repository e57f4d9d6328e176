import ChatEvents
import JSONCoding

/// What a `contentBlockDelta` event adds to a block.
///
/// Source: Amazon Bedrock API Reference, ContentBlockDeltaEvent, ContentBlockDelta.
struct BlockDelta: Equatable {
    /// What is added.
    enum Content: Equatable {
        case text(String)
        /// A fragment of the JSON text that is a tool's input.
        case toolInput(String)
        case reasoning(String)
        /// The seal over a block of reasoning.
        case signature(String)
        /// Reasoning that the service hides, in base64.
        case redacted(String)
        /// A piece of a picture, in base64.
        case image(String)
        /// Something that this version passes over.
        case other
    }

    /// The block's place in the answer, from 0.
    var index: Int
    var content: Content

    /// Reads a delta of its JSON, whatever it looks like.
    init(_ value: JSONValue) {
        index = value["contentBlockIndex"]?.integer ?? 0
        let delta = value["delta"]
        let reasoning = delta?["reasoningContent"]
        content =
            if let text = delta?["text"]?.string {
                .text(text)
            } else if let input = delta?["toolUse"]?["input"]?.string {
                .toolInput(input)
            } else if let text = reasoning?["text"]?.string {
                .reasoning(text)
            } else if let signature = reasoning?["signature"]?.string {
                .signature(signature)
            } else if let redacted = reasoning?["redactedContent"]?.string {
                .redacted(redacted)
            } else if let bytes = delta?["image"]?["source"]?["bytes"]?.string {
                .image(bytes)
            } else {
                .other
            }
    }

    /// A delta.
    init(index: Int, content: Content) {
        self.index = index
        self.content = content
    }
}
