/// Writes a picture as baseline JPEG, with one colour for each block of eight by eight pixels.
///
/// Source: ITU-T T.81, "Digital compression and coding of continuous-tone still images", annexes B and F; JFIF 1.02.
enum JPEGEncoder {
    /// The codes of the sizes of DC differences (T.81, table K.3): how many codes of each length from 1 to 16 bits.
    private static let codeCounts: [UInt8] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    private static let codes: [(code: UInt32, length: Int)] = {
        var (codes, code) = ([(UInt32, Int)](), UInt32(0))
        for (index, count) in codeCounts.enumerated() {
            for _ in 0..<count {
                codes.append((code, index + 1))
                code += 1
            }
            code <<= 1
        }
        return codes
    }()

    /// The file.
    static func encode(_ picture: Picture) -> [UInt8] {
        var file: [UInt8] = [0xFF, 0xD8]
        append(0xE0, Array("JFIF".utf8) + [0, 1, 2, 0, 0, 1, 0, 1, 0, 0], to: &file)
        append(0xDB, [0] + [UInt8](repeating: 8, count: 64), to: &file)
        let size = bigEndian(UInt16(picture.height)) + bigEndian(UInt16(picture.width))
        append(0xC0, [8] + size + [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0], to: &file)
        append(0xC4, [0x00] + codeCounts + Array(0..<12), to: &file)
        // The one code of the AC table ends a block.
        append(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0x00], to: &file)
        append(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0], to: &file)
        file += scan(of: picture)
        return file + [0xFF, 0xD9]
    }

    private static func append(_ marker: UInt8, _ data: [UInt8], to file: inout [UInt8]) {
        file += [0xFF, marker]
        file += bigEndian(UInt16(data.count + 2))
        file += data
    }

    private static func scan(of picture: Picture) -> [UInt8] {
        var writer = BitWriter()
        var last = [0, 0, 0]
        for y in stride(from: 0, to: picture.height, by: 8) {
            for x in stride(from: 0, to: picture.width, by: 8) {
                let levels = levels(of: picture.colour(x: x, y: y))
                for component in 0..<3 {
                    writer.put(difference: levels[component] - last[component], codes: codes)
                    writer.put(0, 1)
                    last[component] = levels[component]
                }
            }
        }
        return writer.finish()
    }

    /// Luma and the two chroma differences around zero, which are the quantised DC values (JFIF, conversion from RGB).
    private static func levels(of colour: (red: UInt8, green: UInt8, blue: UInt8)) -> [Int] {
        let (red, green, blue) = (Int(colour.red), Int(colour.green), Int(colour.blue))
        return [
            (299 * red + 587 * green + 114 * blue) / 1000 - 128,
            (-169 * red - 331 * green + 500 * blue) / 1000,
            (500 * red - 419 * green - 81 * blue) / 1000,
        ]
    }

    private struct BitWriter {
        private var bytes: [UInt8] = []
        private var bits: UInt32 = 0
        private var count = 0

        mutating func put(_ value: UInt32, _ length: Int) {
            for bit in (0..<length).reversed() {
                bits = bits << 1 | (value >> UInt32(bit) & 1)
                count += 1
                guard count == 8 else { continue }
                bytes.append(UInt8(bits))
                if bits == 0xFF { bytes.append(0) }
                (bits, count) = (0, 0)
            }
        }

        /// A DC difference: the code of its size, then its bits (T.81, F.1.2.1).
        mutating func put(difference: Int, codes: [(code: UInt32, length: Int)]) {
            let size = Int.bitWidth - difference.magnitude.leadingZeroBitCount
            let code = codes[min(size, codes.count - 1)]
            put(code.code, code.length)
            let value = difference < 0 ? difference + (1 << size) - 1 : difference
            put(UInt32(truncatingIfNeeded: value), size)
        }

        mutating func finish() -> [UInt8] {
            while count > 0 { put(1, 1) }
            return bytes
        }
    }
}
