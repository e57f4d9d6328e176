package import Diagnostics

// What happens to comments when an entry goes:
// - The comment behind it on its line goes, and those below it that are indented deeper than its key.
// - The lines of comment right above it, as far indented as its key, go when they are about this entry: when they
//   name its key, or when no other entry follows right below, as one does where the comment is a heading of a group.
//   A comment that starts in the first line of the file is about the file and stays.
// - A suppression comment right above it goes: it would silence what comes next.
// - When the mapping around the entry goes because nothing else is left in it, a comment in there that is not about
//   the entry must not be lost: there is no edit then.
extension YAMLEdits {
    /// Removes a comment: its whole line where it has one of its own, else what stands before the line's end.
    ///
    /// - Parameter range: The comment from its `#` on.
    /// - Returns: The edit.
    package func removing(commentAt range: Range<Int>) -> TextEdit? {
        guard range.upperBound <= lines.bytes.count, lines.bytes[range].first == UInt8(ascii: "#") else { return nil }
        let start = lines.start(at: range.lowerBound)
        let end = lines.end(at: range.lowerBound)
        let blankStart = lines.beforeSpaces(range.lowerBound)
        var removed = blankStart..<end
        if blankStart == start {
            removed = start..<lines.next(after: range.lowerBound)
            // The last line of a file that does not end with a line break.
            if removed.upperBound == end, start > lines.base {
                removed = lines.end(at: lines.start(at: start - 1))..<end
            }
        }
        return tried(edit(removing: removed), changing: tree.records.count..<tree.records.count, into: 0)
    }

    /// Writes another comment in the place of one.
    ///
    /// - Parameters:
    ///   - range: The comment from its `#` on, to the end of its line.
    ///   - comment: The new comment, starting with `#`, on one line.
    /// - Returns: The edit.
    package func replacing(commentAt range: Range<Int>, with comment: String) -> TextEdit? {
        guard range.upperBound <= lines.bytes.count, lines.bytes[range].first == UInt8(ascii: "#"),
            comment.hasPrefix("#"), !comment.utf8.contains(0x0A)
        else { return nil }
        let edit = TextEdit(file: tree.text.name, range: range, replacement: comment)
        return tried(edit, changing: tree.records.count..<tree.records.count, into: 0)
    }

    func edit(removing range: Range<Int>) -> TextEdit {
        TextEdit(file: tree.text.name, range: range, replacement: "")
    }

    /// The start of the first line of comment that goes with an entry, or of the entry's own line.
    ///
    /// - Parameters:
    ///   - entry: An entry whose key is the first thing on its line.
    ///   - line: The start of that line.
    ///   - end: The start of the line after the entry.
    /// - Returns: The start of a line.
    func lineStart(withCommentsAbove entry: Entry, at line: Int, end: Int) -> Int {
        let indent = lines.afterSpaces(line) - line
        let floor = floor(of: entry)
        var start = line
        func above() -> Int? {
            guard let above = lines.start(before: start), above >= floor, lines.commentIndent(ofLine: above) == indent
            else { return nil }
            return above
        }
        while let above = above(), isSuppression(lineAt: above) { start = above }
        let suppressions = start
        while let above = above() { start = above }
        guard start < suppressions, start > lines.base else { return suppressions }
        let comment = lines.text(start..<suppressions).lowercased()
        let name = YAMLNode(tree: tree, at: entry.key).scalar.lowercased()
        return names(name, in: comment) || !isFollowedDirectly(entry, at: end) ? start : suppressions
    }

    /// The end of the comments below an entry that belong to what is in it.
    func lineEnd(withCommentsBelow entry: Entry, at line: Int, indent: Int) -> Int {
        var end = line
        var next = line
        while next < lines.bytes.count {
            if lines.isBlankLine(next) {
                next = lines.next(after: next)
                continue
            }
            guard let found = lines.commentIndent(ofLine: next), found > indent else { break }
            next = lines.next(after: next)
            end = next
        }
        return end
    }

    /// Whether every comment within some lines is also within others.
    func hasNoComment(in range: Range<Int>, outside removed: Range<Int>) -> Bool {
        var line = range.lowerBound
        while line < range.upperBound {
            if lines.commentIndent(ofLine: line) != nil, !removed.contains(line) { return false }
            line = lines.next(after: line)
        }
        return true
    }

    /// The position that comments of an entry cannot stand before: the end of what is written before it.
    private func floor(of entry: Entry) -> Int {
        if let previous = entry.previous { return Int(tree.records[previous].end) }
        guard let parent = parent(of: entry.mapping) else { return lines.base }
        if tree.records[parent].shape == .sequence { return Int(tree.records[entry.mapping].start) }
        let key = entries(of: parent).first { $0.value == entry.mapping }?.key
        return key.map { lines.next(after: Int(tree.records[$0].end)) } ?? Int(tree.records[entry.mapping].start)
    }

    /// Whether the line after an entry is the next entry of its mapping.
    private func isFollowedDirectly(_ entry: Entry, at end: Int) -> Bool {
        guard let next = entry.next else { return false }
        return lines.start(at: Int(tree.records[next].start)) == end
    }

    private func isSuppression(lineAt start: Int) -> Bool {
        let text = lines.text(lines.afterSpaces(start)..<lines.end(at: start)).drop { $0 == "#" || $0 == " " }
        return text.hasPrefix("botctl:ignore") && !text.hasPrefix("botctl:ignore-file")
    }

    /// Whether a comment has a name as a word of its own.
    private func names(_ name: String, in comment: String) -> Bool {
        func isPart(_ character: Character) -> Bool {
            character.isLetter || character.isNumber || character == "_" || character == "-"
        }
        guard !name.isEmpty else { return false }
        for range in comment.ranges(of: name) {
            let before = range.lowerBound == comment.startIndex ? nil : comment[comment.index(before: range.lowerBound)]
            let after = range.upperBound == comment.endIndex ? nil : comment[range.upperBound]
            if !(before.map(isPart) ?? false), !(after.map(isPart) ?? false) { return true }
        }
        return false
    }
}
