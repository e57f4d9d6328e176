import BotConfiguration
import Deployment

/// How far the replicas have come towards serving one manifest.
package struct Convergence: Hashable, Sendable {
    /// The manifest's serial.
    package var serial: Int
    /// The replicas that serve it, or a later one.
    package var ready: [String]
    /// The replicas that do not serve it yet: live ones, and those that were live and fell silent.
    package var behind: [String]
    /// The live replicas that cannot build it.
    package var refused: [ReplicaRefusal]

    /// How many replicas count: those that are live, and those that were and fell silent.
    package var liveCount: Int { ready.count + behind.count + refused.count }

    /// Whether every replica that counts serves it, and there is one.
    package var isReached: Bool { !ready.isEmpty && ready.count == liveCount }

    /// Reads it from the reports of the live replicas.
    ///
    /// - Parameters:
    ///   - manifest: The manifest that is to be served.
    ///   - changed: The bots that it changes. A replica that starts with this manifest serves what it can and lists
    ///     the rest: only these count against it, as taking it back would mend no other.
    ///   - reports: Of the live replicas.
    ///   - silent: The ids of those that were live, and neither report any more nor took their report away.
    init(
        of manifest: StoredManifest, changed: Set<String>, in reports: [ReplicaReport], silent: Set<String> = []
    ) {
        serial = manifest.serial
        ready = []
        behind = []
        refused = []
        for report in reports {
            if let refusal = report.refused, refusal.serial == manifest.serial, refusal.digest == manifest.digest {
                refused.append(ReplicaRefusal(replica: report.id, reason: refusal.reason, failed: refusal.failed))
                continue
            }
            guard report.serial >= manifest.serial else {
                behind.append(report.id)
                continue
            }
            let failed = report.digest == manifest.digest ? report.failed.filter { changed.contains($0.key) } : [:]
            if failed.isEmpty {
                ready.append(report.id)
            } else {
                refused.append(
                    ReplicaRefusal(
                        replica: report.id, reason: "it started with what it could build", failed: failed))
            }
        }
        behind = (behind + silent).sorted()
    }
}

/// A replica that cannot build a manifest.
package struct ReplicaRefusal: Hashable, Sendable {
    package var replica: String
    /// Why, as a sentence without a full stop.
    package var reason: String
    /// The bots that it cannot build, each with its reason.
    package var failed: [String: String]

    package init(replica: String, reason: String, failed: [String: String]) {
        self.replica = replica
        self.reason = reason
        self.failed = failed
    }

    /// The refusal in a sentence without a full stop.
    package var description: String {
        let bots = failed.sorted { $0.key < $1.key }.prefix(3).map { "\($0.key): \($0.value)" }
        return "replica \(replica) cannot build it: " + (bots.isEmpty ? reason : bots.joined(separator: "; "))
    }
}
