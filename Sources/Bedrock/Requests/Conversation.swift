import ChatEvents

/// A conversation in the shape that Converse accepts.
///
/// It starts with a user turn, the roles alternate, no text is blank, every tool call has its result in the turn that
/// follows, and something is always left.
///
/// Source: Amazon Bedrock User Guide, "Carry out a conversation with the Converse API operations"; the messages of its
/// ValidationException.
struct Conversation {
    /// What one side says before the other speaks.
    struct Turn: Hashable {
        enum Role: String { case user, assistant, system }

        let role: Role
        var blocks: [ContentBlock]
        /// Whether it is of the newest turn, to which the model is to answer.
        var isNew = false
    }

    /// Stands in for a user turn that must be there and was not.
    static let emptyTurn = "(empty)"
    /// Asks a model to go on that cannot take up its own unfinished turn.
    static let goOn = "Continue."
    /// Stands beside a document that came without a word, as the service asks for a text.
    static let seeDocument = "See the attached document."

    /// What a conversation may hold, beside what the model's traits say.
    struct Rules {
        /// Whether tool calls and results stay what they are; without, they become text.
        var keepsToolBlocks: Bool
        /// Whether the model's own thoughts go back to it.
        var keepsReasoning: Bool
    }

    /// The instructions, or nil where there are none or they stand in the first turn.
    private(set) var system: String?
    private(set) var turns: [Turn] = []

    /// Brings a request's messages into shape.
    ///
    /// - Throws: ``ChatFailure`` for a file that the model cannot take.
    init(_ request: ChatRequest, for traits: ConverseModelTraits, _ rules: Rules) throws(ChatFailure) {
        var list = TurnList(instructions: [request.system], takesSystemTurns: traits.takesSystemTurns)
        let lastAnswer = request.messages.lastIndex { $0.role == .assistant } ?? -1
        for (index, message) in request.messages.enumerated() {
            let reader = BlockReader(
                traits: traits, rules: rules, isNew: index > lastAnswer && message.role == .user)
            switch message.role {
            case .system: list.instruct(message.text)
            case .user: list.append(try reader.userBlocks(of: message), of: .user, isNew: index > lastAnswer)
            case .assistant: list.append(reader.assistantBlocks(of: message), of: .assistant, isNew: false)
            }
        }
        list.finish()
        // A call that is put into words below must not pass for words that the caller wants to be gone on with.
        let endsInText = if case .text? = list.turns.last?.blocks.last { true } else { false }
        turns = ToolPairing(keepsToolBlocks: rules.keepsToolBlocks).pairing(list.turns)
        try limitFiles(traits.attachments)
        for index in turns.indices { order(&turns[index]) }

        let instructions = list.instructions.filter { !$0.isBlank }
        if !instructions.isEmpty {
            let text = instructions.joined(separator: "\n\n")
            if traits.supportsSystemMessages { system = text } else { openWithInstructions(text) }
        }
        if turns.first?.role != .user { turns.insert(Turn(role: .user, blocks: [.text(Self.emptyTurn)]), at: 0) }
        if turns.last?.role != .user {
            finishAssistantTurn(isPrefill: traits.acceptsAssistantPrefill && !rules.keepsReasoning && endsInText)
        }
    }

    /// Adds marks for the prompt cache.
    mutating func mark(_ points: inout CachePoints) { points.mark(&turns) }

    /// Thoughts, words and calls of an answer come in this order; results come before what the user says with them.
    private func order(_ turn: inout Turn) {
        func rank(_ block: ContentBlock) -> Int {
            switch block {
            case .reasoning, .toolResult: 0
            case .text, .file, .cachePoint: 1
            case .toolUse: 2
            }
        }
        let blocks = turn.blocks
        turn.blocks = (0...2).flatMap { wanted in blocks.filter { rank($0) == wanted } }
        let hasDocument = blocks.contains { if case .file(let file) = $0 { file.sort == .document } else { false } }
        let hasText = blocks.contains { if case .text = $0 { true } else { false } }
        if hasDocument, !hasText { turn.blocks.append(.text(Self.seeDocument)) }
    }

    private mutating func openWithInstructions(_ text: String) {
        if turns.first?.role == .user {
            turns[0].blocks.insert(.text(text + "\n\n"), at: 0)
        } else {
            turns.insert(Turn(role: .user, blocks: [.text(text)]), at: 0)
        }
    }

    /// A prefill must not end in white space; a model that takes none is asked to go on.
    private mutating func finishAssistantTurn(isPrefill: Bool) {
        let last = turns.count - 1
        guard isPrefill, turns[last].role == .assistant, case .text(var text)? = turns[last].blocks.last else {
            turns.append(Turn(role: .user, blocks: [.text(Self.goOn)], isNew: true))
            return
        }
        while text.last?.isWhitespace == true { text.removeLast() }
        turns[last].blocks[turns[last].blocks.count - 1] = .text(text)
    }
}

// MARK: - Files

extension Conversation {
    /// Keeps the files within the service's counts, and gives documents their names.
    ///
    /// - Throws: ``ChatFailure`` when the newest turn alone has too many.
    private mutating func limitFiles(_ traits: AttachmentTraits) throws(ChatFailure) {
        try limit(.image, to: traits.imageLimit, named: "images")
        try limit(.document, to: traits.documentLimit, named: "documents")
        var names = DocumentNames()
        changeFiles { file, _ in
            var file = file
            if file.sort == .document { file.name = names.name(for: file.name) }
            return .file(file)
        }
    }

    /// Of too many files the oldest are left out, with a note in their place.
    private mutating func limit(
        _ sort: FileBlock.Sort, to limit: Int, named name: String
    ) throws(ChatFailure) {
        var (total, new) = (0, 0)
        changeFiles { file, isNew in
            if file.sort == sort {
                total += 1
                if isNew { new += 1 }
            }
            return .file(file)
        }
        guard new <= limit else {
            throw ChatFailure(
                .invalidRequest, detail: "the newest turn has \(new) \(name); \(limit) are taken",
                advice: .tooManyAttachments(sort: name, limit: limit))
        }
        var excess = total - limit
        guard excess > 0 else { return }
        changeFiles { file, _ in
            guard file.sort == sort, excess > 0 else { return .file(file) }
            excess -= 1
            return FileReader.note(on: file.name, file.mediaType)
        }
    }

    /// Changes every file, the oldest first.
    private mutating func changeFiles(_ change: (FileBlock, _ isNew: Bool) -> ContentBlock) {
        for turn in turns.indices {
            let isNew = turns[turn].isNew
            for index in turns[turn].blocks.indices {
                switch turns[turn].blocks[index] {
                case .file(let file): turns[turn].blocks[index] = change(file, isNew)
                case .toolResult(let id, let content, let isError):
                    let changed = content.map { block in
                        if case .file(let file) = block { change(file, isNew) } else { block }
                    }
                    turns[turn].blocks[index] = .toolResult(id: id, content: changed, isError: isError)
                case .text, .toolUse, .reasoning, .cachePoint: break
                }
            }
        }
    }
}

extension String {
    /// Whether the text has nothing but white space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
