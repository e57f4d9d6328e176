/// Writes a picture as PNG, with rows of runs packed into fixed Huffman codes.
///
/// Source: W3C "Portable Network Graphics (PNG) Specification (Third Edition)"; RFC 1950; RFC 1951.
enum PNGEncoder {
    /// The file.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - isTransparent: Whether there is an alpha channel; its right half is then transparent.
    /// - Returns: The bytes of the file.
    static func encode(_ picture: Picture, isTransparent: Bool = false) -> [UInt8] {
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        var header = bigEndian(UInt32(picture.width)) + bigEndian(UInt32(picture.height))
        header += [8, isTransparent ? 6 : 2, 0, 0, 0]
        append("IHDR", header, to: &file)
        append("IDAT", compressed(picture, isTransparent: isTransparent), to: &file)
        append("IEND", [], to: &file)
        return file
    }

    private static func compressed(_ picture: Picture, isTransparent: Bool) -> [UInt8] {
        var deflate = RunDeflater()
        let bytesPerPixel = isTransparent ? 4 : 3
        for y in 0..<picture.height {
            if y > 0, picture.repeatsRow(y) {
                // A row equal to the one above is a row of zeros under the filter "up", which packs best.
                deflate.append([2], distance: 1)
                deflate.appendZeros(picture.width * bytesPerPixel)
            } else {
                let row = isTransparent ? transparentRow(y, of: picture) : picture.row(y)
                deflate.append([0], distance: 1)
                deflate.append(row, distance: bytesPerPixel)
            }
        }
        return deflate.finish()
    }

    private static func transparentRow(_ y: Int, of picture: Picture) -> [UInt8] {
        (0..<picture.width).flatMap { x -> [UInt8] in
            let (red, green, blue) = picture.colour(x: x, y: y)
            return [red, green, blue, x * 2 < picture.width ? 0xFF : 0]
        }
    }

    private static func append(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
        file += bigEndian(UInt32(data.count))
        let body = Array(type.utf8) + data
        file += body
        file += bigEndian(Checksums.crc32(body))
    }
}

/// The bytes of the number, the highest first.
func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
