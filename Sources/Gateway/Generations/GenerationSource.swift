import BotRuntime
package import Deployment
import WallClock

/// Where a gateway learns what to serve.
package enum GenerationSource: Sendable {
    /// A state store, whose manifest the gateway follows.
    case store(StateStore)
    /// These bots, for the gateway's whole life: a candidate, a test. One that cannot be made is an error at the start.
    case fixed([GatewayBot])
}

extension GenerationSource {
    /// Whether there is nothing to wait for once the bots are made.
    var isFixed: Bool {
        switch self {
        case .store: false
        case .fixed: true
        }
    }

    /// Where a gateway of this source keeps the files of its bots: with the state, where other gateways find them, and
    /// else in memory.
    func files(clock: WallClock) -> any FileShelf {
        guard case .store(let store) = self, let directory = store.filesDirectory else {
            return MemoryFileShelf(clock: clock)
        }
        return DirectoryFileShelf(directory: directory, clock: clock)
    }
}
