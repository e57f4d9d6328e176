/// Amounts of data as people write them: `512B`, `64KiB`, `10MB`, `1.5GiB`.
package enum SizeText {
    /// The units, smallest first: powers of 1000 and of 1024.
    private static let units: [(name: String, bytes: Int)] = [
        ("B", 1), ("kB", 1000), ("KB", 1000), ("KiB", 1 << 10), ("MB", 1_000_000), ("MiB", 1 << 20),
        ("GB", 1_000_000_000), ("GiB", 1 << 30),
    ]

    /// The bytes that a text names, or nil when it is no amount of data, holds a fraction of a byte, or does not fit.
    package static func bytes(of text: String) -> Int? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let unit = units.first(where: { $0.name == text.dropFirst(number.count) }),
            let amount = DecimalNumber(number), number.first != ".", number.last != "."
        else { return nil }
        let parts = amount.text.split(separator: ".")
        guard let whole = Int(parts[0]) else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit.bytes)
        guard !overflow else { return nil }
        guard parts.count > 1 else { return product }
        // Three digits are exact for every unit in use; more would be a fraction nobody means.
        guard parts[1].count <= 3, let fraction = Int(parts[1]) else { return nil }
        let scale = [1, 10, 100, 1000][parts[1].count]
        guard (fraction * unit.bytes) % scale == 0 else { return nil }
        let (sum, sumOverflow) = product.addingReportingOverflow(fraction * unit.bytes / scale)
        return sumOverflow ? nil : sum
    }

    /// The shortest exact text for an amount of data: `10485760` is `10MiB`.
    package static func text(ofBytes bytes: Int) -> String {
        let unit = units.filter { $0.name != "KB" && bytes != 0 && bytes % $0.bytes == 0 }.max { $0.bytes < $1.bytes }
        return unit.map { "\(bytes / $0.bytes)\($0.name)" } ?? "\(bytes)B"
    }
}
