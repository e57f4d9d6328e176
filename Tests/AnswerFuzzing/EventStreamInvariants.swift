import EventStreamCoding

/// What must hold of the event-stream decoder, whatever bytes it gets.
package enum EventStreamInvariants {
    /// What an input breaks, in words; empty when all holds.
    ///
    /// Of the input's first byte the lowest bit says what the rest is: bytes as they would come, or pieces that are
    /// made into messages with right checksums, as chance alone never finds one. The other bits say where the bytes are
    /// cut.
    package static func violations(of input: [UInt8]) -> [String] {
        guard let first = input.first else { return [] }
        let bytes = first & 1 == 0 ? Array(input.dropFirst()) : messages(of: input.dropFirst())
        let whole = reading([bytes[...]])
        let cut = bytes.isEmpty ? 0 : Int(first >> 1) % bytes.count
        var found: [String] = []
        if reading([bytes[..<cut], bytes[cut...]]) != whole { found.append("cut at \(cut) it reads otherwise") }
        if reading(bytes.indices.map { bytes[$0...$0] }) != whole { found.append("byte by byte it reads otherwise") }
        if whole.error == nil {
            let again = whole.messages.flatMap { (try? $0.encoded()) ?? [] }
            if again != bytes { found.append("what was read is not written as it was") }
        }
        return found
    }

    private struct Reading: Equatable {
        var messages: [EventStreamMessage] = []
        var error: EventStreamError?
    }

    private static let limits = EventStreamLimits(headerBytes: 4096, payloadBytes: 16_384)

    private static func reading(_ pieces: [ArraySlice<UInt8>]) -> Reading {
        var decoder = EventStreamDecoder(limits: limits)
        var reading = Reading()
        do {
            for piece in pieces {
                try piece.withUnsafeBytes { bytes in
                    try decoder.decode(bytes) { reading.messages.append($0.message) }
                }
            }
            try decoder.finish()
        } catch {
            reading.error = error as? EventStreamError
        }
        return reading
    }

    /// Messages of pieces: a byte for the length of the headers, one for that of the payload, then both.
    private static func messages(of input: ArraySlice<UInt8>) -> [UInt8] {
        var rest = input
        var bytes: [UInt8] = []
        while rest.count >= 2 {
            let (headers, payload) = (Int(rest.removeFirst()), Int(rest.removeFirst()))
            let headerBytes = rest.prefix(headers)
            let payloadBytes = rest.dropFirst(headers).prefix(payload)
            rest = rest.dropFirst(headers + payload)
            var message = bigEndian(16 + headerBytes.count + payloadBytes.count) + bigEndian(headerBytes.count)
            message += bigEndian(Int(checksum(message)))
            message += headerBytes
            message += payloadBytes
            bytes += message + bigEndian(Int(checksum(message)))
        }
        return bytes
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { Array($0) }
    }

    /// CRC-32 of IEEE 802.3, bit by bit.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
        }
        return ~crc
    }
}
