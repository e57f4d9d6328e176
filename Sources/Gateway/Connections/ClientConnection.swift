private import Synchronization

/// One client's connection: whether somebody is still there.
final class ClientConnection: Sendable {
    private enum State {
        case open(action: (@Sendable () -> Void)?)
        case left
    }

    private let state = Mutex(State.open(action: nil))

    /// Sets what happens when the client leaves, in place of what was set before; at once when it has left.
    ///
    /// - Parameter action: Called at most once, on any thread; nil takes the last one away.
    func onLeave(_ action: (@Sendable () -> Void)?) {
        let hasLeft = state.withLock { state in
            if case .left = state { return true }
            state = .open(action: action)
            return false
        }
        if hasLeft { action?() }
    }

    /// The client has closed the connection, or its own half of it.
    func leave() {
        let action = state.withLock { state in
            defer { state = .left }
            if case .open(let action) = state { return action }
            return nil
        }
        action?()
    }
}
