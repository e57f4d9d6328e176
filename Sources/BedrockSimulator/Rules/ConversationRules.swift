/// What Converse wants of the shape of a conversation.
///
/// The texts are those of the service as users report them; list positions count from 0.
enum ConversationRules {
    static let all = [
        startsWithUser, rolesAlternate, contentNotEmpty, blocksNotEmpty, textNotBlank, systemTextNotBlank,
    ]

    static let startsWithUser = ValidationRule { subject in
        guard turns(of: subject).first?.role != "user" else { return nil }
        return .validation(
            "A conversation must start with a user message. Try again with a conversation that starts with a user "
                + "message.")
    }

    static let rolesAlternate = ValidationRule { subject in
        let roles = turns(of: subject).map(\.role)
        guard zip(roles, roles.dropFirst()).contains(where: ==) else { return nil }
        return .validation(
            "A conversation must alternate between user and assistant roles. Make sure the conversation alternates "
                + "between user and assistant roles and try again.")
    }

    static let contentNotEmpty = ValidationRule { subject in
        guard let index = subject.request.messages.firstIndex(where: \.content.isEmpty) else { return nil }
        return .validation(
            "The content field in the Message object at messages.\(index) is empty. Add a ContentBlock object to the "
                + "content field and try again.")
    }

    static let blocksNotEmpty = ValidationRule { subject in
        guard let (message, block) = position(in: subject, where: { $0 == .empty }) else { return nil }
        return .validation(
            "The ContentBlock object at messages.\(message).content.\(block) must set one of the following keys: "
                + "text, image, toolUse, toolResult, document, video, cachePoint.")
    }

    static let textNotBlank = ValidationRule { subject in
        guard let (message, block) = position(in: subject, where: \.isBlankText) else { return nil }
        return .validation(
            "The text field in the ContentBlock object at messages.\(message).content.\(block) is blank. Add text to "
                + "the text field, and try again.")
    }

    static let systemTextNotBlank = ValidationRule { subject in
        guard let index = subject.request.system.firstIndex(where: \.isBlankText) else { return nil }
        return .validation(
            "The text field in the SystemContentBlock object at system.\(index) is blank. Add text to the text field, "
                + "and try again.")
    }

    /// The turns of the two that talk; instructions in between are no turns.
    private static func turns(of subject: RuleSubject) -> [ConverseRequest.Message] {
        subject.request.messages.filter { $0.role != "system" }
    }

    /// Where the first such block stands.
    private static func position(
        in subject: RuleSubject, where isWanted: (ConverseRequest.ContentBlock) -> Bool
    ) -> (message: Int, block: Int)? {
        for (index, message) in subject.request.messages.enumerated() {
            if let block = message.content.firstIndex(where: isWanted) { return (index, block) }
        }
        return nil
    }
}

extension ConverseRequest.ContentBlock {
    /// Whether the block is a text of nothing but white space.
    fileprivate var isBlankText: Bool { text?.allSatisfy(\.isWhitespace) ?? false }
}
