/// Reads messages from the bytes of an AWS event stream, in whatever pieces they come.
///
/// Hand over what arrives to ``decode(_:each:)``, which shows each message where it lies and copies only what is left
/// of one that is not whole yet. When the body ends, call ``finish()``. A message's lengths are checked as soon as its
/// first twelve bytes are there, so that a damaged length neither stalls the reader nor makes it collect more than the
/// limits allow.
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

    /// Checks that the stream did not end within a message.
    ///
    /// Call it at the end of the body, after all messages have been taken.
    ///
    /// - Throws: ``EventStreamError/truncated(byteCount:)``, or what was thrown before.
    package func finish() throws(EventStreamError) {
        if let failure { throw failure }
        guard bufferedByteCount == 0 else { throw .truncated(byteCount: bufferedByteCount) }
    }
}

// MARK: - Messages

extension EventStreamDecoder {
    /// Takes in the next bytes of the stream and shows every message that is whole with them.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes; only the part of a message that is not whole is copied.
    ///   - take: Gets each message in order; the message is good only within the call. What it throws ends the stream.
    /// - Throws: ``EventStreamError``, after the messages before the damage; from then on every call throws the same.
    ///   Or what `take` throws.
    package mutating func decode(
        _ bytes: UnsafeRawBufferPointer, each take: (EventStreamFrame) throws -> Void
    ) throws {
        if let failure { throw failure }
        do {
            var position = try completeBufferedMessages(from: bytes, take)
            while bytes.count - position >= EventStreamLayout.preludeBytes {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
                let lengths = try readLengths(of: rest)
                guard rest.count >= lengths.total else {
                    current = lengths
                    break
                }
                position += lengths.total
                try take(try Self.frame(rest, lengths))
            }
            buffer.append(contentsOf: bytes[position...])
        } catch let error as EventStreamError {
            fail(error)
            throw error
        }
    }

    /// Completes the messages that began in earlier bytes.
    ///
    /// - Returns: How many of the bytes they have taken: all, when one is not whole yet.
    private mutating func completeBufferedMessages(
        from bytes: UnsafeRawBufferPointer, _ take: (EventStreamFrame) throws -> Void
    ) throws -> Int {
        var position = 0
        while bufferedByteCount > 0 {
            let needed = current?.total ?? EventStreamLayout.preludeBytes
            let missing = max(0, needed - bufferedByteCount)
            let count = min(missing, bytes.count - position)
            buffer.append(contentsOf: bytes[position..<position + count])
            position += count
            guard count == missing else { break }
            guard let lengths = current else {
                current = try readBufferedLengths()
                continue
            }
            let message = start
            start += lengths.total
            current = nil
            try buffer.withUnsafeBytes { buffer in
                try take(try Self.frame(UnsafeRawBufferPointer(rebasing: buffer[message...]), lengths))
            }
            compact()
        }
        return position
    }

    private mutating func fail(_ error: EventStreamError) {
        failure = error
        buffer = []
        start = 0
    }
}

// MARK: - Steps

extension EventStreamDecoder {
    /// Reads and checks the prelude of the message at `start`.
    private func readBufferedLengths() throws(EventStreamError) -> Lengths {
        let result = buffer.withUnsafeBytes { buffer in
            Result { () throws(EventStreamError) in
                try readLengths(of: UnsafeRawBufferPointer(rebasing: buffer[start...]))
            }
        }
        return try result.get()
    }

    /// Reads and checks the prelude that the bytes begin with; the checksum first, as wrong lengths are most likely
    /// damaged ones.
    private func readLengths(of bytes: UnsafeRawBufferPointer) throws(EventStreamError) -> Lengths {
        let total = Int(Self.integer(bytes, at: 0))
        let headers = Int(Self.integer(bytes, at: 4))
        guard CRC32.checksum(UnsafeRawBufferPointer(rebasing: bytes[..<8])) == Self.integer(bytes, at: 8) else {
            throw .preludeChecksumMismatch
        }
        guard headers <= limits.headerBytes else {
            throw .headersTooLong(length: headers, limit: limits.headerBytes)
        }
        let payload = total - headers - EventStreamLayout.overheadBytes
        guard payload >= 0 else { throw .inconsistentLengths(total: total, headers: headers) }
        guard payload <= limits.payloadBytes else {
            throw .payloadTooLong(length: payload, limit: limits.payloadBytes)
        }
        return Lengths(total: total, headers: headers)
    }

    /// Checks the message that the bytes begin with; its lengths have been checked.
    private static func frame(
        _ bytes: UnsafeRawBufferPointer, _ lengths: Lengths
    ) throws(EventStreamError) -> EventStreamFrame {
        let end = lengths.total - 4
        // The checksum goes on from that of the lengths, which has been checked.
        let rest = UnsafeRawBufferPointer(rebasing: bytes[8..<end])
        guard CRC32.checksum(rest, after: integer(bytes, at: 8)) == integer(bytes, at: end) else {
            throw .messageChecksumMismatch
        }
        let headerEnd = EventStreamLayout.preludeBytes + lengths.headers
        return try EventStreamFrame(
            headers: UnsafeRawBufferPointer(rebasing: bytes[EventStreamLayout.preludeBytes..<headerEnd]),
            payload: UnsafeRawBufferPointer(rebasing: bytes[headerEnd..<end]))
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
