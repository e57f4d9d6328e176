/// Reads messages from the bytes of an AWS event stream, in whatever pieces they come.
///
/// Append what arrives, then call ``next()`` until it returns nil; when the body ends, call ``finish()``. A message's
/// lengths are checked as soon as its first twelve bytes are there, so that a damaged length neither stalls the reader
/// nor makes it collect more than the limits allow. Bytes are copied once on their way in and payloads once on their
/// way out.
///
/// Source: AWS "Amazon event stream encoding".
package struct EventStreamDecoder: Sendable {
    private let limits: EventStreamLimits
    private var buffer: [UInt8] = []
    /// Where the first byte lies that no message has taken yet.
    private var start = 0
    /// The lengths of the message at `start`, once they have been checked.
    private var current: Lengths?
    private var failure: EventStreamError?

    private struct Lengths {
        let total: Int
        let headers: Int
    }

    /// The capacity that an emptied buffer may keep.
    private static let keptCapacity = 65_536

    /// Makes a decoder at the start of a stream.
    package init(limits: EventStreamLimits = EventStreamLimits()) { self.limits = limits }

    /// How many bytes wait for the rest of their message.
    package var bufferedByteCount: Int { buffer.count - start }

    /// Takes in the next bytes of the stream.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        compact()
        buffer.append(contentsOf: bytes)
    }

    /// Takes in the next bytes of the stream.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { append(UnsafeRawBufferPointer($0)) }
        if isContiguous == nil { Array(bytes).withUnsafeBytes { append($0) } }
    }

    /// The next whole message, or nil when more bytes are needed.
    ///
    /// - Throws: ``EventStreamError``; from then on every call throws the same, and further bytes are dropped.
    package mutating func next() throws(EventStreamError) -> EventStreamMessage? {
        if let failure { throw failure }
        do throws(EventStreamError) {
            return try readMessage()
        } catch {
            failure = error
            buffer = []
            start = 0
            throw error
        }
    }

    /// Checks that the stream did not end within a message.
    ///
    /// Call it at the end of the body, after ``next()`` has returned nil.
    ///
    /// - Throws: ``EventStreamError/truncated(byteCount:)``, or what ``next()`` threw before.
    package func finish() throws(EventStreamError) {
        if let failure { throw failure }
        guard bufferedByteCount == 0 else { throw .truncated(byteCount: bufferedByteCount) }
    }

    private mutating func readMessage() throws(EventStreamError) -> EventStreamMessage? {
        guard bufferedByteCount >= EventStreamLayout.preludeBytes else { return nil }
        let lengths: Lengths
        if let current {
            lengths = current
        } else {
            lengths = try readLengths()
            current = lengths
        }
        guard bufferedByteCount >= lengths.total else { return nil }
        let range = start..<start + lengths.total
        let message = buffer.withUnsafeBytes { buffer in
            Result { () throws(EventStreamError) in
                try Self.readMessage(UnsafeRawBufferPointer(rebasing: buffer[range]), headerBytes: lengths.headers)
            }
        }
        start = range.upperBound
        current = nil
        return try message.get()
    }

    /// Reads and checks the prelude; the checksum first, as wrong lengths are most likely damaged ones.
    private func readLengths() throws(EventStreamError) -> Lengths {
        let (total, headers, isIntact) = buffer.withUnsafeBytes { buffer in
            let prelude = UnsafeRawBufferPointer(rebasing: buffer[start..<start + EventStreamLayout.preludeBytes])
            let checksum = CRC32.checksum(UnsafeRawBufferPointer(rebasing: prelude[..<8]))
            return (
                Self.integer(prelude, at: 0), Self.integer(prelude, at: 4), checksum == Self.integer(prelude, at: 8)
            )
        }
        guard isIntact else { throw .preludeChecksumMismatch }
        let lengths = Lengths(total: Int(total), headers: Int(headers))
        guard lengths.headers <= limits.headerBytes else {
            throw .headersTooLong(length: lengths.headers, limit: limits.headerBytes)
        }
        let payload = lengths.total - lengths.headers - EventStreamLayout.overheadBytes
        guard payload >= 0 else { throw .inconsistentLengths(total: lengths.total, headers: lengths.headers) }
        guard payload <= limits.payloadBytes else {
            throw .payloadTooLong(length: payload, limit: limits.payloadBytes)
        }
        return lengths
    }

    /// Reads a message whose prelude has been checked.
    private static func readMessage(
        _ bytes: UnsafeRawBufferPointer, headerBytes: Int
    ) throws(EventStreamError) -> EventStreamMessage {
        let end = bytes.count - 4
        guard CRC32.checksum(UnsafeRawBufferPointer(rebasing: bytes[..<end])) == integer(bytes, at: end) else {
            throw .messageChecksumMismatch
        }
        let headerEnd = EventStreamLayout.preludeBytes + headerBytes
        var reader = HeaderReader(UnsafeRawBufferPointer(rebasing: bytes[EventStreamLayout.preludeBytes..<headerEnd]))
        return EventStreamMessage(headers: try reader.readAll(), payload: Array(bytes[headerEnd..<end]))
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// Drops what messages have taken, once that is at least as much as what is left: so no byte is moved more often
    /// than another one is dropped.
    private mutating func compact() {
        guard start > 0, start >= bufferedByteCount else { return }
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= Self.keptCapacity)
        } else {
            buffer.removeSubrange(..<start)
        }
        start = 0
    }
}
