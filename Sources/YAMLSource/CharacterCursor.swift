/// Turns libyaml's positions, which count characters, into byte offsets.
///
/// Positions come almost in order, so that the cursor walks over the text once: O(length) for a whole file.
struct CharacterCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where the first character stands: after a byte order mark.
    private let base: Int
    private let isASCII: Bool
    private var character = 0
    private var offset: Int

    /// A cursor over valid UTF-8.
    init(_ bytes: UnsafeBufferPointer<UInt8>, base: Int, isASCII: Bool) {
        self.bytes = bytes
        self.base = base
        self.isASCII = isASCII
        offset = base
    }

    /// The byte at which a character starts; the end of the text for one past it.
    mutating func offset(of target: Int) -> Int {
        if isASCII { return min(base + target, bytes.count) }
        while character < target, offset < bytes.count {
            switch bytes[offset] {
            case ..<0x80: offset += 1
            case ..<0xE0: offset += 2
            case ..<0xF0: offset += 3
            default: offset += 4
            }
            character += 1
        }
        while character > target, offset > base {
            offset -= 1
            while offset > base, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
            character -= 1
        }
        return offset
    }
}
