/// The parameters behind the question mark of a request target.
///
/// Source: WHATWG URL Standard, section 5.1, `application/x-www-form-urlencoded` parsing.
struct QueryParameters: Hashable, Sendable {
    /// More are refused.
    static let limit = 64

    /// Names and values in their order.
    let items: [Item]

    struct Item: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// Reads a request target; nil when its query cannot be decoded, or holds more than ``limit`` parameters.
    init?(target: String) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            items = []
            return
        }
        let query = target.utf8[target.utf8.index(after: mark)...].prefix { $0 != UInt8(ascii: "#") }
        let parts = query.split(separator: UInt8(ascii: "&"), maxSplits: Self.limit)
        guard parts.count <= Self.limit else { return nil }
        var items: [Item] = []
        for part in parts {
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(sides[0]), let value = sides.count == 2 ? Self.decoded(sides[1]) : "" else {
                return nil
            }
            items.append(Item(name: name, value: value))
        }
        self.items = items
    }

    private static func decoded(_ bytes: Substring.UTF8View) -> String? {
        PercentEncoding.decoded(bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
    }
}
