package import Deployment
package import SmokeTesting

/// How a rollout ended.
///
/// Everything that is not in this list is thrown: a lease that is held or a conflict before
/// anything was written as ``StateStoreError``, a candidate that could not be tried as ``RolloutError``.
package enum RolloutEnd: Sendable {
    /// Nothing differs from what is deployed, so nothing was written.
    case nothingToDo
    /// Guards stand against the plan; nothing was written.
    case refused([GuardRefusal])
    /// The candidate failed its smoke cases; nothing was written.
    case candidateFailed(SmokeReport)
    /// A gateway cannot make these bots at all; nothing was written.
    case candidateCannotBuild(reason: String)
    /// The candidate's smoke cases told nothing, because the upstream was down; nothing was written.
    case candidateInconclusive(SmokeReport)
    /// Written, served by all live replicas, and its smoke cases passed there. The report is nil when there was nothing
    /// to ask: the deploy only removed or switched off.
    case deployed(serial: Int, convergence: Convergence, live: SmokeReport?)
    /// Written; no replica is live, so nothing serves it yet. An error only where a replica was required.
    case unserved(serial: Int, wasRequired: Bool)
    /// Written and served by all live replicas; what was asked there told nothing.
    case liveInconclusive(serial: Int, live: SmokeReport)
    /// Written; some live replicas did not report it in time. It stays deployed.
    case notConverged(serial: Int, Convergence)
    /// Written, found bad, and taken back.
    case rolledBack(Rollback)
    /// Written, found bad, and still deployed: taking it back failed. With the code `conflict` somebody else has
    /// deployed over it meanwhile.
    case notRolledBack(serial: Int, cause: RollbackCause, error: any Error)
    /// Stopped by the caller. The deployed serial, 0 for none, is whole; `wasWritten` says whether this rollout wrote
    /// it.
    case interrupted(serial: Int, wasWritten: Bool)
}

/// Why what was written is taken back.
package enum RollbackCause: Sendable {
    /// Its smoke cases failed on the environment's gateways.
    case liveSmokeFailed(SmokeReport)
    /// Replicas cannot build it.
    case replicasRefused([ReplicaRefusal])

    /// The cause in a sentence without a full stop.
    package var description: String {
        switch self {
        case .liveSmokeFailed(let report):
            let failed = report.verdicts.first { $0.result == .fail }
            let example = failed.map { ": \($0.bot), case '\($0.smokeCase)'" + ($0.reason.map { ": \($0)" } ?? "") }
            return "live smoke failed (\(report.summary))" + (example ?? "")
        case .replicasRefused(let refusals):
            return refusals.first?.description ?? "a replica cannot build it"
        }
    }
}

/// A rollout that took back what it wrote.
package struct Rollback: Sendable {
    /// The serial that was bad.
    package var from: Int
    /// The serial that holds the bots from before.
    package var serial: Int
    package var cause: RollbackCause
    /// How far the replicas are back; nil when the caller stopped the rollout before that was known.
    package var convergence: Convergence?
}
