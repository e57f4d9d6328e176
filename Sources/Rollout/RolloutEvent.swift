package import Deployment
package import SmokeTesting

/// Something that happens during a rollout, for showing its progress.
package enum RolloutEvent: Sendable {
    /// Where smoke cases are asked.
    package enum Stage: String, Hashable, Sendable, CaseIterable {
        /// A gateway in this process, before anything is written.
        case candidate
        /// The environment's own gateways.
        case live
    }

    /// Somebody else deploys; this rollout waits for them.
    case waiting(for: Lease)
    /// The smoke cases of so many bots are about to be asked.
    case smokeStarted(Stage, bots: Int)
    /// One case has its verdict.
    case verdict(Stage, SmokeVerdict)
    /// All cases have theirs.
    case smokeFinished(Stage, SmokeReport)
    /// The candidate's cases told nothing, and this reason lets it go on.
    case inconclusiveAccepted(reason: String)
    /// The manifest of that serial is the deployed one.
    case written(serial: Int)
    /// So far so many of the live replicas serve it; told when it changes.
    case converging(Convergence)
    /// What was written is about to be taken back.
    case rollingBack(serial: Int, cause: RollbackCause)
    /// The bots from before are deployed again, under a serial of their own.
    case rolledBack(serial: Int, to: Int)
    /// What became of a serial could not be kept in the store; the deploy itself is not touched by that.
    case outcomeNotKept(serial: Int, reason: String)
}
