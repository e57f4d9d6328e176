/// What is different between two versions of a file, in the unified format of `diff -u`.
///
/// Source: POSIX.1-2024, `diff`, "Diff -u or -U Output Format".
package struct UnifiedDiff: Sendable {
    /// One line of the comparison.
    private struct Line {
        enum Kind: Hashable { case kept, removed, added }

        let kind: Kind
        /// With its line break, where it has one.
        let bytes: ArraySlice<UInt8>
    }

    /// Lines that are shown together, with where they start in either version.
    private struct Hunk {
        var oldStart: Int
        var newStart: Int
        var lines: ArraySlice<Line>
    }

    private let file: String
    private let lines: [Line]
    private let contextLines: Int

    /// Compares two versions.
    ///
    /// - Parameters:
    ///   - file: The name of the file for both headers.
    ///   - before: The old bytes, UTF-8.
    ///   - after: The new bytes, UTF-8.
    ///   - contextLines: How many lines that are the same stand around each change.
    package init(file: String, before: [UInt8], after: [UInt8], contextLines: Int = 3) {
        self.file = file
        self.contextLines = contextLines
        let old = Self.split(before)
        let new = Self.split(after)
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in new.difference(from: old, by: { $0.elementsEqual($1) }) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var lines: [Line] = []
        var (oldLine, newLine) = (0, 0)
        while oldLine < old.count || newLine < new.count {
            if removed.contains(oldLine) {
                lines.append(Line(kind: .removed, bytes: old[oldLine]))
                oldLine += 1
            } else if added.contains(newLine) {
                lines.append(Line(kind: .added, bytes: new[newLine]))
                newLine += 1
            } else {
                lines.append(Line(kind: .kept, bytes: old[oldLine]))
                oldLine += 1
                newLine += 1
            }
        }
        self.lines = lines
    }

    /// Whether both versions are the same.
    package var isEmpty: Bool { lines.allSatisfy { $0.kind == .kept } }

    /// The difference as text, byte for byte what `patch -p0` takes; empty when there is none.
    package var text: String { rendered { line, _ in line } }

    /// The difference for people: coloured where the page has colours, and nothing in it that a terminal would obey.
    package func text(_ layout: TextLayout) -> String {
        rendered { line, code in
            let shown = Self.printable(line)
            return layout.usesColor && !code.isEmpty ? "\u{1B}[\(code)m\(shown)\u{1B}[0m" : shown
        }
    }

    private func rendered(_ paint: (_ line: String, _ code: String) -> String) -> String {
        guard !isEmpty else { return "" }
        var text = paint("--- \(file)", "1") + "\n" + paint("+++ \(file)", "1") + "\n"
        for hunk in hunks {
            let old = Self.range(hunk.oldStart, count: hunk.lines.count { $0.kind != .added })
            let new = Self.range(hunk.newStart, count: hunk.lines.count { $0.kind != .removed })
            text += paint("@@ -\(old) +\(new) @@", "36") + "\n"
            for line in hunk.lines {
                let isEnded = line.bytes.last == 0x0A
                let content = String(decoding: isEnded ? line.bytes.dropLast() : line.bytes, as: UTF8.self)
                switch line.kind {
                case .kept: text += paint(" " + content, "") + "\n"
                case .removed: text += paint("-" + content, "31") + "\n"
                case .added: text += paint("+" + content, "32") + "\n"
                }
                if !isEnded { text += "\\ No newline at end of file\n" }
            }
        }
        return text
    }

    /// The changes with the lines around them; those with at most twice that many between them stand together.
    private var hunks: [Hunk] {
        var hunks: [Hunk] = []
        var (oldLine, newLine) = (0, 0)
        var end = 0
        for (index, line) in lines.enumerated() {
            if line.kind != .kept {
                let start = max(end, index - contextLines)
                let last = min(lines.count, index + contextLines + 1)
                if start > end || hunks.isEmpty {
                    let before = index - start
                    hunks.append(
                        Hunk(oldStart: oldLine - before, newStart: newLine - before, lines: lines[start..<last]))
                } else {
                    hunks[hunks.count - 1].lines = lines[hunks[hunks.count - 1].lines.startIndex..<last]
                }
                end = last
            }
            if line.kind != .added { oldLine += 1 }
            if line.kind != .removed { newLine += 1 }
        }
        return hunks
    }

    /// `3,7`, or `3` for one line; of no line the one before is named.
    private static func range(_ start: Int, count: Int) -> String {
        switch count {
        case 0: "\(start),0"
        case 1: "\(start + 1)"
        default: "\(start + 1),\(count)"
        }
    }

    private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            lines.append(bytes[start..<end])
            start = end
        }
        return lines
    }

    /// A line without a carriage return at its end, and with tabs as they are.
    private static func printable(_ line: String) -> String {
        var scalars = Array(line.unicodeScalars)
        if scalars.last == "\r" { scalars.removeLast() }
        var shown = String.UnicodeScalarView()
        for scalar in scalars { shown.append(scalar != "\t" && scalar.isObeyedByTerminals ? "\u{FFFD}" : scalar) }
        return String(shown)
    }
}
