import ChatEvents

/// A conversation in the shape that Converse accepts.
///
/// It starts with a user turn, the roles alternate, no text is blank, and something is always left.
///
/// Source: Amazon Bedrock User Guide, "Carry out a conversation with the Converse API operations"; the messages of its
/// ValidationException.
struct Conversation {
    /// What one side says before the other speaks.
    struct Turn {
        enum Role { case user, assistant }

        let role: Role
        var texts: [String]
    }

    /// Stands in for a user turn that must be there and was not.
    static let emptyTurn = "(empty)"
    /// Asks a model to go on that cannot take up its own unfinished turn.
    static let goOn = "Continue."

    /// The instructions, or nil where there are none or they stand in the first turn.
    private(set) var system: String?
    private(set) var turns: [Turn] = []

    /// Brings a request's messages into shape.
    init(_ request: ChatRequest, for traits: ConverseModelTraits) {
        var instructions = [request.system]
        for message in request.messages {
            switch message.role {
            case .system: instructions.append(message.text)
            case .user: append(message.text, of: .user)
            case .assistant: append(message.text, of: .assistant)
            }
        }
        instructions.removeAll(where: \.isBlank)
        if !instructions.isEmpty {
            let text = instructions.joined(separator: "\n\n")
            if traits.supportsSystemMessages { system = text } else { openWithInstructions(text) }
        }
        if turns.first?.role != .user { turns.insert(Turn(role: .user, texts: [Self.emptyTurn]), at: 0) }
        if turns.last?.role == .assistant { finishAssistantTurn(isPrefill: traits.acceptsAssistantPrefill) }
    }

    private mutating func append(_ text: String, of role: Turn.Role) {
        guard !text.isBlank else { return }
        if turns.last?.role == role {
            turns[turns.count - 1].texts.append(text)
        } else {
            turns.append(Turn(role: role, texts: [text]))
        }
    }

    private mutating func openWithInstructions(_ text: String) {
        if turns.first?.role == .user {
            turns[0].texts.insert(text + "\n\n", at: 0)
        } else {
            turns.insert(Turn(role: .user, texts: [text]), at: 0)
        }
    }

    /// A prefill must not end in white space; a model that takes none is asked to go on.
    private mutating func finishAssistantTurn(isPrefill: Bool) {
        guard isPrefill else {
            turns.append(Turn(role: .user, texts: [Self.goOn]))
            return
        }
        let last = turns.count - 1
        guard var text = turns[last].texts.popLast() else { return }
        while text.last?.isWhitespace == true { text.removeLast() }
        turns[last].texts.append(text)
    }
}

extension String {
    /// Whether the text has nothing but white space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
