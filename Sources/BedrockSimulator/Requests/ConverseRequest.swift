import JSONCoding

/// What a model is asked, in the shape of Converse and ConverseStream; the other faces translate into it.
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

    /// How the answer is sampled; numbers keep their text for messages.
    struct InferenceConfiguration: Sendable, Hashable {
        var maxTokens: Int?
        var temperature: JSONNumber?
        var topP: JSONNumber?
        var stopSequences: [String] = []
    }

    /// A tool that the model may call.
    struct Tool: Sendable, Hashable {
        var name: String
        var summary: String?
        /// The JSON schema of its input.
        var schema: JSONValue
    }

    /// Which tool the model is to call.
    enum ToolChoice: Sendable, Hashable {
        case automatic
        case any
        case tool(name: String)
    }

    /// The guardrail that the request names.
    struct Guardrail: Sendable, Hashable {
        /// How much the answer tells of what the guardrail saw.
        enum Trace: Sendable, Hashable {
            case none
            /// What was found.
            case enabled
            /// What was looked for and not found, too.
            case full
        }

        /// When a streamed answer is judged.
        enum Mode: String, Sendable, Hashable {
            /// Before it is sent, in larger pieces.
            case sync
            /// While it is sent.
            case async
        }

        var id: String
        var version: String
        var trace: Trace
        var mode: Mode
    }

    var messages: [Message] = []
    var system: [ContentBlock] = []
    var inference = InferenceConfiguration()
    var tools: [Tool] = []
    /// Whether a point stands between the tools that ends a prefix to be cached.
    var cachesTools = false
    var toolChoice: ToolChoice?
    /// Whether the request has a tool configuration, be it empty.
    var hasToolConfiguration = false
    var guardrail: Guardrail?
    /// What goes to the model in its own words.
    var additionalFields: JSONObject = [:]
    /// JSON pointers into the model's own answer that the answer is to repeat.
    var responseFieldPaths: [String] = []
    /// The JSON schema that the answer has to keep; nil for free text.
    var answerSchema: JSONValue?
    /// What is answered as it was asked: `performanceConfig` and `serviceTier`.
    var echoed: JSONObject = [:]

    /// Whether the request offers tools.
    var offersTools: Bool { !tools.isEmpty }

    /// The texts of the newest message of the user, joined by line breaks; empty when there is none.
    var newestUserText: String {
        newestUserContent.compactMap { block -> String? in
            if case .other("guardContent", let text) = block { return text }
            return block.text
        }.joined(separator: "\n")
    }

    /// The blocks of the newest message of the user.
    var newestUserContent: [ContentBlock] { messages.last { $0.role == "user" }?.content ?? [] }
}
