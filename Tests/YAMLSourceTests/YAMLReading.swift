import Diagnostics
import YAMLSource

/// Reads a text as the file `bot.yaml`.
func read(_ text: String, limits: YAMLLimits = YAMLLimits()) -> YAMLParseResult {
    read(Array(text.utf8), limits: limits)
}

/// Reads bytes as the file `bot.yaml`.
func read(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> YAMLParseResult {
    YAMLDocument.parse(SourceText(name: "bot.yaml", bytes: bytes), limits: limits)
}

extension YAMLNode {
    /// The value in one line: `{key: "text", list: [1, null]}`.
    var outline: String {
        switch kind {
        case .scalar:
            switch resolved {
            case .null: isMissing ? "missing" : "null"
            case .bool(let value): "\(value)"
            case .integer(let text): text
            case .float(let text): text
            case .string(let text): "\"\(text.replacing("\n", with: "\\n"))\""
            }
        case .sequence: "[\(items.map(\.outline).joined(separator: ", "))]"
        case .mapping: "{\(entries.map { "\($0.key.scalar): \($0.value.outline)" }.joined(separator: ", "))}"
        }
    }

    /// The part of the file that a range covers.
    func source(_ range: Range<Int>) -> String { String(decoding: text.bytes[range], as: UTF8.self) }
}

/// A place in short: `2:5+3` is three characters from column 5 of line 2.
func short(_ location: SourceLocation?) -> String {
    location.map { "\($0.line):\($0.column)+\($0.length)" } ?? "-"
}
