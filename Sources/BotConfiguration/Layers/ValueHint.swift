import ModelCatalog
import Secrets
import Suggestions
import YAMLSource

/// What a person probably meant by a value that its key does not take, told as the next step.
enum ValueHint {
    /// The next step for a value of the wrong type; empty where nothing is obvious.
    ///
    /// - Parameters:
    ///   - node: The value.
    ///   - type: What it must be.
    ///   - example: A value that the key takes; nil when none is known.
    /// - Returns: What to do.
    static func help(for node: YAMLNode, as type: ValueType, example: String?) -> [String] {
        switch (type, node.kind) {
        case (.integer(let range), .scalar):
            number(meantBy: node).flatMap { Int($0) }.flatMap { range.contains($0) ? advice("\($0)", node) : nil }
                ?? help(forPercentage: node.scalar, in: 0...0)
                ?? ["write it in digits only, such as \(example ?? "\(range.lowerBound)")"]
        case (.decimal(let range), .scalar):
            number(meantBy: node).flatMap { DecimalNumber($0) }.flatMap {
                range.contains($0) ? advice($0.text, node) : nil
            } ?? help(forPercentage: node.scalar, in: range) ?? [
                "write it in digits, such as \(example ?? range.upperBound.text)"
            ]
        case (.boolean, .scalar): boolean(meantBy: node.scalar).map { advice("\($0)", node) } ?? []
        case (.list(let element, _), .mapping):
            [
                element.canStand(as: node)
                    ? "make it the entry of a list: '- ' in front of its first key, the others as deep; or [{…}]"
                    : "write it as a list: [\(node.entries.prefix(3).map(\.0.scalar).joined(separator: ", "))]"
            ]
        case (.list(.object(let schema), _), .scalar):
            ["write it as a list of maps: [{\(entry(of: schema, named: node.scalar))}]"]
        case (.list, .scalar): ["write it as a list: [\(node.scalar.prefix(60))]"]
        case (.object(let schema), .sequence) where schema.shorthand != nil:
            ["name one; for the others write files of their own"]
        case (.object(let schema), .scalar):
            key(meantBy: node.scalar, of: schema) ?? keys(of: schema)
        case (.object(let schema), .sequence): keys(of: schema)
        default: []
        }
    }

    /// The next step for a text that does not have its key's form; empty where nothing is obvious.
    static func help(for text: String, as format: TextFormat) -> [String] {
        if (try? SecretReference(parsing: text)) != nil {
            return ["only references to secrets are resolved: write the value itself"]
        }
        if text.contains(where: { "“”„‘’«»".contains($0) }) {
            return ["write it without these quotes, or with \" and \""]
        }
        switch format {
        case .botName: return botName(meantBy: text).map { ["write \($0)"] } ?? []
        case .region:
            return [
                region(meantBy: text).map { "did you mean '\($0)'?" } ?? "regions look like us-east-1 or eu-central-1"
            ]
        case .url:
            let url = "https://" + text
            return !text.contains("://") && format.accepts(url) ? ["write \(url)"] : []
        case .stateStore where text.contains("://"):
            return ["a store is a directory relative to the project; s3://bucket/prefix comes with a later version"]
        default: return []
        }
    }

    /// The next step for a file that does not hold keys.
    static func help(forFile root: YAMLNode, of schema: ObjectSchema) -> [String] {
        if root.kind == .scalar, let help = key(meantBy: root.scalar, of: schema) { return help }
        let example =
            schema.field("model") == nil ? "\(schema.fields.first?.key ?? ""):" : "model: amazon.nova-micro-v1:0"
        return ["start with a key, such as '\(example)'"]
    }

    /// The next step for a text that is no length of time; empty where nothing is obvious.
    static func help(forDuration text: String) -> [String] {
        let number = text.prefix { $0.isNumber }
        let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
        let units = ["ms": "ms", "mil": "ms", "s": "s", "m": "m", "h": "h"]
        guard !number.isEmpty, number.utf8.allSatisfy(isDigit),
            let start = ["mil", "ms", "s", "m", "h"].first(where: unit.hasPrefix), let meant = units[start],
            DurationText.milliseconds(of: number + meant) != nil
        else { return ["units are ms, s, m and h"] }
        return ["write \(number)\(meant)"]
    }

    /// The keys that an entry of a list needs, the first of them with the text that was written in the list's place.
    private static func entry(of schema: ObjectSchema, named text: String) -> String {
        let needed = schema.fields.filter { $0.isRequired && $0.defaultValue == nil }
        let name = text.utf8.allSatisfy { isDigit($0) || (0x61...0x7A).contains($0 | 0x20) } ? text : "NAME"
        return needed.enumerated().map { index, field in
            index == 0 ? "\(field.key): \(name)" : "\(field.key): \(field.examples.first ?? "…")"
        }.joined(separator: ", ")
    }

    private static func keys(of schema: ObjectSchema) -> [String] {
        ["its keys are \(schema.fields.filter { $0.deprecation == nil }.map(\.key).joined(separator: ", "))"]
    }

    /// The next step for a text that ends in a percent sign; nil for another.
    private static func help(forPercentage text: String, in range: ClosedRange<DecimalNumber>) -> [String]? {
        guard text.hasSuffix("%") else { return nil }
        let number = text.dropLast().filter { $0 != " " }
        let help = help(forOutOfRange: number, in: range)
        return help.isEmpty ? ["write a number without the percent sign"] : help.map { "\($0): write that" }
    }

    /// The next step for a number out of its range; empty where nothing is obvious.
    static func help(forOutOfRange text: String, in range: ClosedRange<DecimalNumber>) -> [String] {
        guard range.upperBound.text == "1", let percent = Int(text), (2...100).contains(percent),
            let share = DecimalNumber(percent == 100 ? "1" : percent < 10 ? "0.0\(percent)" : "0.\(percent)")
        else { return [] }
        return ["\(percent) % is \(share.text)"]
    }

    /// The next step for a text that starts with a key, only the colon after it is another sign or lacks its blank; nil
    /// for another text.
    private static func key(meantBy text: String, of schema: ObjectSchema) -> [String]? {
        guard let sign = text.firstIndex(where: { $0 == ":" || $0 == "：" || $0 == "=" }) else { return nil }
        var key = text[..<sign]
        while key.last == " " { key.removeLast() }
        guard schema.field(String(key)) != nil else { return nil }
        return switch text[sign] {
        case ":": ["put a space after '\(key):'"]
        case "=": ["write '\(key): ', with a colon in place of the equals sign"]
        default: ["write '\(key): ', with the colon of the ASCII characters"]
        }
    }

    /// A bot's name that is as near as can be to a text that is none.
    ///
    /// - Returns: The name; nil where nothing like a name is left, and for a reference, which nothing resolves there.
    static func botName(meantBy text: String) -> String? {
        guard !text.hasPrefix("$") else { return nil }
        let letters = text.lowercased().map { character in
            TextFormat.botName.accepts(String(character)) || character == "." ? character : "-"
        }
        var name = letters.drop { $0 == "-" || $0 == "." }
        while name.last == "-" || name.last == "." { name.removeLast() }
        return TextFormat.botName.accepts(String(name)) ? String(name) : nil
    }

    /// The region that was probably meant by a text that looks like none.
    private static func region(meantBy text: String) -> String? {
        func bare(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
        return regions.first { bare($0) == bare(text) } ?? Spelling.closest(to: text, among: regions)
    }

    private static let regions = Set(ModelCatalog.embedded.models.flatMap(\.regions)).sorted()

    private static func advice(_ value: String, _ node: YAMLNode) -> [String] {
        [node.scalar == value ? "write it without quotes: \(value)" : "write \(value)"]
    }

    private static func boolean(meantBy text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0": false
        default: nil
        }
    }

    /// The number in a text: in quotes, with separators, with a decimal comma, with a `k` or an `M`.
    private static func number(meantBy node: YAMLNode) -> String? {
        var text = node.scalar
        guard text.utf8.count <= 40, text.utf8.first.map(isDigit) == true else { return nil }
        let isGrouped = isInGroupsOfThree(text)
        text.removeAll { $0 == "_" || $0 == " " || isGrouped && $0 == "," }
        let commas = text.count { $0 == "," }
        if commas == 1, !text.contains(".") { text = String(text.map { $0 == "," ? "." : $0 }) }
        for (suffix, zeros) in [("k", "000"), ("K", "000"), ("M", "000000")] where text.hasSuffix(suffix) {
            text = text.dropLast() + zeros
            guard text.utf8.allSatisfy(isDigit) else { return nil }
        }
        if let point = text.firstIndex(of: "."), text[point...].dropFirst().allSatisfy({ $0 == "0" }) {
            text = String(text[..<point])
        }
        return DecimalNumber(text)?.text
    }

    /// The number that a decimal comma cut in two within braces: `{temperature: 0,2}` has a key `2` without a value.
    ///
    /// - Returns: The key before the comma and the number as it should be written; nil where nothing was cut.
    static func numberCutAtItsComma(
        by key: YAMLNode, _ value: YAMLNode, in mapping: YAMLNode
    ) -> (key: String, text: String)? {
        guard value.isMissing, !key.scalar.isEmpty, key.scalar.utf8.allSatisfy(isDigit) else { return nil }
        let keys = mapping.entries.map(\.0.range)
        guard let index = keys.firstIndex(of: key.range), index > 0 else { return nil }
        let (before, start) = mapping.entries[index - 1]
        guard !start.scalar.isEmpty, start.scalar.utf8.allSatisfy(isDigit) else { return nil }
        return (before.scalar, "\(start.scalar).\(key.scalar)")
    }

    private static func isInGroupsOfThree(_ text: String) -> Bool {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        return groups.count > 1 && groups.allSatisfy { $0.utf8.allSatisfy(isDigit) }
            && (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
