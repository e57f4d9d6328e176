import ChatEvents

/// Takes the thoughts out of an answer that a model writes into its text: `<think>…</think>` and its like.
///
/// Thoughts count only where the text begins with the tag, so that an answer about such tags stays whole. The text may
/// be cut anywhere, within a tag too; what may yet become a tag waits for what follows.
struct InlineThinking {
    private enum State {
        /// Nothing but white space and perhaps a part of a tag has come.
        case beginning
        case thinking(end: [UInt8])
        /// The thoughts have ended; white space before what follows is dropped.
        case afterThoughts
        case answering
    }

    private static let tags = ["think", "thinking", "reasoning"].map { name in
        (open: Array("<\(name)>".utf8), close: Array("</\(name)>".utf8))
    }

    /// How much white space may stand before the tag.
    private static let mostWhitespace = 1024

    private var state: State
    /// Bytes of whole characters, but for those that a tag may cut; tags are ASCII and so cut between characters.
    private var waiting: [UInt8] = []

    /// Starts at the beginning of an answer.
    ///
    /// - Parameter isOn: False for a model that does no such thing; its text passes as it is.
    init(isOn: Bool) { state = isOn ? .beginning : .answering }

    /// Adds the events that a piece of text means.
    mutating func take(_ text: String, into events: inout [ChatEvent]) {
        if case .answering = state {
            if !text.isEmpty { events.append(.text(text)) }
            return
        }
        waiting += text.utf8
        while advance(into: &events) {}
    }

    /// Adds what still waits, at the end of the text.
    mutating func finish(into events: inout [ChatEvent]) {
        let rest = String(decoding: waiting, as: UTF8.self)
        waiting = []
        guard !rest.isEmpty else { return }
        switch state {
        case .thinking: events.append(.reasoning(rest))
        case .afterThoughts: break
        case .beginning, .answering: events.append(.text(rest))
        }
    }

    /// Goes one step on; false when more text is needed.
    private mutating func advance(into events: inout [ChatEvent]) -> Bool {
        switch state {
        case .beginning:
            let start = waiting.drop(while: Self.isWhitespace)
            if let tag = Self.tags.first(where: { start.starts(with: $0.open) }) {
                waiting = Array(start.dropFirst(tag.open.count))
                state = .thinking(end: tag.close)
                return true
            }
            let mayBegin = waiting.count <= Self.mostWhitespace && Self.tags.contains { $0.open.starts(with: start) }
            if mayBegin { return false }
            state = .answering
            return true
        case .thinking(let end):
            if let place = Self.place(of: end, in: waiting) {
                let thought = take(place)
                if !thought.isEmpty { events.append(.reasoning(thought)) }
                waiting.removeFirst(end.count)
                state = .afterThoughts
                return true
            }
            let thought = take(waiting.count - Self.overlap(of: waiting, with: end))
            if !thought.isEmpty { events.append(.reasoning(thought)) }
            return false
        case .afterThoughts:
            waiting = Array(waiting.drop(while: Self.isWhitespace))
            if waiting.isEmpty { return false }
            // Some models think again before they answer.
            state = .beginning
            return true
        case .answering:
            let text = take(waiting.count)
            if !text.isEmpty { events.append(.text(text)) }
            return false
        }
    }

    /// Takes the first bytes as text.
    private mutating func take(_ count: Int) -> String {
        let text = String(decoding: waiting[..<count], as: UTF8.self)
        waiting.removeFirst(count)
        return text
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func place(of tag: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= tag.count else { return nil }
        return (0...bytes.count - tag.count).first { bytes[$0] == tag[0] && bytes[$0...].starts(with: tag) }
    }

    /// How many bytes at the end may be the beginning of a tag.
    private static func overlap(of bytes: [UInt8], with tag: [UInt8]) -> Int {
        for count in stride(from: min(tag.count - 1, bytes.count), to: 0, by: -1)
        where tag.starts(with: bytes.suffix(count)) {
            return count
        }
        return 0
    }
}
