import ChatEvents
import JSONCoding

/// Marks the beginnings of a request that the next request is likely to share.
///
/// The order of a request is tools, system, messages. A mark stands after the tools, after the instructions and at the
/// end of the last two user turns: the newest one writes the cache, the one before reads what was written last time.
/// A beginning that is too short is not cached, so it gets no mark.
///
/// Source: Amazon Bedrock User Guide, "Prompt caching".
struct CachePoints {
    /// How many marks one request may have.
    private static let limit = 4

    private let traits: CacheTraits
    private var tokens = 0
    private var count = 0

    init(_ traits: CacheTraits) { self.traits = traits }

    /// Whether a mark stands after the tools; `size` is theirs in bytes.
    mutating func marksTools(ofSize size: Int) -> Bool {
        tokens += size / 4
        guard size > 0, traits.marksTools else { return false }
        return take()
    }

    /// Whether a mark stands after the instructions.
    mutating func marksSystem(_ text: String) -> Bool {
        tokens += text.utf8.count / 4
        return take()
    }

    /// Adds marks to the turns.
    mutating func mark(_ turns: inout [Conversation.Turn]) {
        let users = turns.indices.filter { turns[$0].role == .user }.suffix(2)
        for index in turns.indices {
            tokens += turns[index].blocks.reduce(0) { $0 + $1.roughTokens }
            guard users.contains(index), let last = turns[index].blocks.last else { continue }
            if case .toolResult = last, !traits.marksToolResults { continue }
            if take() { turns[index].blocks.append(.cachePoint) }
        }
    }

    private mutating func take() -> Bool {
        guard tokens >= traits.leastTokens, count < Self.limit else { return false }
        count += 1
        return true
    }
}

extension ContentBlock {
    /// About how many tokens the block is; a rule of thumb.
    fileprivate var roughTokens: Int {
        switch self {
        case .text(let text): text.utf8.count / 4
        case .file(let file): file.sort == .image ? 1500 : file.bytes.count / 8
        case .toolUse(let call): 16 + call.input.count * 16
        case .toolResult(_, let content, _): content.reduce(8) { $0 + $1.roughTokens }
        case .reasoning(let block): block.text.utf8.count / 4
        case .cachePoint: 0
        }
    }
}
