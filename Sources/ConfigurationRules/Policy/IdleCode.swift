import BotConfiguration
import Diagnostics
import YAMLSource

/// A code that a suppression comment names for nothing.
struct IdleCode {
    let code: DiagnosticCode
    /// The comment.
    let origin: Origin

    /// The findings about such codes, with their repairs.
    ///
    /// One code goes from its comment, and with the last code the comment. Reads every file once more as YAML.
    static func findings(about idle: [IdleCode]) -> [Finding] {
        var fixes: [Fix?] = Array(repeating: nil, count: idle.count)
        let files = Dictionary(grouping: idle.indices) { idle[$0].origin.text.map(ObjectIdentifier.init) }
        for positions in files.values {
            guard let text = idle[positions[0]].origin.text, let edits = YAMLEdits(reading: text) else { continue }
            var lastCodes: [Int] = []
            for position in positions {
                let (code, range) = (idle[position].code, idle[position].origin.range)
                guard let rest = String(decoding: text.bytes[range], as: UTF8.self).removing(code: code.rawValue) else {
                    lastCodes.append(position)
                    continue
                }
                fixes[position] = edits.replacing(commentAt: range, with: rest).map {
                    Fix("remove \(code.rawValue) from the comment", edits: [$0])
                }
            }
            let removals = edits.removing(commentsAt: lastCodes.map { idle[$0].origin.range })
            for (position, removal) in zip(lastCodes, removals) {
                fixes[position] = removal.map { Fix("remove the comment", edits: [$0]) }
            }
        }
        return zip(idle, fixes).map { idle, fix in
            Finding(
                .unusedSuppression, "'\(idle.code.rawValue)' is silenced here, and there is nothing of it",
                at: idle.origin, help: ["remove it"], repair: fix.map { .make($0) })
        }
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
