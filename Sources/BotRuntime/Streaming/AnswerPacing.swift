package import BotConfiguration

/// How an answer may flow: deadlines, signs of life and the size of the mailbox.
package struct AnswerPacing: Hashable, Sendable {
    /// After how much silence clients get a sign of life, also before an answer begins.
    ///
    /// Source: Poe server-bot protocol, response to `query`: its own server sends a comment every 15 seconds.
    package static let usualKeepAliveInterval = Duration.seconds(15)

    /// How long the upstream may take to its first event.
    package var firstEventTimeout: Duration
    /// How long the upstream may be silent after that.
    package var idleTimeout: Duration
    /// How long the whole answer may take.
    package var requestTimeout: Duration
    /// After how much silence the client gets a sign of life.
    package var keepAliveInterval: Duration
    /// About how many bytes may wait for a slow client before the upstream has to wait too.
    package var mailboxLimitInBytes: Int

    package init(
        firstEventTimeout: Duration, idleTimeout: Duration, requestTimeout: Duration,
        keepAliveInterval: Duration = usualKeepAliveInterval, mailboxLimitInBytes: Int = 65_536
    ) {
        self.firstEventTimeout = firstEventTimeout
        self.idleTimeout = idleTimeout
        self.requestTimeout = requestTimeout
        self.keepAliveInterval = keepAliveInterval
        self.mailboxLimitInBytes = mailboxLimitInBytes
    }

    /// The pacing that a bot's limits ask for.
    package init(limits: Limits) {
        self.init(
            firstEventTimeout: limits.firstTokenTimeout, idleTimeout: limits.idleTimeout,
            requestTimeout: limits.requestTimeout)
    }
}
