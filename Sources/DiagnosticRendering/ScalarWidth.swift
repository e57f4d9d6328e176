/// How many columns of a terminal a character takes.
package enum ScalarWidth {
    /// 0 for what joins the character before it or is invisible, 2 for East Asian wide characters and emoji, else 1.
    ///
    /// Source: Unicode Standard Annex 11, "East Asian Width", reduced to the blocks in common use.
    package static func columns(of scalar: Unicode.Scalar) -> Int {
        if scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .enclosingMark
            || scalar.properties.generalCategory == .format && scalar.value != 0xAD
            || (0x1160...0x11FF).contains(scalar.value) || (0xFE00...0xFE0F).contains(scalar.value)
            || (0x1F3FB...0x1F3FF).contains(scalar.value)
        {
            return 0
        }
        return wideBlocks.contains { $0.contains(scalar.value) } || scalar.properties.isEmojiPresentation ? 2 : 1
    }

    /// The columns that a text takes.
    package static func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
    }

    private static let wideBlocks: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x2FFFD,
        0x30000...0x3FFFD,
    ]
}
