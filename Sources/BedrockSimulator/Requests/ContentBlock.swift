import JSONCoding

extension ConverseRequest {
    /// A piece of a message or of the system prompt.
    ///
    /// Source: Amazon Bedrock API reference, ContentBlock.
    enum ContentBlock: Sendable, Hashable {
        case text(String)
        case media(Media)
        case toolUse(ToolUse)
        case toolResult(ToolResult)
        case thinking(Thinking)
        /// The end of a prefix that can be cached, with its lifetime where one is named.
        case cachePoint(lifetime: String?)
        /// Any other kind, by the name of its member, with the texts within.
        case other(String, text: String)
        /// An object without members.
        case empty
    }

    /// An image, document, video or sound.
    struct Media: Sendable, Hashable {
        /// A kind of file.
        enum Kind: String, Sendable, Hashable, CaseIterable {
            case image
            case document
            case video
            case audio
        }

        /// Where the bytes are.
        enum Source: Sendable, Hashable {
            case bytes([UInt8])
            /// The text is no base64.
            case unreadable
            /// An object in S3, by its URI.
            case object(uri: String)
            /// The plain text of a document.
            case text(String)
            case missing
        }

        var kind: Kind
        var format: String?
        var source: Source
        /// What a document is called.
        var name: String?
    }

    /// A call of a tool, as an earlier answer of the model held it.
    struct ToolUse: Sendable, Hashable {
        var id: String
        var name: String
        var input: JSONValue
    }

    /// What a tool answered.
    struct ToolResult: Sendable, Hashable {
        var toolUseID: String
        /// The results as compact JSON texts or plain texts, in their order.
        var texts: [String]
        var media: [Media]
        var isError: Bool
    }

    /// The thoughts of an earlier answer of the model.
    struct Thinking: Sendable, Hashable {
        /// The thoughts; nil where the service has hidden them.
        var text: String?
        var signature: String?
        /// What stands for hidden thoughts, in base64.
        var redacted: String?
    }
}

extension ConverseRequest.ContentBlock {
    /// The text, or nil when the block is of another kind.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The file, or nil when the block is of another kind.
    var media: ConverseRequest.Media? {
        if case .media(let media) = self { media } else { nil }
    }

    /// The call, or nil when the block is of another kind.
    var toolUse: ConverseRequest.ToolUse? {
        if case .toolUse(let use) = self { use } else { nil }
    }

    /// The result, or nil when the block is of another kind.
    var toolResult: ConverseRequest.ToolResult? {
        if case .toolResult(let result) = self { result } else { nil }
    }

    /// The thoughts, or nil when the block is of another kind.
    var thinking: ConverseRequest.Thinking? {
        if case .thinking(let thinking) = self { thinking } else { nil }
    }

    /// The name of the block's member on the wire; empty for a block without one.
    var kind: String {
        switch self {
        case .text: "text"
        case .media(let media): media.kind.rawValue
        case .toolUse: "toolUse"
        case .toolResult: "toolResult"
        case .thinking: "reasoningContent"
        case .cachePoint: "cachePoint"
        case .other(let name, _): name
        case .empty: ""
        }
    }

    /// Whether the block is of that kind.
    func isKind(_ name: String) -> Bool { kind == name }
}
