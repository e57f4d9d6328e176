/// How a command ended, as its exit status.
package enum CommandStatus: Int32, Sendable, CaseIterable {
    case ok = 0
    /// A tool or network error.
    case failure = 1
    /// There are changes; only with `--detailed-exitcode`.
    case changes = 2
    case invalidConfiguration = 3
    /// A smoke case failed or was inconclusive.
    case smokeFailed = 4
    /// Not converged, or rolled back.
    case notConverged = 5
    /// The lease is held, the plan is stale, or another write won.
    case conflict = 6
    /// An approval is needed, or a guard refused.
    case refused = 7
    case usage = 64
    /// Stopped by SIGINT.
    case interrupted = 130
    /// Stopped by SIGTERM.
    case terminated = 143

    /// The status of a command whose first part ended with this one, and a later part with another.
    ///
    /// A signal goes before all. Else the first part has the word unless it is well: the later one only tells others of
    /// it, so a script that stops at 4 must not see a 1 instead.
    package func followed(by later: CommandStatus) -> CommandStatus {
        switch later {
        case .interrupted, .terminated: later
        case .ok, .failure, .changes, .invalidConfiguration, .smokeFailed, .notConverged, .conflict, .refused, .usage:
            self == .ok ? later : self
        }
    }
}

/// What stopped a command, for people and for scripts.
package struct CommandFailure: Error, Sendable {
    package var status: CommandStatus
    /// What failed and on what, as a sentence without a full stop.
    package var message: String
    /// What to do next.
    package var hint: String?

    package init(_ status: CommandStatus, _ message: String, hint: String? = nil) {
        self.status = status
        self.message = message
        self.hint = hint
    }
}
