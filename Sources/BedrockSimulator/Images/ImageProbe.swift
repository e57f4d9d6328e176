/// The format and the size that the first bytes of an image tell.
struct ImageProbe: Sendable, Hashable {
    /// A format of image, by its name in Converse.
    enum Format: String, Sendable, Hashable {
        case png
        case jpeg
        case gif
        case webp
    }

    let format: Format
    /// In pixels.
    let width: Int
    let height: Int

    /// What the bytes say, or nil when they are no image of a known format.
    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), bytes.count >= 33 {
            self.init(.png, width: Self.number(bytes[16..<20]), height: Self.number(bytes[20..<24]))
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self.init(jpeg: bytes)
        } else if bytes.starts(with: Array("GIF8".utf8)), bytes.count >= 13 {
            self.init(
                .gif, width: Self.number(bytes[6..<8].reversed()), height: Self.number(bytes[8..<10].reversed()))
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.count >= 30, bytes[8..<12] == ArraySlice("WEBP".utf8) {
            self.init(webp: bytes)
        } else {
            return nil
        }
    }

    private init?(_ format: Format, width: Int, height: Int) {
        guard width > 0, height > 0, width <= 65_535, height <= 65_535 else { return nil }
        (self.format, self.width, self.height) = (format, width, height)
    }

    /// Walks the segments up to the frame header.
    ///
    /// Source: ITU-T T.81, B.1 and B.2.2.
    private init?(jpeg bytes: [UInt8]) {
        var position = 2
        while position + 9 <= bytes.count, bytes[position] == 0xFF {
            let marker = bytes[position + 1]
            let isFrame = (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
            if isFrame {
                let height = Self.number(bytes[position + 5..<position + 7])
                let width = Self.number(bytes[position + 7..<position + 9])
                self.init(.jpeg, width: width, height: height)
                return
            }
            position += 2 + max(2, Self.number(bytes[position + 2..<position + 4]))
        }
        return nil
    }

    /// Source: RFC 9649, "WebP Image Format".
    private init?(webp bytes: [UInt8]) {
        func little(_ range: Range<Int>) -> Int { Self.number(bytes[range].reversed()) }
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8X": self.init(.webp, width: little(24..<27) + 1, height: little(27..<30) + 1)
        case "VP8L":
            let bits = little(21..<25)
            self.init(.webp, width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
        default: self.init(.webp, width: little(26..<28) & 0x3FFF, height: little(28..<30) & 0x3FFF)
        }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
