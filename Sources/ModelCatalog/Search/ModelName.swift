/// Model ids and names in the forms in which people write them.
enum ModelName {
    /// The longest text that is compared, in bytes.
    static let limitInBytes = 128

    /// A text in lower case with one `-` between its words: `Claude Sonnet 4.5` is `claude-sonnet-4-5`.
    ///
    /// Words are runs of letters and digits; whatever else stands between them does not matter.
    static func normalized(_ text: some StringProtocol) -> [UInt8] {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x61...0x7A, 0x80...: result.append(byte)
            case 0x41...0x5A: result.append(byte + 0x20)
            default: if let last = result.last, last != separator { result.append(separator) }
            }
        }
        if result.last == separator { result.removeLast() }
        return result
    }

    static let separator = UInt8(ascii: "-")

    /// An id or name without what is easily forgotten at its end: `:0`, `-v1`, and a date of eight digits.
    static func withoutVersion(_ id: Substring) -> Substring {
        var rest = id
        if let colon = rest.lastIndex(of: ":"), rest[rest.index(after: colon)...].utf8.allSatisfy(isDigit) {
            rest = rest[..<colon]
        }
        while let dash = rest.lastIndex(of: "-"), dash != rest.startIndex {
            let end = rest[rest.index(after: dash)...].utf8
            let isVersion = end.first == UInt8(ascii: "v") && end.count > 1 && end.dropFirst().allSatisfy(isDigit)
            guard isVersion || (end.count == 8 && end.allSatisfy(isDigit)) else { break }
            rest = rest[..<dash]
        }
        return rest
    }

    /// Whether one name is of a later model than another of the same family: words that are numbers count as such.
    static func isLater(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let (leftWords, rightWords) = (left.split(separator: separator), right.split(separator: separator))
        for (one, other) in zip(leftWords, rightWords) where !one.elementsEqual(other) {
            let numbers = (Int(String(decoding: one, as: UTF8.self)), Int(String(decoding: other, as: UTF8.self)))
            switch numbers {
            case (let one?, let other?): return one > other
            case (_?, nil): return true
            case (nil, _?): return false
            case (nil, nil): return one.lexicographicallyPrecedes(other)
            }
        }
        return leftWords.count > rightWords.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
