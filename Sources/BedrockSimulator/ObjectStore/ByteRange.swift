/// A `Range` header of one range of bytes (RFC 9110, section 14.2).
enum ByteRange {
    /// The bytes that the header asks for, or nil when there are none of them.
    static func range(_ header: String, of count: Int) -> Range<Int>? {
        guard header.hasPrefix("bytes="), !header.contains(",") else { return nil }
        let parts = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        if parts[0].isEmpty {
            guard let length = Int(parts[1]), length > 0, count > 0 else { return nil }
            return max(0, count - length)..<count
        }
        guard let first = Int(parts[0]), first >= 0, first < count else { return nil }
        if parts[1].isEmpty { return first..<count }
        guard let last = Int(parts[1]), last >= first else { return nil }
        return first..<min(last + 1, count)
    }
}
