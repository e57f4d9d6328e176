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
    private var started: [Int] = []
    private var withInput: Set<Int> = []

    init() {}

    /// How many bytes of input wait to be told.
    var waitingBytes: Int { fragments.utf8.count }

    /// What an event leads to.
    mutating func chunks(for event: ChatEvent) -> [PoeToolCallChunk] {
        switch event {
        case .toolCallStarted(let index, let id, let name):
            started.append(index)
            return waiting() + [.start(index: index, id: id, name: name)]
        case .toolCallInput(let index, let fragment) where !fragment.isEmpty:
            // Some services mix the pieces of several calls.
            let rest = index == openIndex ? [] : waiting()
            openIndex = index
            fragments += fragment
            withInput.insert(index)
            return rest
        default: return []
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
        guard !started.isEmpty else { return [] }
        let empty = started.filter { !withInput.contains($0) }
        return waiting() + empty.map { .arguments(index: $0, fragment: "{}") } + [.finished]
    }
}
