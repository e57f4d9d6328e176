package import JSONCoding

/// Who wrote a message of a Poe conversation.
package enum PoeRole: Hashable, Sendable {
    case system
    case user
    /// The bot; Poe never says `assistant`.
    case bot
    /// Results of tool calls.
    case tool
    /// A role that this version does not know.
    case other(String)

    package init(_ word: String) {
        switch word {
        case "system": self = .system
        case "user": self = .user
        case "bot": self = .bot
        case "tool": self = .tool
        default: self = .other(word)
        }
    }

    /// The role as the protocol writes it.
    package var word: String {
        switch self {
        case .system: "system"
        case .user: "user"
        case .bot: "bot"
        case .tool: "tool"
        case .other(let word): word
        }
    }
}

/// One message of a Poe conversation.
///
/// Source: Poe server-bot protocol, ProtocolMessage. All of it is written by others and hostile until checked.
package struct PoeMessage: Hashable, Sendable {
    package var role: PoeRole
    /// The text; may be empty, for instance when a person only attaches a file.
    package var content: String
    /// `text/markdown` or `text/plain`.
    package var contentType = "text/markdown"
    /// `function_call` when the content of a bot's message is a JSON list of tool calls.
    package var messageType: String?
    package var messageID = ""
    /// Deprecated by Poe; see ``sender``.
    package var senderID: String?
    package var sender: PoeSender?
    /// When it was written, in microseconds since 1970; 0 when unknown.
    package var timestamp = 0
    /// Values of the bot's parameter controls, with any keys and any types.
    package var parameters = JSONObject()
    package var feedback: [PoeFeedback] = []
    package var reactions: [PoeReaction] = []
    package var attachments: [PoeAttachment] = []
    /// What this bot stored with the message by a `data` event.
    package var metadata: String?
    // A struct cannot hold itself; a list of at most one element can.
    private var references: [PoeMessage] = []

    package init(role: PoeRole, content: String, attachments: [PoeAttachment] = []) {
        self.role = role
        self.content = content
        self.attachments = attachments
    }

    /// The message that this one replies to.
    package var referencedMessage: PoeMessage? {
        get { references.first }
        set { references = newValue.map { [$0] } ?? [] }
    }

    init(lenient object: JSONObject) {
        role = PoeRole(object.text("role"))
        content = object.text("content")
        contentType = object.optionalText("content_type") ?? "text/markdown"
        messageType = object.optionalText("message_type")
        messageID = object.text("message_id")
        senderID = object.optionalText("sender_id")
        sender = object["sender"]?.object.map {
            PoeSender(id: $0.optionalText("id"), name: $0.optionalText("name"))
        }
        timestamp = object.whole("timestamp") ?? 0
        parameters = object["parameters"]?.object ?? JSONObject()
        feedback = object.objects("feedback").map {
            PoeFeedback(type: $0.text("type"), reason: $0.optionalText("reason"))
        }
        reactions = object.objects("reactions").map {
            PoeReaction(userID: $0.text("user_id"), reaction: $0.text("reaction"))
        }
        attachments = object.objects("attachments").map { PoeAttachment(lenient: $0) }
        metadata = object.optionalText("metadata")
        referencedMessage = object["referenced_message"]?.object.map { PoeMessage(lenient: $0) }
    }

    /// The message with every key of the protocol, as Poe's own client writes it.
    package var json: JSONValue {
        [
            "role": .string(role.word),
            "message_type": .optional(messageType),
            "sender_id": .optional(senderID),
            "sender": sender.map { ["id": .optional($0.id), "name": .optional($0.name)] } ?? .null,
            "content": .string(content),
            "parameters": .object(parameters),
            "content_type": .string(contentType),
            "timestamp": .integer(timestamp),
            "message_id": .string(messageID),
            "feedback": .array(feedback.map { ["type": .string($0.type), "reason": .optional($0.reason)] }),
            "attachments": .array(attachments.map(\.json)),
            "metadata": .optional(metadata),
            "referenced_message": referencedMessage?.json ?? .null,
            "reactions": .array(
                reactions.map { ["user_id": .string($0.userID), "reaction": .string($0.reaction)] }
            ),
        ]
    }
}

/// Who sent a message, where Poe says so.
package struct PoeSender: Hashable, Sendable {
    package var id: String?
    /// A name for display; it may change and is not unique.
    package var name: String?

    package init(id: String? = nil, name: String? = nil) {
        self.id = id
        self.name = name
    }
}

/// A like or dislike of a message, with the person's reason.
package struct PoeFeedback: Hashable, Sendable {
    /// `like` or `dislike`; other words may come.
    package var type: String
    package var reason: String?

    package init(type: String, reason: String? = nil) {
        self.type = type
        self.reason = reason
    }
}

/// A person's reaction to a message.
package struct PoeReaction: Hashable, Sendable {
    package var userID: String
    package var reaction: String

    package init(userID: String, reaction: String) {
        self.userID = userID
        self.reaction = reaction
    }
}
