/// Puts the messages of a conversation together to turns, while they are read in order.
///
/// Neighbours of one role become one turn. Instructions within the conversation stand where they were given if the
/// model takes turns of the role `system`, and only there where the turns around them alternate all the same: before the
/// user's turn where they would part it in two, and at the beginning where they would part a call from its result.
///
/// Source: Amazon Bedrock API Reference, Message, `role`.
struct TurnList {
    /// What has been put together so far.
    private(set) var turns: [Conversation.Turn] = []
    /// What stands above the conversation, in order.
    private(set) var instructions: [String]

    private let takesSystemTurns: Bool
    /// What was said since the last turn.
    private var pending: [String] = []

    /// Begins a conversation.
    ///
    /// - Parameters:
    ///   - instructions: What stands above it already.
    ///   - takesSystemTurns: Whether instructions may stand between turns.
    init(instructions: [String], takesSystemTurns: Bool) {
        self.instructions = instructions
        self.takesSystemTurns = takesSystemTurns
    }

    /// Adds instructions that are given at this place.
    mutating func instruct(_ text: String) {
        guard takesSystemTurns, !turns.isEmpty, !text.isBlank else { return instructions.append(text) }
        pending.append(text)
    }

    /// Adds what one side says; nothing adds no turn.
    mutating func append(_ blocks: [ContentBlock], of role: Conversation.Turn.Role, isNew: Bool) {
        guard !blocks.isEmpty else { return }
        placePending(before: role)
        if turns.last?.role == role {
            turns[turns.count - 1].blocks += blocks
            turns[turns.count - 1].isNew = isNew || turns[turns.count - 1].isNew
        } else {
            turns.append(Conversation.Turn(role: role, blocks: blocks, isNew: isNew))
        }
    }

    /// Ends the conversation; a user's turn stays its last.
    mutating func finish() { placePending(before: .user) }

    private mutating func placePending(before next: Conversation.Turn.Role) {
        guard let last = turns.last, !pending.isEmpty else { return }
        let blocks = pending.map { ContentBlock.text($0) }
        defer { pending = [] }
        if last.role != next {
            guard !Self.hasCalls(last) else { return instructions += pending }
            turns.append(Conversation.Turn(role: .system, blocks: blocks))
        } else if last.role == .user, turns.count > 1, !Self.hasCalls(turns[turns.count - 2]) {
            if turns[turns.count - 2].role == .system {
                turns[turns.count - 2].blocks += blocks
            } else {
                turns.insert(Conversation.Turn(role: .system, blocks: blocks), at: turns.count - 1)
            }
        } else {
            instructions += pending
        }
    }

    private static func hasCalls(_ turn: Conversation.Turn) -> Bool {
        turn.blocks.contains { if case .toolUse = $0 { true } else { false } }
    }
}
