package import ChatEvents

/// Takes an answer out of the input of the tool that a model was made to call with it; see ``StructuredAnswer``.
///
/// Words around the call are no part of the answer. A model that writes its answer in words after all has them let
/// through at its end.
package struct AnswerFromTool: Sendable {
    private let name: String
    /// The number of the call that holds the answer, once it has begun.
    private var call: Int?
    private var hasInput = false
    private var words: [ChatEvent] = []

    /// Begins an answer that is the input of a tool of that name.
    package init(_ name: String) { self.name = name }

    /// What is to be delivered of a batch.
    package mutating func pass(_ batch: [ChatEvent]) -> [ChatEvent] {
        var events: [ChatEvent] = []
        for event in batch { pass(event, into: &events) }
        return events
    }

    private mutating func pass(_ event: ChatEvent, into events: inout [ChatEvent]) {
        switch event {
        case .text: if call == nil { words.append(event) }
        case .toolCallStarted(let index, _, let name):
            guard call == nil, name == self.name else { return }
            call = index
            words = []
        case .toolCallInput(let index, let fragment):
            guard index == call else { return }
            hasInput = true
            events.append(.text(fragment))
        case .finished(let reason):
            if call != nil, !hasInput { events.append(.text("{}")) }
            events += words
            words = []
            events.append(.finished(call != nil && reason == .toolUse ? .endOfTurn : reason))
        case .reasoning, .reasoningBlock, .status, .file, .usage: events.append(event)
        }
    }
}
