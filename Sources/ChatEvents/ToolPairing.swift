import JSONCoding

/// A turn of a conversation in a model service's words, as far as tools go.
package protocol ToolTurn {
    associatedtype Block: ToolBlock

    /// Whether the model speaks.
    var isOfModel: Bool { get }
    /// What is said, in order.
    var blocks: [Block] { get set }
}

/// A part of a turn in a model service's words, as far as tools go.
package protocol ToolBlock {
    /// A part that is said in words.
    static func words(_ text: String) -> Self
    static func call(_ call: ToolCall) -> Self
    static func result(id: String, content: [Self], isError: Bool) -> Self
    /// What it has to do with tools.
    var toolPart: ToolPart<Self> { get }
}

/// What a part of a turn has to do with tools.
package enum ToolPart<Block> {
    case none
    case call(ToolCall)
    case result(id: String, content: [Block], isError: Bool)
}

/// Makes the tool calls of a conversation and their results match.
///
/// Services refuse a call without a result in the turn that follows, a result without a call in the turn before, and an
/// id that comes twice. What does not match becomes text, so that nothing of it is lost to the model.
///
/// Source: Amazon Bedrock User Guide, "Call a tool with the Converse API"; ToolUseBlock, `toolUseId` and `name`. OpenAI
/// API reference, "Function calling", asks for the same.
package struct ToolPairing {
    /// Whether calls and results stay what they are; without, all become text.
    let keepsToolBlocks: Bool

    package init(keepsToolBlocks: Bool) { self.keepsToolBlocks = keepsToolBlocks }

    /// The turns with calls and results that match; neighbours are of different speakers.
    package func pairing<Turn: ToolTurn>(_ turns: [Turn]) -> [Turn] {
        var turns = turns
        var ids = ToolIDs()
        var names: [String: String] = [:]
        for index in turns.indices {
            guard turns[index].isOfModel else {
                // A result that stands alone; those that match were dealt with at their call.
                let known = index > 0 ? calls(in: turns[index - 1]) : []
                flatten(&turns[index], keeping: Set(known), names: names)
                continue
            }
            for case .call(let call) in turns[index].blocks.map(\.toolPart) { names[call.id] = call.name }
            let answered = index + 1 < turns.count ? results(in: turns[index + 1]) : []
            let kept = keepsToolBlocks ? Set(calls(in: turns[index])).intersection(answered) : []
            flatten(&turns[index], keeping: kept, names: names)
            guard index + 1 < turns.count else { continue }
            flatten(&turns[index + 1], keeping: kept, names: names)
            var valid: [String: String] = [:]
            for id in calls(in: turns[index]) { valid[id] = ids.valid(id) }
            rename(valid, in: &turns[index])
            rename(valid, in: &turns[index + 1])
        }
        return turns
    }

    private func calls(in turn: some ToolTurn) -> [String] {
        turn.blocks.compactMap { if case .call(let call) = $0.toolPart { call.id } else { nil } }
    }

    private func results(in turn: some ToolTurn) -> [String] {
        turn.blocks.compactMap { if case .result(let id, _, _) = $0.toolPart { id } else { nil } }
    }

    /// Turns the calls and results of other ids into text, and of those of one id all but the first.
    private func flatten<Turn: ToolTurn>(_ turn: inout Turn, keeping kept: Set<String>, names: [String: String]) {
        var seen: Set<String> = []
        turn.blocks = turn.blocks.flatMap { block -> [Turn.Block] in
            switch block.toolPart {
            case .call(var call):
                guard kept.contains(call.id), seen.insert(call.id).inserted else {
                    return [.words("[Called \(call.name) with \(JSONValue.object(call.input).text())]")]
                }
                call.name = Self.validName(call.name)
                return [.call(call)]
            case .result(let id, let content, let isError):
                if kept.contains(id), seen.insert(id).inserted { return [block] }
                let name = names[id].map { " of \($0)" } ?? ""
                return [.words("[Result\(name)\(isError ? ", an error" : ""):]")] + content
            case .none: return [block]
            }
        }
    }

    private func rename<Turn: ToolTurn>(_ valid: [String: String], in turn: inout Turn) {
        for index in turn.blocks.indices {
            switch turn.blocks[index].toolPart {
            case .call(var call):
                call.id = valid[call.id] ?? call.id
                turn.blocks[index] = .call(call)
            case .result(let id, let content, let isError):
                turn.blocks[index] = .result(id: valid[id] ?? id, content: content, isError: isError)
            case .none: break
            }
        }
    }

    /// A tool's name of 1 to 64 of the characters that services take.
    package static func validName(_ name: String) -> String {
        let valid = name.unicodeScalars.prefix(64).map { isNameScalar($0) ? Character($0) : "_" }
        return valid.isEmpty ? "tool" : String(valid)
    }

    static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }
}

/// Ids of calls that services take, and that come once in a conversation.
private struct ToolIDs {
    private var taken: Set<String> = []
    /// The next number for ids that begin alike: a stranger may send thousands of one.
    private var copies: [String: Int] = [:]
    /// So much of an id stays where it gets a number; services take 64 characters.
    private static let stemLength = 56

    /// The id itself where it can be, else one like it.
    mutating func valid(_ id: String) -> String {
        let cleaned = id.unicodeScalars.prefix(64).map { scalar in
            ToolPairing.isNameScalar(scalar) || scalar == "." || scalar == ":" ? Character(scalar) : "_"
        }
        let base = cleaned.isEmpty ? "call" : String(cleaned)
        if taken.insert(base).inserted { return base }
        let stem = String(base.prefix(Self.stemLength))
        while true {
            let copy = copies[stem, default: 2]
            copies[stem] = copy + 1
            let valid = "\(stem)-\(copy)"
            if taken.insert(valid).inserted { return valid }
        }
    }
}
