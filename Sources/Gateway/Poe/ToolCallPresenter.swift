import ChatEvents
import PoeProtocol

/// Turns the calls that a model makes into the data of `json` events.
///
/// Fragments of one call that arrive together become one chunk, and a call without any input gets `{}`, since clients
/// parse what they put together.
struct ToolCallPresenter {
    /// The call that the waiting fragments belong to.
    private var openIndex = 0
    private var fragments = ""
    private var calls = CallsWithoutInput()

    init() {}

    /// How many bytes of input wait to be told.
    var waitingBytes: Int { fragments.utf8.count }

    /// What an event leads to.
    mutating func chunks(for event: ChatEvent) -> [PoeToolCallChunk] {
        switch event {
        case .toolCallStarted(let index, let id, let name):
            calls.start(index)
            return waiting() + [.start(index: index, id: id, name: name)]
        case .toolCallInput(let index, let fragment) where !fragment.isEmpty:
            // Some services mix the pieces of several calls.
            let rest = index == openIndex ? [] : waiting()
            openIndex = index
            fragments += fragment
            calls.feed(index)
            return rest
        case .toolCallInput, .text, .reasoning, .reasoningBlock, .file, .status, .finished, .usage: return []
        }
    }

    /// What waits of a call's input.
    mutating func waiting() -> [PoeToolCallChunk] {
        guard !fragments.isEmpty else { return [] }
        defer { fragments = "" }
        return [.arguments(index: openIndex, fragment: fragments)]
    }

    /// What is left to say when the answer is complete.
    mutating func finish() -> [PoeToolCallChunk] {
        guard calls.hasCalls else { return [] }
        let empty = calls.indices.map { PoeToolCallChunk.arguments(index: $0, fragment: CallsWithoutInput.input) }
        return waiting() + empty + [.finished]
    }
}
