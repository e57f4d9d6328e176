/// How many columns of a terminal text takes.
///
/// Source: Unicode Standard Annex 11, "East Asian Width", with its rule for emoji presentation sequences, and Unicode
/// Technical Standard 51, "Unicode Emoji". Terminals differ in the newest sequences; this is what the standard says.
package enum TextWidth {
    /// The columns that a text takes.
    package static func columns(of text: String) -> Int { text.reduce(0) { $0 + columns(of: $1) } }

    /// The columns of what a reader takes for one character: 2 for an emoji, of however many parts it is made.
    package static func columns(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0 }
        if scalars.count == 1 { return columns(of: first) }
        if first.properties.isEmoji {
            if scalars.contains(emojiSelector) { return 2 }
            if scalars.contains(textSelector), first.properties.isEmojiPresentation { return 1 }
            if scalars.contains(where: { $0 == joiner || modifiers.contains($0.value) }) { return 2 }
        }
        return scalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// 0 for what joins the character before it or is invisible, 2 for East Asian wide characters and emoji, else 1.
    package static func columns(of scalar: Unicode.Scalar) -> Int {
        if contains(scalar.value, in: prefixBlocks) { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        // The soft hyphen is shown by terminals.
        case .format where scalar.value != 0xAD: return 0
        default: break
        }
        if contains(scalar.value, in: joiningBlocks) { return 0 }
        // Half of a flag; a pair takes two columns.
        if regionalIndicators.contains(scalar.value) { return 1 }
        return contains(scalar.value, in: wideBlocks) || scalar.properties.isEmojiPresentation ? 2 : 1
    }

    private static func contains(_ value: UInt32, in blocks: [ClosedRange<UInt32>]) -> Bool {
        blocks.contains { $0.contains(value) }
    }

    private static let joiner: Unicode.Scalar = "\u{200D}"
    private static let textSelector: Unicode.Scalar = "\u{FE0E}"
    private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"
    private static let modifiers: ClosedRange<UInt32> = 0x1F3FB...0x1F3FF
    private static let regionalIndicators: ClosedRange<UInt32> = 0x1F1E6...0x1F1FF

    /// Signs of the category "format" that are seen all the same: Arabic, Syriac and Kaithi number signs.
    private static let prefixBlocks: [ClosedRange<UInt32>] = [
        0x0600...0x0605, 0x06DD...0x06DD, 0x070F...0x070F, 0x0890...0x0891, 0x08E2...0x08E2, 0x110BD...0x110BD,
        0x110CD...0x110CD,
    ]

    /// Vowels and finals of Hangul, which stand in the block of the consonant before them.
    private static let joiningBlocks: [ClosedRange<UInt32>] = [0x1160...0x11FF, 0xD7B0...0xD7FF]

    private static let wideBlocks: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4DC0...0x4DFF,
        0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
        0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
        0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
