import CLibYAML

/// The anchor and tag before a value, told apart from it by reading the file: libyaml gives one range for all.
struct NodeProperties {
    /// Where the tag stands, when there is one.
    private(set) var tag: Range<Int>?
    /// Where the value stands.
    private(set) var value: Range<Int>

    /// A value without anchor and tag.
    init(valueAt range: Range<Int>) { value = range }

    /// Reads the anchor and the tag at the start of a range.
    ///
    /// A value that is empty beside its anchor or tag stands at the end of the range.
    init(in bytes: UnsafeBufferPointer<UInt8>, at range: Range<Int>) {
        var position = range.lowerBound
        while position < range.upperBound {
            let isTag = bytes[position] == UInt8(ascii: "!")
            guard isTag || bytes[position] == UInt8(ascii: "&") else { break }
            let start = position
            while position < range.upperBound, !Self.isSpace(bytes[position]) { position += 1 }
            if isTag { tag = start..<position }
            position = Self.afterSpaceAndComments(in: bytes, at: position..<range.upperBound)
        }
        value = position..<range.upperBound
    }

    /// Where the next thing that is neither space nor comment stands; a `#` right after a word starts no comment.
    private static func afterSpaceAndComments(in bytes: UnsafeBufferPointer<UInt8>, at range: Range<Int>) -> Int {
        var position = range.lowerBound
        while position < range.upperBound {
            if isSpace(bytes[position]) {
                position += 1
            } else if bytes[position] == UInt8(ascii: "#"), position > range.lowerBound {
                while position < range.upperBound, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
            } else {
                break
            }
        }
        return position
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether two texts are the same bytes.
    func hasSameBytes(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard count > 0, let left = baseAddress, let right = other.baseAddress else { return true }
        return memcmp(left, right, count) == 0
    }

    /// Whether this text comes before the other in the order of their bytes.
    func comesBefore(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let left = baseAddress, let right = other.baseAddress else { return count < other.count }
        let order = memcmp(left, right, Swift.min(count, other.count))
        return order == 0 ? count < other.count : order < 0
    }
}
