private import Synchronization

/// The gates of all bots, by name.
final class BotGates: Sendable {
    private let gates = Mutex<[String: BotGate]>([:])

    /// The gate of a bot: always the same one for a name.
    func gate(of bot: String) -> BotGate {
        gates.withLock { gates in
            if let gate = gates[bot] { return gate }
            let gate = BotGate()
            gates[bot] = gate
            return gate
        }
    }

    /// Forgets bots that are gone and do nothing any more.
    func forget(allBut names: Set<String>) {
        gates.withLock { gates in gates = gates.filter { names.contains($0.key) || $0.value.isActive } }
    }
}
