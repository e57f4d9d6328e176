/// Packs bytes into a zlib stream: literals, and runs that repeat the pixel before.
///
/// That is little of what deflate can do, and enough for pictures of flat colour.
///
/// Source: RFC 1950; RFC 1951, 3.2.6, "Compression with fixed Huffman codes".
struct RunDeflater {
    private var bytes: [UInt8] = [0x78, 0x01]
    private var bits: UInt64 = 0
    private var bitCount = 0
    private var checksum: UInt32 = 1

    init() { put(0b011, 3) }

    /// Packs the next bytes; runs do not reach over their beginning.
    ///
    /// - Parameters:
    ///   - data: The bytes.
    ///   - distance: How far back a run looks, 1 to 4: the bytes of a pixel.
    mutating func append(_ data: [UInt8], distance: Int) {
        checksum = Checksums.adler32(data, after: checksum)
        var position = 0
        while position < data.count {
            let run = runLength(in: data, at: position, distance: distance)
            if run >= 3 {
                putLength(run)
                putCode(UInt32(distance - 1), 5)
                position += run
            } else {
                putLiteral(UInt32(data[position]))
                position += 1
            }
        }
    }

    /// Packs that many zeros, at least one.
    mutating func appendZeros(_ count: Int) {
        let (low, high) = (checksum & 0xFFFF, checksum >> 16)
        checksum = ((high + UInt32(count % 65_521) * low % 65_521) % 65_521) << 16 | low
        putLiteral(0)
        var left = count - 1
        while left > 0 {
            let run = min(left, 258)
            if run < 3 { putLiteral(0) } else { putLength(run); putCode(0, 5) }
            left -= run < 3 ? 1 : run
        }
    }

    /// Ends the stream and hands it out.
    mutating func finish() -> [UInt8] {
        putLiteral(256)
        if bitCount > 0 { put(0, 8 - bitCount % 8) }
        return bytes + bigEndian(checksum)
    }

    /// How many of the next bytes equal the ones that far back; at most 258.
    private func runLength(in data: [UInt8], at position: Int, distance: Int) -> Int {
        guard position >= distance else { return 0 }
        var length = 0
        while length < 258, position + length < data.count,
            data[position + length] == data[position + length - distance]
        {
            length += 1
        }
        return length
    }

    /// A length of 3 to 258 as its code and its extra bits (RFC 1951, 3.2.5).
    private mutating func putLength(_ length: Int) {
        if length == 258 {
            putLiteral(285)
            return
        }
        var (code, base, extra) = (257, 3, 0)
        while length >= base + 1 << extra {
            base += 1 << extra
            code += 1
            if code >= 265, (code - 261) % 4 == 0 { extra += 1 }
        }
        putLiteral(UInt32(code))
        put(UInt64(length - base), extra)
    }

    /// A literal, a length or the end, as a fixed code.
    private mutating func putLiteral(_ symbol: UInt32) {
        switch symbol {
        case 0..<144: putCode(0x30 + symbol, 8)
        case 144..<256: putCode(0x190 + symbol - 144, 9)
        case 256..<280: putCode(symbol - 256, 7)
        default: putCode(0xC0 + symbol - 280, 8)
        }
    }

    /// Huffman codes go out with their highest bit first.
    private mutating func putCode(_ code: UInt32, _ count: Int) {
        var reversed: UInt64 = 0
        for bit in 0..<count where code >> UInt32(bit) & 1 == 1 { reversed |= 1 << UInt64(count - 1 - bit) }
        put(reversed, count)
    }

    private mutating func put(_ value: UInt64, _ count: Int) {
        bits |= value << UInt64(bitCount)
        bitCount += count
        while bitCount >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            bitCount -= 8
        }
    }
}
