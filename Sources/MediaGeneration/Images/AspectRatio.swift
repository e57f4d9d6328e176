/// The relation of a picture's width to its height, in small whole numbers: `16:9`.
package struct AspectRatio: Hashable, Sendable, CustomStringConvertible {
    package let width: Int
    package let height: Int

    /// A ratio of two numbers from 1 to 100.
    package init?(width: Int, height: Int) {
        guard (1...100).contains(width), (1...100).contains(height) else { return nil }
        self.width = width
        self.height = height
    }

    /// A ratio of its text, such as `16:9`; nil for any other text.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]) else { return nil }
        self.init(width: width, height: height)
    }

    package var description: String { "\(width):\(height)" }

    /// The ratio of a list that comes closest to a size; nil of an empty list.
    package static func nearest(to size: PixelSize, among ratios: [AspectRatio]) -> AspectRatio? {
        ratios.min { $0.distance(to: size) < $1.distance(to: size) }
    }

    /// How far the ratio is off: 0 for the same, and the same for twice as wide and half as wide.
    private func distance(to size: PixelSize) -> Double {
        let wished = Double(size.width) * Double(height)
        let own = Double(size.height) * Double(width)
        return max(wished, own) / min(wished, own)
    }
}

/// A picture's size in pixels.
package struct PixelSize: Hashable, Sendable, CustomStringConvertible {
    package let width: Int
    package let height: Int

    /// A size of sides from 1 to 65,535 pixels.
    package init?(width: Int, height: Int) {
        guard (1...65_535).contains(width), (1...65_535).contains(height) else { return nil }
        self.width = width
        self.height = height
    }

    /// A size of its text, such as `1024x1024`; nil for any other text.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false)
        guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]) else { return nil }
        self.init(width: width, height: height)
    }

    package var description: String { "\(width)x\(height)" }
    package var pixels: Int { width * height }
}
