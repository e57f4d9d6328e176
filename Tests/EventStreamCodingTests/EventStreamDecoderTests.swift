import EventStreamCoding
import Testing
import TestSupport

struct EventStreamDecoderTests {
    private let message = EventStreamMessage(
        headers: [EventStreamHeader(name: ":event-type", value: .string("contentBlockDelta"))],
        payload: Array("{}".utf8))

    @Test func `nothing is a whole stream`() {
        #expect(DecodedStream([]) == DecodedStream(pieces: [[UInt8]]()))
        #expect(DecodedStream([]).error == nil)
    }

    @Test func `messages come out as soon as they are whole`() throws {
        let bytes = try message.encoded()
        var decoder = EventStreamDecoder()
        var messages: [EventStreamMessage] = []
        try decoder.take(bytes + bytes.dropLast(), into: &messages)
        #expect(messages == [message])
        #expect(decoder.bufferedByteCount == bytes.count - 1)
        try decoder.take(bytes.suffix(1), into: &messages)
        #expect(messages == [message, message])
        try decoder.finish()
    }

    @Test func `an error stays, and drops what follows`() throws {
        var bytes = try message.encoded()
        bytes[0] ^= 1
        var decoder = EventStreamDecoder()
        var messages: [EventStreamMessage] = []
        for _ in 0..<3 {
            #expect(throws: EventStreamError.preludeChecksumMismatch) { try decoder.take(bytes, into: &messages) }
            bytes = try message.encoded()
            #expect(decoder.bufferedByteCount == 0)
        }
        #expect(messages.isEmpty)
        #expect(throws: EventStreamError.preludeChecksumMismatch) { try decoder.finish() }
    }

    @Test func `lengths are judged before the message is there`() throws {
        let limits = EventStreamLimits(headerBytes: 64, payloadBytes: 100)
        let long = EventStreamMessage(headers: [], payload: Array(repeating: 0, count: 101))
        #expect(
            DecodedStream(try Array(long.encoded().prefix(12)), limits: limits).error
                == .payloadTooLong(length: 101, limit: 100))
        let name = String(repeating: "n", count: 64)
        let wide = EventStreamMessage(headers: [EventStreamHeader(name: name, value: .bool(true))])
        #expect(
            DecodedStream(try Array(wide.encoded().prefix(12)), limits: limits).error
                == .headersTooLong(length: 66, limit: 64))
        let exact = EventStreamMessage(headers: [], payload: Array(repeating: 0, count: 100))
        #expect(DecodedStream(try exact.encoded(), limits: limits).messages == [exact])
    }

    @Test(arguments: [(0, 0), (15, 0), (16, 1), (100, 85), (100, 131_072)] as [(UInt32, UInt32)])
    func `lengths that contradict each other are refused`(total: UInt32, headers: UInt32) {
        #expect(
            DecodedStream(prelude(total: total, headers: headers)).error
                == .inconsistentLengths(total: Int(total), headers: Int(headers)))
    }

    @Test func `huge lengths are refused`() {
        #expect(
            DecodedStream(prelude(total: .max, headers: 0)).error
                == .payloadTooLong(length: 4_294_967_279, limit: 25_165_824))
        #expect(
            DecodedStream(prelude(total: .max, headers: .max)).error
                == .headersTooLong(length: 4_294_967_295, limit: 131_072))
    }

    @Test(
        arguments: [
            ([0], .invalidHeaderName),
            ([1], .headerOutOfBounds),
            ([1, 0xFF, 0], .invalidHeaderName),
            ([1, 0x61], .headerOutOfBounds),
            ([1, 0x61, 10], .unknownHeaderType(10, name: "a")),
            ([1, 0x61, 2], .headerOutOfBounds),
            ([1, 0x61, 3, 0], .headerOutOfBounds),
            ([1, 0x61, 4, 0, 0, 0], .headerOutOfBounds),
            ([1, 0x61, 5, 0, 0, 0, 0, 0, 0, 0], .headerOutOfBounds),
            ([1, 0x61, 6, 0, 2, 0], .headerOutOfBounds),
            ([1, 0x61, 7, 0], .headerOutOfBounds),
            ([1, 0x61, 7, 0xFF, 0xFF, 0x61], .headerOutOfBounds),
            ([1, 0x61, 7, 0, 1, 0x80], .invalidHeaderValue(name: "a")),
            ([1, 0x61, 9, 0, 0, 0], .headerOutOfBounds),
            ([1, 0x61, 0, 1, 0x61, 1], .duplicateHeader(name: "a")),
        ] as [([UInt8], EventStreamError)])
    func `headers that cannot be read are refused`(headers: [UInt8], error: EventStreamError) {
        let decoded = DecodedStream(frame(headers: headers, payload: [1, 2, 3]))
        #expect(decoded.messages.isEmpty)
        #expect(decoded.error == error)
    }

    @Test func `many headers are read in a moment and duplicates still found`() {
        var headers: [UInt8] = []
        for first in UInt8(0x21)..<0x7F {
            for second in UInt8(0x21)..<0x7F { headers += [2, first, second, 0] }
        }
        let decoded = DecodedStream(frame(headers: headers, payload: []))
        #expect(decoded.error == nil)
        #expect(decoded.messages.first?.headers.count == 94 * 94)
        headers += [2, 0x41, 0x41, 1]
        #expect(DecodedStream(frame(headers: headers, payload: [])).error == .duplicateHeader(name: "AA"))
    }

    @Test func `memory stays bounded over a long stream`() throws {
        let bytes = try message.encoded()
        let stream = Array(repeatElement(bytes, count: 2000).joined())
        var decoder = EventStreamDecoder()
        var messages: [EventStreamMessage] = []
        for start in stride(from: 0, to: stream.count, by: 997) {
            try decoder.take(stream[start..<min(start + 997, stream.count)], into: &messages)
            #expect(decoder.bufferedByteCount < bytes.count)
        }
        #expect(messages.count == 2000)
    }

    @Test func `random bytes never crash`() {
        let seed: UInt64 = 0x5EED_0001
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(DecodedStream(bytes).messages.isEmpty, "seed \(seed)")
            // Behind right checksums the headers meet the noise too.
            let decoded = DecodedStream(frame(headers: bytes, payload: bytes))
            #expect(decoded.messages.count == 1 || decoded.error != nil, "seed \(seed)")
        }
    }

    private func prelude(total: UInt32, headers: UInt32) -> [UInt8] {
        let lengths = bigEndian(total) + bigEndian(headers)
        return lengths + bigEndian(referenceCRC32(lengths))
    }

    /// A frame with right checksums around any headers.
    private func frame(headers: [UInt8], payload: [UInt8]) -> [UInt8] {
        let total = UInt32(16 + headers.count + payload.count)
        let bytes = prelude(total: total, headers: UInt32(headers.count)) + headers + payload
        return bytes + bigEndian(referenceCRC32(bytes))
    }
}

/// CRC-32 bit by bit, as its definition says.
private func referenceCRC32(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
    }
    return ~crc
}

private func bigEndian(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

struct EventStreamFrameTests {
    private struct Enough: Error {}

    @Test func `what the taker throws ends the call`() throws {
        let bytes = try EventStreamMessage(headers: [], payload: [1]).encoded()
        var decoder = EventStreamDecoder()
        var count = 0
        #expect(throws: Enough.self) {
            try (bytes + bytes).withUnsafeBytes { bytes in
                try decoder.decode(bytes) { _ in
                    count += 1
                    throw Enough()
                }
            }
        }
        #expect(count == 1)
    }

    @Test func `only what is left of a message is kept`() throws {
        let bytes = try EventStreamMessage(headers: [], payload: Array(repeating: 7, count: 1000)).encoded()
        var decoder = EventStreamDecoder()
        var count = 0
        try (bytes + bytes + bytes.prefix(500)).withUnsafeBytes { try decoder.decode($0) { _ in count += 1 } }
        #expect(count == 2)
        #expect(decoder.bufferedByteCount == 500)
        #expect(throws: EventStreamError.truncated(byteCount: 500)) { try decoder.finish() }
        try Array(bytes.dropFirst(500)).withUnsafeBytes { try decoder.decode($0) { _ in count += 1 } }
        #expect(count == 3)
        try decoder.finish()
    }

    @Test func `damage stays, after the messages before it`() throws {
        let good = try EventStreamMessage(headers: [], payload: [1]).encoded()
        var bad = good
        bad[bad.count - 1] ^= 1
        var decoder = EventStreamDecoder()
        var count = 0
        for _ in 0..<2 {
            #expect(throws: EventStreamError.messageChecksumMismatch) {
                try (good + bad + good).withUnsafeBytes { try decoder.decode($0) { _ in count += 1 } }
            }
        }
        #expect(count == 1)
    }
}
