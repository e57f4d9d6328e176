import Diagnostics
import Testing
import YAMLSource

/// Edits of a text that is the file `bot.yaml`.
func edits(of text: String) throws -> YAMLEdits {
    try #require(YAMLEdits(reading: SourceText(name: "bot.yaml", bytes: Array(text.utf8))))
}

/// The text with an edit made; nil where there is none.
func applying(_ edit: TextEdit?, to text: String) -> String? {
    guard let edit else { return nil }
    let bytes = Array(text.utf8)
    let result = TextEdits([edit]).apply(to: bytes)
    // What the edit does not cover is the same, byte for byte.
    #expect(result.starts(with: bytes[..<edit.range.lowerBound]))
    #expect(result.reversed().starts(with: bytes[edit.range.upperBound...].reversed()))
    return String(decoding: result, as: UTF8.self)
}
