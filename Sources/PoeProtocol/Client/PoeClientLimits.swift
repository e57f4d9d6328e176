/// Bounds on an answer; past one the client gives up.
package struct PoeClientLimits: Hashable, Sendable {
    /// How many bytes an answer may have in all.
    package var bytes: Int
    /// How many bytes one event may have.
    package var eventBytes: Int
    /// How many events an answer may have; Poe's own bound is 10 000.
    package var events: Int
    /// How many bytes of settings are read.
    package var settingsBytes: Int

    package init(
        bytes: Int = 16 * 1024 * 1024, eventBytes: Int = 1024 * 1024, events: Int = 10_000,
        settingsBytes: Int = 1024 * 1024
    ) {
        self.bytes = bytes
        self.eventBytes = eventBytes
        self.events = events
        self.settingsBytes = settingsBytes
    }
}

/// How long a client waits.
package struct PoeClientTimeouts: Hashable, Sendable {
    /// How long the bot may be silent before the first byte and between bytes; a comment is a sign of life.
    package var idle: Duration
    /// How long the whole answer may take.
    package var total: Duration

    package init(idle: Duration = .seconds(30), total: Duration = .seconds(600)) {
        self.idle = idle
        self.total = total
    }
}
