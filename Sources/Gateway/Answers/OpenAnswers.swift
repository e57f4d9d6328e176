import BotRuntime
import ChatEvents
private import Synchronization

/// The answers that are being given at this moment, so that they can be ended from outside.
final class OpenAnswers: Sendable {
    /// Names one open answer.
    struct Ticket: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct Entry {
        var control: AnswerControl
        var generation: Int
    }

    private struct State {
        var next: UInt64 = 0
        var entries: [UInt64: Entry] = [:]
        var ending: ChatFailure?
    }

    private let state = Mutex(State())

    /// Adds an answer; after ``endAll(with:)`` it is ended at once.
    ///
    /// - Parameters:
    ///   - control: Ends the answer.
    ///   - generation: The ordinal of the generation that gives it.
    /// - Returns: What ``remove(_:)`` takes.
    func add(_ control: AnswerControl, generation: Int) -> Ticket {
        let (ticket, ending) = state.withLock { state in
            state.next += 1
            state.entries[state.next] = Entry(control: control, generation: generation)
            return (Ticket(number: state.next), state.ending)
        }
        if let ending { control.end(with: ending) }
        return ticket
    }

    /// The answer is over.
    func remove(_ ticket: Ticket) { state.withLock { $0.entries[ticket.number] = nil } }

    var count: Int { state.withLock { $0.entries.count } }

    /// Ends all answers, those to come too.
    func endAll(with failure: ChatFailure) {
        let controls = state.withLock { state in
            state.ending = failure
            return state.entries.values.map(\.control)
        }
        for control in controls { control.end(with: failure) }
    }

    /// Ends the answers of the generations before one.
    func end(before generation: Int, with failure: ChatFailure) {
        let controls = state.withLock { state in
            state.entries.values.filter { $0.generation < generation }.map(\.control)
        }
        for control in controls { control.end(with: failure) }
    }
}
