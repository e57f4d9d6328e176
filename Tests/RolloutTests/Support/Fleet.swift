import Deployment
import Synchronization
import WallClock

/// Gateways that follow a manifest, each in its way, whenever they are asked to look.
final class Fleet: Sendable {
    /// What a replica does with a manifest that is new to it.
    enum Behaviour: Sendable {
        /// Serves it after so many looks.
        case follows(after: Int)
        /// Goes on with what it has.
        case isStuck
        /// Cannot build a manifest that has this bot in it, and says so.
        case refuses(bot: String)
        /// Starts afresh: serves what it can, all but this bot.
        case startsWithout(bot: String)
        /// Goes away, and comes back with the new manifest after so many looks.
        case restarts(after: Int)
        /// Crashes over the new manifest: its last report stays and grows old.
        case fallsSilent
    }

    private struct Replica {
        var behaviour: Behaviour
        var served: StoredManifest?
        var seen: StoredManifest?
        var looks = 0
    }

    private let replicas = Mutex<[String: Replica]>([:])
    private let store: StateStore
    private let clock: WallClock

    init(store: StateStore, clock: WallClock) {
        self.store = store
        self.clock = clock
    }

    /// Starts a replica, which serves what is deployed now.
    func start(_ id: String, _ behaviour: Behaviour = .follows(after: 1)) async throws {
        let current = try await store.currentManifest()
        replicas.withLock { $0[id] = Replica(behaviour: behaviour, served: current, seen: current) }
        try await report(id, served: current)
    }

    /// Lets every replica look at the store and report.
    func look() async throws {
        let current = try await store.currentManifest()
        for id in replicas.withLock({ $0.keys.sorted() }) { try await look(id, at: current) }
    }

    private func look(_ id: String, at current: StoredManifest?) async throws {
        let replica = replicas.withLock { replicas in
            if replicas[id]?.seen != current {
                replicas[id]?.seen = current
                replicas[id]?.looks = 0
            }
            replicas[id]?.looks += 1
            return replicas[id]
        }
        guard let replica, let current, replica.served != current else {
            return try await report(id, served: replica?.served)
        }
        switch replica.behaviour {
        case .follows(let looks) where replica.looks < looks: try await report(id, served: replica.served)
        case .follows: try await serve(id, current)
        case .fallsSilent: break
        case .isStuck: try await report(id, served: replica.served)
        case .refuses(let bot) where current.manifest.bots[bot] != nil:
            let refusal = ReplicaReport.Refusal(
                serial: current.serial, digest: current.digest, reason: "1 bot cannot be made", failed: [bot: "no key"])
            try await report(id, served: replica.served, refused: refusal)
        case .refuses: try await serve(id, current)
        case .startsWithout(let bot): try await serve(id, current, failed: [bot: "no key"])
        case .restarts(let looks) where replica.looks < looks: try await store.removeReplica(id)
        case .restarts: try await serve(id, current)
        }
    }

    private func serve(_ id: String, _ manifest: StoredManifest, failed: [String: String] = [:]) async throws {
        replicas.withLock { $0[id]?.served = manifest }
        try await report(id, served: manifest, failed: failed)
    }

    private func report(
        _ id: String, served: StoredManifest?, failed: [String: String] = [:], refused: ReplicaReport.Refusal? = nil
    ) async throws {
        let failed = failed.filter { served?.manifest.bots[$0.key] != nil }
        try await store.putReplica(
            ReplicaReport(
                id: id, serial: served?.serial ?? 0, digest: served?.digest, failed: failed, refused: refused,
                tool: "test", at: clock.now()))
    }
}
