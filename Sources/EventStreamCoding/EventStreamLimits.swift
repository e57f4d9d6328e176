/// Bounds on one message.
package struct EventStreamLimits: Hashable, Sendable {
    /// How many bytes the headers may take together.
    package var headerBytes: Int
    /// How many bytes the payload may have.
    package var payloadBytes: Int

    /// Makes bounds; the defaults are those of the format: 128 KiB of headers and 24 MiB of payload.
    package init(headerBytes: Int = 131_072, payloadBytes: Int = 25_165_824) {
        self.headerBytes = headerBytes
        self.payloadBytes = payloadBytes
    }
}

/// The fixed sizes of the format.
enum EventStreamLayout {
    /// Total length, headers length, and the checksum of both.
    static let preludeBytes = 12
    /// The prelude and the checksum at the end.
    static let overheadBytes = 16
}
