/// Lengths of time as people write them: `500ms`, `30s`, `5m`, `1h`, `1m30s`.
package enum DurationText {
    private static let units: [(name: String, milliseconds: Int)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000),
    ]

    /// The milliseconds that a text names, or nil when it is no length of time or does not fit.
    ///
    /// Units go from large to small, each at most once.
    package static func milliseconds(of text: String) -> Int? {
        var rest = text.utf8[...]
        var total = 0
        var smallest = Int.max
        while !rest.isEmpty {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty, let amount = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
            rest = rest.dropFirst(digits.count)
            let letters = String(decoding: rest.prefix { !(0x30...0x39).contains($0) }, as: UTF8.self)
            rest = rest.dropFirst(letters.utf8.count)
            guard let unit = units.first(where: { $0.name == letters }), unit.milliseconds < smallest else {
                return nil
            }
            smallest = unit.milliseconds
            let (product, productOverflow) = amount.multipliedReportingOverflow(by: unit.milliseconds)
            let (sum, sumOverflow) = total.addingReportingOverflow(product)
            guard !productOverflow, !sumOverflow else { return nil }
            total = sum
        }
        return text.isEmpty ? nil : total
    }

    /// The shortest text for a length of time: `90000` is `1m30s`.
    package static func text(ofMilliseconds milliseconds: Int) -> String {
        var rest = milliseconds
        var result = ""
        for unit in units.reversed() where rest >= unit.milliseconds {
            result += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return result.isEmpty ? "0s" : result
    }
}
