/// The path and the query of a request, split before they are decoded.
///
/// A label may hold encoded slashes, so the path is split as it came. Source: Smithy, HTTP binding of labels.
struct RequestTarget: Sendable, Hashable {
    /// The target as it came.
    let text: String
    /// The path as it came.
    let path: Substring
    /// The parts of the path between its slashes, as they came; the first one is empty.
    let segments: [Substring]
    /// The parameters of the query, decoded, in their order.
    let query: [(name: String, value: String)]

    init(_ text: String) {
        self.text = text
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts[0]
        segments = path.split(separator: "/", omittingEmptySubsequences: false)
        query =
            parts.count < 2
            ? []
            : parts[1].split(separator: "&").map { parameter in
                let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (Self.lenientlyDecoded(pair[0]), pair.count > 1 ? Self.lenientlyDecoded(pair[1]) : "")
            }
    }

    /// The first value of a query parameter; nil when it is absent.
    func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The text with each `%XX` replaced by its byte, or nil when an escape is broken or the bytes are no UTF-8.
    static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func lenientlyDecoded(_ text: Substring) -> String { decoded(text) ?? String(text) }

    static func == (left: RequestTarget, right: RequestTarget) -> Bool { left.text == right.text }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

private func hexValue(_ digit: UInt8) -> UInt8? {
    Character(Unicode.Scalar(digit)).hexDigitValue.map(UInt8.init)
}
