/// The CRC-32 of IEEE 802.3 (as in zlib), sixteen bytes at a step.
///
/// Source: AWS "Amazon event stream encoding"; M. Kounavis and F. Berry, "Novel Table Lookup-Based Algorithms for
/// High-Performance CRC Generation" (slicing-by-8, here with twice the tables).
enum CRC32 {
    private static let step = 16

    /// A table of 256 entries for each byte of a step, one after the other; the first is for the last byte.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: step * 256)
        for index in 0..<256 {
            var value = UInt32(index)
            for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
            tables[index] = value
        }
        for index in 256..<tables.count {
            let previous = tables[index - 256]
            tables[index] = tables[Int(previous & 0xFF)] ^ (previous >> 8)
        }
        return tables
    }()

    /// The checksum of the bytes.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - earlier: The checksum of the bytes before them, when they go on from there.
    /// - Returns: The checksum of all.
    static func checksum(_ bytes: UnsafeRawBufferPointer, after earlier: UInt32 = 0) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var crc = ~earlier
            var offset = 0
            /// What the four bytes of a word add, the first of which is `table` tables from the end.
            func part(_ word: UInt32, _ table: Int) -> UInt32 {
                let first = tables[table << 8 | Int(word & 0xFF)] ^ tables[(table - 1) << 8 | Int(word >> 8 & 0xFF)]
                let second =
                    tables[(table - 2) << 8 | Int(word >> 16 & 0xFF)] ^ tables[(table - 3) << 8 | Int(word >> 24)]
                return first ^ second
            }
            while bytes.count - offset >= step {
                let low = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let high = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
                crc =
                    part(crc ^ UInt32(truncatingIfNeeded: low), 15) ^ part(UInt32(truncatingIfNeeded: low >> 32), 11)
                    ^ part(UInt32(truncatingIfNeeded: high), 7) ^ part(UInt32(truncatingIfNeeded: high >> 32), 3)
                offset += step
            }
            if bytes.count - offset >= 8 {
                let low = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                crc = part(crc ^ UInt32(truncatingIfNeeded: low), 7) ^ part(UInt32(truncatingIfNeeded: low >> 32), 3)
                offset += 8
            }
            while offset < bytes.count {
                crc = tables[Int((crc ^ UInt32(bytes[offset])) & 0xFF)] ^ (crc >> 8)
                offset += 1
            }
            return ~crc
        }
    }
}
