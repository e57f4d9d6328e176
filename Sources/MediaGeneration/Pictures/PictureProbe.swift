package import ChatEvents

/// What a picture's first bytes say of it.
///
/// Source: PNG specification, section 5.2 and 11.2.2; ITU-T T.81, annex B; WebP container specification.
package struct PictureProbe: Hashable, Sendable {
    package let mediaType: MediaType
    /// Nil where the head does not tell.
    package let size: PixelSize?

    /// Looks at a file; nil for one that is no PNG, JPEG, WebP or GIF.
    package init?(_ bytes: [UInt8]) {
        guard let type = FileType.signature(of: bytes) else { return nil }
        switch type.description {
        case "image/png" where bytes.count >= 33:
            size = PixelSize(width: Self.big(bytes, 16, 4), height: Self.big(bytes, 20, 4))
        case "image/jpeg": size = Self.sizeOfJPEG(bytes)
        case "image/webp" where bytes.count >= 30: size = nil
        case "image/gif" where bytes.count >= 10:
            size = PixelSize(
                width: Int(bytes[6]) | Int(bytes[7]) << 8, height: Int(bytes[8]) | Int(bytes[9]) << 8)
        default: return nil
        }
        mediaType = type
    }

    private static func big(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
        bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The size in the first frame header; every other segment is stepped over by its length.
    private static func sizeOfJPEG(_ bytes: [UInt8]) -> PixelSize? {
        var position = 2
        while position + 9 < bytes.count, bytes[position] == 0xFF {
            let marker = bytes[position + 1]
            if marker == 0xFF {
                position += 1
                continue
            }
            let isFrame = (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
            if isFrame {
                return PixelSize(width: big(bytes, position + 7, 2), height: big(bytes, position + 5, 2))
            }
            position += 2 + max(2, big(bytes, position + 2, 2))
        }
        return nil
    }
}
