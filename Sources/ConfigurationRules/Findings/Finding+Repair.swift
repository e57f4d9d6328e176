import BotConfiguration
import Diagnostics
import YAMLSource

extension Finding {
    /// How a finding can be put right without asking anybody.
    enum Repair: Sendable, Hashable {
        /// The value that it is about goes, with its key.
        case removeValue(path: String)
        /// One code goes from the comment that it is about, and with the last code the comment.
        case removeCode(DiagnosticCode)
    }

    /// The repair as edits; nil where none is safe.
    ///
    /// Reads the file once more as YAML.
    var fix: Fix? {
        switch repair {
        case .removeValue(let path): origin?.removal().map { Fix("remove '\(path)'", edits: [$0]) }
        case .removeCode(let code): origin.flatMap { Self.removing(code, fromCommentAt: $0) }
        case nil: nil
        }
    }

    private static func removing(_ code: DiagnosticCode, fromCommentAt origin: Origin) -> Fix? {
        guard let text = origin.text, let edits = YAMLEdits(reading: text) else { return nil }
        let comment = String(decoding: text.bytes[origin.range], as: UTF8.self)
        let others = comment.removing(code: code.rawValue)
        let edit =
            others.map { edits.replacing(commentAt: origin.range, with: $0) }
            ?? edits.removing(commentAt: origin.range)
        let summary = others == nil ? "remove the comment" : "remove \(code.rawValue) from the comment"
        return edit.map { Fix(summary, edits: [$0]) }
    }
}

extension String {
    /// A suppression comment without one of its codes; nil when it names no other.
    fileprivate func removing(code: String) -> String? {
        func isSeparator(_ character: Character) -> Bool { character == "," || character.isWhitespace }
        let codesEnd = firstRange(of: "--")?.lowerBound ?? endIndex
        let words = self[..<codesEnd].split(whereSeparator: isSeparator)
        // The first words are the number sign and the directive, which can stand together.
        let codes = words.filter { DiagnosticCode(rawValue: String($0)) != nil }
        guard codes.contains(where: { $0 != code }), let word = codes.first(where: { $0 == code }) else { return nil }
        if let next = codes.first(where: { $0.startIndex > word.startIndex }) {
            return String(self[..<word.startIndex] + self[next.startIndex...])
        }
        let head = self[..<word.startIndex]
        let end = head.lastIndex { !isSeparator($0) }.map(head.index(after:)) ?? head.endIndex
        return String(head[..<end] + self[word.endIndex...])
    }
}
