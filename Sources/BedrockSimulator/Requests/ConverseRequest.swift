import JSONCoding

/// A Converse or ConverseStream request, as far as the simulator looks at it.
///
/// Unknown members and kinds of content are taken without complaint; their JSON types are what the service model says,
/// or reading fails.
///
/// Source: Amazon Bedrock API reference, Converse, request body.
struct ConverseRequest: Sendable {
    /// One turn of the conversation.
    struct Message: Sendable, Hashable {
        /// The role as sent; ``ConversationRules`` judges it.
        var role: String
        var content: [ContentBlock]
    }

    /// A piece of a message or of the system prompt.
    enum ContentBlock: Sendable, Hashable {
        case text(String)
        /// Any other kind, by the name of its member: `image`, `cachePoint`, `toolUse`.
        case other(String)
        /// An object without members.
        case empty
    }

    /// How the answer is sampled; numbers keep their text for messages.
    struct InferenceConfiguration: Sendable, Hashable {
        var maxTokens: Int?
        var temperature: JSONNumber?
        var topP: JSONNumber?
        var stopSequences: [String] = []
    }

    var messages: [Message]
    var system: [ContentBlock]
    var inference: InferenceConfiguration
    /// Whether the request offers tools.
    var offersTools: Bool
    /// What goes to the model in its own words.
    var additionalFields: JSONObject

    /// The texts of the newest message of the user, joined by line breaks; empty when there is none.
    var newestUserText: String {
        let message = messages.last { $0.role == "user" }
        return (message?.content ?? []).compactMap(\.text).joined(separator: "\n")
    }

    /// The length of all texts in bytes of UTF-8.
    var textBytes: Int {
        (system + messages.flatMap(\.content)).reduce(0) { $0 + ($1.text?.utf8.count ?? 0) }
    }
}

extension ConverseRequest.ContentBlock {
    /// The text, or nil when the block is of another kind.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// Whether the block is of that other kind.
    func isKind(_ name: String) -> Bool { self == .other(name) }
}
