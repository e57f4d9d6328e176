package import JSONCoding

/// A person's like or dislike of an answer.
///
/// Source: Poe server-bot protocol, `report_feedback`.
package struct PoeFeedbackReport: Hashable, Sendable {
    package var messageID: String
    package var userID: String
    package var conversationID: String
    /// `like` or `dislike`; other words may come.
    package var feedback: String

    package init(messageID: String, userID: String, conversationID: String, feedback: String) {
        self.messageID = messageID
        self.userID = userID
        self.conversationID = conversationID
        self.feedback = feedback
    }

    init(lenient object: JSONObject) {
        self.init(
            messageID: object.text("message_id"), userID: object.text("user_id"),
            conversationID: object.text("conversation_id"), feedback: object.text("feedback_type")
        )
    }
}

/// A person's reaction to an answer.
///
/// Source: Poe server-bot protocol, `report_reaction`.
package struct PoeReactionReport: Hashable, Sendable {
    package var messageID: String
    package var userID: String
    package var conversationID: String
    /// `like`, `dislike`, `heart`, `laughing`, `surprised`, `sad`; other words may come.
    package var reaction: String

    package init(messageID: String, userID: String, conversationID: String, reaction: String) {
        self.messageID = messageID
        self.userID = userID
        self.conversationID = conversationID
        self.reaction = reaction
    }

    init(lenient object: JSONObject) {
        self.init(
            messageID: object.text("message_id"), userID: object.text("user_id"),
            conversationID: object.text("conversation_id"), reaction: object.text("reaction")
        )
    }
}

/// What Poe disliked about an answer of ours: usually the only place where it says so.
///
/// Source: Poe server-bot protocol, `report_error`. It may arrive while the answer it is about is still open.
package struct PoeErrorReport: Hashable, Sendable {
    package var message: String
    /// Facts about the error, in no specified form; empty when there are none.
    package var metadata: JSONObject

    package init(message: String, metadata: JSONObject = JSONObject()) {
        self.message = message
        self.metadata = metadata
    }

    init(lenient object: JSONObject) {
        self.init(message: object.text("message"), metadata: object["metadata"]?.object ?? JSONObject())
    }
}
