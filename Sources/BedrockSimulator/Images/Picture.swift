import AWSSigning

/// A picture that follows from a seed and a prompt: a field of colour, with eight by eight tiles over it.
struct Picture: Sendable, Hashable {
    let width: Int
    let height: Int
    /// Red, green and blue of the tiles, row by row.
    private let tiles: [[UInt8]]

    private static let side = 8

    /// A picture of that size.
    ///
    /// - Parameters:
    ///   - width: In pixels, at least 1.
    ///   - height: In pixels, at least 1.
    ///   - key: All that the picture follows from.
    init(width: Int, height: Int, key: String) {
        self.width = width
        self.height = height
        var bytes: [UInt8] = []
        var round = 0
        while bytes.count < Self.side * Self.side * 3 {
            bytes += sha256Hex("\(round) \(key)".utf8).utf8.map { digit in
                digit &* 5
            }
            round += 1
        }
        tiles = (0..<Self.side * Self.side).map { Array(bytes[$0 * 3..<$0 * 3 + 3]) }
    }

    /// The colour of a pixel.
    func colour(x: Int, y: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
        let tile = tiles[y * Self.side / height * Self.side + x * Self.side / width]
        return (tile[0], tile[1], tile[2])
    }

    /// Whether a row equals the one above it.
    func repeatsRow(_ y: Int) -> Bool { y * Self.side / height == (y - 1) * Self.side / height }

    /// One row as red, green and blue.
    func row(_ y: Int) -> [UInt8] {
        var row: [UInt8] = []
        row.reserveCapacity(width * 3)
        for x in 0..<width {
            let (red, green, blue) = colour(x: x, y: y)
            row.append(red)
            row.append(green)
            row.append(blue)
        }
        return row
    }
}
