package import JSONCoding

/// A request for an answer.
///
/// The legacy members `api_key` and `access_key` are never kept: the key of a request is in its `Authorization`
/// header, and a body that is logged should hold none.
/// Source: Poe server-bot protocol, `query`.
package struct PoeQuery: Hashable, Sendable {
    /// The protocol version that this code speaks, as `<request>.<response>`.
    package static let protocolVersion = "1.2"

    package var version = PoeQuery.protocolVersion
    /// The conversation in order of time, newest last.
    package var messages: [PoeMessage]
    /// How many of the oldest messages were left out because of ``PoeRequestLimits/messages``.
    package var omittedMessages = 0
    /// A stable, anonymised id; empty when a script calls.
    package var userID = ""
    /// Changes when the person clears the context; empty when a script calls.
    package var conversationID = ""
    /// The id of the message that the answer becomes; empty when a script calls.
    package var messageID = ""
    /// An opaque token to be passed on when the bot calls other bots.
    package var metadata = ""
    /// A hint, 0 or more.
    package var temperature: Double?
    /// Whether the bot should add as little prompting of its own as possible.
    package var skipsSystemPrompt = false
    /// Biases by token, -100 to 100.
    package var logitBias: [String: Double] = [:]
    package var stopSequences: [String] = []
    /// The language of the person's client (BCP 47).
    package var languageCode = "en"
    package var adoptsCurrentBotName: Bool?
    /// The id of this call of the bot; cost requests need it.
    package var botQueryID = ""
    /// Who takes part in the chat.
    package var users: [PoeSender] = []
    /// Function definitions as they came; nil when the key is absent or null.
    package var tools: [JSONValue]?
    /// Calls that the model made earlier, as they came; nil when the key is absent or null.
    package var toolCalls: [JSONValue]?
    /// The results of those calls, as they came; nil when the key is absent or null.
    package var toolResults: [JSONValue]?
    /// In microseconds since 1970.
    package var creationTime: Int?
    package var extraParameters: JSONObject?

    package init(messages: [PoeMessage]) { self.messages = messages }

    init(lenient object: JSONObject, limits: PoeRequestLimits) {
        let all = object.objects("query")
        messages = all.suffix(limits.messages).map { PoeMessage(lenient: $0) }
        omittedMessages = all.count - messages.count
        version = object.text("version")
        userID = object.text("user_id")
        conversationID = object.text("conversation_id")
        messageID = object.text("message_id")
        metadata = object.text("metadata")
        temperature = object["temperature"]?.double.flatMap { $0 >= 0 ? $0 : nil }
        skipsSystemPrompt = object.flag("skip_system_prompt") ?? false
        for member in object["logit_bias"]?.object ?? JSONObject() {
            if let bias = member.value.double { logitBias[member.name] = bias }
        }
        stopSequences = object.texts("stop_sequences")
        languageCode = object.optionalText("language_code") ?? "en"
        adoptsCurrentBotName = object.flag("adopt_current_bot_name")
        botQueryID = object.text("bot_query_id")
        users = object.objects("users").map { PoeSender(id: $0.optionalText("id"), name: $0.optionalText("name")) }
        tools = object["tools"]?.array
        toolCalls = object["tool_calls"]?.array
        toolResults = object["tool_results"]?.array
        creationTime = object.whole("query_creation_time")
        extraParameters = object["extra_params"]?.object
    }

    /// The request with every key of the protocol, unset ones as null or default, as Poe's own client writes it.
    package var json: JSONValue {
        [
            "version": .string(version),
            "type": "query",
            "query": .array(messages.map(\.json)),
            "user_id": .string(userID),
            "conversation_id": .string(conversationID),
            "message_id": .string(messageID),
            "metadata": .string(metadata),
            "api_key": "<missing>",
            "access_key": "<missing>",
            "temperature": .optional(temperature),
            "skip_system_prompt": .bool(skipsSystemPrompt),
            "logit_bias": .object(
                JSONObject(logitBias.sorted { $0.key < $1.key }.map { ($0.key, .optional($0.value)) })
            ),
            "stop_sequences": .array(stopSequences.map { .string($0) }),
            "language_code": .string(languageCode),
            "adopt_current_bot_name": .optional(adoptsCurrentBotName),
            "bot_query_id": .string(botQueryID),
            "users": .array(users.map { ["id": .string($0.id ?? ""), "name": .optional($0.name)] }),
            "tools": tools.map { .array($0) } ?? .null,
            "tool_calls": toolCalls.map { .array($0) } ?? .null,
            "tool_results": toolResults.map { .array($0) } ?? .null,
            "query_creation_time": .optional(creationTime),
            "extra_params": extraParameters.map { .object($0) } ?? .null,
        ]
    }
}
