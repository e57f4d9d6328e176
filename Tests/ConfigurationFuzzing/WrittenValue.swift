import TestSupport

/// A value as a person could write it, before the style of writing is chosen.
package indirect enum WrittenValue: Sendable {
    case text(String)
    /// What stands there without quotes, in ways of writing that mean the same.
    case plain([String])
    case list([WrittenValue])
    case map([(key: String, value: WrittenValue)])
}

/// Writes values as YAML in a style of its own for each seed: order of keys, comments, quotes, blocks and brackets.
package struct YAMLPrinter {
    private var generator: SeededGenerator

    package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A whole file.
    package mutating func file(_ members: [(key: String, value: WrittenValue)]) -> String {
        var text = generator.once(in: 8) ? "\u{FEFF}" : ""
        if generator.once(in: 4) { text += "# A comment: with 'quotes', [brackets] and a \"mark\".\n\n" }
        text += members.isEmpty ? "{}\n" : block(members, indentation: 0)
        return generator.once(in: 5) ? text.replacing("\n", with: "\r\n") : text
    }

    private mutating func block(_ members: [(key: String, value: WrittenValue)], indentation: Int) -> String {
        var text = ""
        let margin = String(repeating: " ", count: indentation)
        for (key, value) in members.shuffled(using: &generator) {
            if generator.once(in: 10) { text += "\(margin)# about \(key)\n" }
            if generator.once(in: 20) { text += "\n" }
            text += "\(margin)\(scalar(key)):\(entry(value, indentation))"
        }
        return text
    }

    /// What follows a colon or a dash, with the end of the line.
    private mutating func entry(_ value: WrittenValue, _ indentation: Int) -> String {
        let deeper = indentation + (generator.once(in: 3) ? 4 : 2)
        let margin = String(repeating: " ", count: deeper)
        switch value {
        case .map(let members) where !members.isEmpty && !generator.once(in: 4):
            return "\n" + block(members, indentation: deeper)
        case .list(let items) where !items.isEmpty && !generator.once(in: 4):
            return "\n" + items.map { "\(margin)-\(entry($0, deeper))" }.joined()
        case .text(let text) where canBeLiteral(text) && !generator.once(in: 4):
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let keep = text.hasSuffix("\n") ? "" : "-"
            let shown = text.hasSuffix("\n") ? lines.dropLast() : lines
            return " |\(keep)\n" + shown.map { $0.isEmpty ? "\n" : "\(margin)\($0)\n" }.joined()
        default: return " \(flow(value))" + (generator.once(in: 12) ? " # noted\n" : "\n")
        }
    }

    private mutating func flow(_ value: WrittenValue) -> String {
        switch value {
        case .text(let text): return scalar(text)
        case .plain(let ways): return generator.pick(ways)
        case .list(let items): return "[\(items.map { flow($0) }.joined(separator: ", "))]"
        case .map(let members):
            let shuffled = members.shuffled(using: &generator)
            return "{\(shuffled.map { "\(scalar($0.key)): \(flow($0.value))" }.joined(separator: ", "))}"
        }
    }

    private mutating func scalar(_ text: String) -> String {
        if isPlain(text), !generator.once(in: 4) { return text }
        if text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value < 0x7F }), generator.once(in: 2) {
            return "'\(text.replacing("'", with: "''"))'"
        }
        return "\"\(text.unicodeScalars.map(escaped).joined())\""
    }

    private func escaped(_ scalar: UnicodeScalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\t": "\\t"
        case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
            "\\x" + String(scalar.value >> 4, radix: 16) + String(scalar.value & 0xF, radix: 16)
        case "\u{2028}", "\u{2029}", "\u{FEFF}": "\\u" + String(scalar.value, radix: 16, uppercase: true)
        default: String(scalar)
        }
    }

    /// Whether a text means itself without quotes anywhere.
    private func isPlain(_ text: String) -> Bool {
        let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        guard let first = text.utf8.first, (0x61...0x7A).contains(first), !words.contains(text) else { return false }
        return text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
        }
    }

    private func canBeLiteral(_ text: String) -> Bool {
        guard text.contains("\n"), !text.hasSuffix("\n\n"), let first = text.utf8.first, first > 0x20 else {
            return false
        }
        return text.utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A }
    }
}
