import JSONCoding
import ModelCatalog

/// What a model costs, by the way it is called.
struct ModelPriceTable {
    let prices: ModelPrices

    private static let columns: [(unit: PriceUnit, title: String)] = [
        (.inputPerMillionTokens, "IN"), (.outputPerMillionTokens, "OUT"), (.cacheReadPerMillionTokens, "CACHE READ"),
        (.cacheWritePerMillionTokens, "CACHE WRITE"), (.outputImage, "IMAGE OUT"), (.inputImage, "IMAGE IN"),
        (.outputVideoSecond, "VIDEO OUT"), (.inputVideoSecond, "VIDEO IN"), (.inputAudioSecond, "SOUND IN"),
        (.query, "QUERY"),
    ]

    /// Writes the table to standard output; nothing where no price is known.
    func show(_ terminal: Terminal) {
        let rows = rows
        guard !rows.isEmpty else { return }
        let columns = Self.columns.filter { column in rows.contains { $0.amounts[column.unit] != nil } }
        guard !columns.isEmpty else { return }
        let style = terminal.outputStyle
        terminal.output("")
        terminal.output(
            style.bold("prices") + style.dim("  US dollars for a million tokens, an image, a second or a query"))
        var table = TextTable(["  CALLED BY"] + columns.map(\.title), rightAligned: Set(1...columns.count))
        for row in rows {
            table.append(
                [TextTable.Cell("  " + row.name)]
                    + columns.map { TextTable.Cell(row.amounts[$0.unit].map(ModelNumbers.money) ?? "") })
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line.trimmedAtEnd) }
    }

    /// One way of calling, or a tier of it.
    private struct Row {
        let name: String
        let amounts: PriceAmounts
    }

    private var rows: [Row] {
        let keys = prices.entries.keys.sorted { (Self.rank($0), $0) < (Self.rank($1), $1) }
        return keys.flatMap { key -> [Row] in
            guard let price = prices.entries[key] else { return [] }
            let name = Self.name(of: key)
            var rows = [Row(name: name, amounts: price.amounts)]
            if let long = price.longContext {
                rows.append(
                    Row(
                        name: "\(name), over \(ModelNumbers.rounded(long.aboveInputTokens)) in",
                        amounts: long.amounts))
            }
            // The other ways of calling have the same tiers.
            guard key == keys.first else { return rows }
            return rows
                + ModelPrice.Tier.allCases.compactMap { tier in
                    price.tiers[tier].map { Row(name: "\(name), \(tier.rawValue)", amounts: $0) }
                }
        }
    }

    /// What a person calls a way of calling: `us`, `eu-west-1`, `bedrock-mantle in us-gov-west-1`.
    private static func name(of key: String) -> String {
        let parts = key.split(separator: ":", maxSplits: 1)
        switch (parts.first, parts.count) {
        case ("base", _): return "bare id"
        case ("region", 2): return String(parts[1])
        case ("mantle", 2): return "bedrock-mantle in \(parts[1])"
        case ("mantle", _): return "bedrock-mantle"
        default: return key
        }
    }

    /// The bare id first, then profiles, then regions, then other endpoints.
    private static func rank(_ key: String) -> Int {
        if key == "base" { return 0 }
        if key.hasPrefix("mantle") { return 3 }
        return key.hasPrefix("region:") ? 2 : 1
    }
}
