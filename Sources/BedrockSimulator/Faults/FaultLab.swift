import ModelCatalog
import Synchronization

/// The faults that wait for their request, and how many have been served.
final class FaultLab: Sendable {
    /// The most faults that wait at once.
    static let limit = 1000

    private struct State {
        var waiting: [Fault]
        var served: [FaultKind: Int] = [:]
    }

    private let state: Mutex<State>

    init(_ faults: [Fault]) { state = Mutex(State(waiting: Array(faults.prefix(Self.limit)))) }

    /// Adds faults behind those that wait; false when there would be too many.
    func add(_ faults: [Fault]) -> Bool {
        state.withLock { state in
            guard state.waiting.count + faults.count <= Self.limit else { return false }
            state.waiting += faults
            return true
        }
    }

    /// Takes all faults away.
    func clear() { state.withLock { $0.waiting = [] } }

    /// The faults that wait, in their order.
    var waiting: [Fault] { state.withLock { $0.waiting } }

    /// How often each fault has been served.
    var served: [FaultKind: Int] { state.withLock { $0.served } }

    /// Takes the first fault that is meant for a call, and counts it.
    ///
    /// - Parameters:
    ///   - requested: A fault that the request itself asks for; it goes first.
    ///   - operation: The operation's name.
    ///   - model: The model id as called; nil for operations without one.
    ///   - isStream: Whether the answer would be a stream; others pass faults of streams by.
    /// - Returns: The fault; nil where none is meant for the call.
    func take(_ requested: Fault?, operation: String, model: String?, isStream: Bool) -> Fault? {
        state.withLock { state in
            if let requested {
                guard isStream || !requested.kind.isForStreams else { return nil }
                state.served[requested.kind, default: 0] += 1
                return requested
            }
            let base = model.map(ModelCatalog.baseID)
            let index = state.waiting.firstIndex { fault in
                (fault.operation == nil || fault.operation == operation)
                    && (fault.model == nil || fault.model == model || fault.model == base)
                    && (isStream || !fault.kind.isForStreams) && fault.times != 0
            }
            guard let index else { return nil }
            let fault = state.waiting[index]
            if let times = fault.times {
                if times <= 1 { state.waiting.remove(at: index) } else { state.waiting[index].times = times - 1 }
            }
            state.served[fault.kind, default: 0] += 1
            return fault
        }
    }
}
