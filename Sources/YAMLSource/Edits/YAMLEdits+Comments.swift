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
    /// How often the file is read at most to find out which of its comments can be removed.
    private static let trialLimit = 64

    /// Removes comments: of each its whole line where it has one of its own, else what stands before the line's end.
    ///
    /// They are tried together, so that the file is read once for all of them. Where that cannot be had (below a block
    /// of text, what follows a comment can become a part of the block) those are found that can go together.
    ///
    /// - Parameter ranges: The comments, each from its `#` on.
    /// - Returns: The edit of each comment; nil for one that must stay.
    package func removing(commentsAt ranges: [Range<Int>]) -> [TextEdit?] {
        let removals = ranges.map(removal(ofCommentAt:))
        var accepted: [TextEdit] = []
        var trials = Self.trialLimit
        accept(removals.compactMap(\.self)[...], into: &accepted, trials: &trials)
        let together = Set(accepted)
        return removals.map { $0.flatMap { together.contains($0) ? $0 : nil } }
    }

    /// Adds those edits that leave what the file says as it is, together with what was added before.
    private func accept(_ edits: ArraySlice<TextEdit>, into accepted: inout [TextEdit], trials: inout Int) {
        guard !edits.isEmpty, trials > 0 else { return }
        trials -= 1
        let together = TextEdits(accepted + edits)
        if together.dropped.isEmpty, isSame(with: together) {
            accepted += edits
        } else if edits.count > 1 {
            let middle = edits.startIndex + edits.count / 2
            accept(edits[..<middle], into: &accepted, trials: &trials)
            accept(edits[middle...], into: &accepted, trials: &trials)
        }
    }

    private func removal(ofCommentAt range: Range<Int>) -> TextEdit? {
        guard range.upperBound <= lines.bytes.count, lines.bytes[range].first == UInt8(ascii: "#") else { return nil }
        let start = lines.start(at: range.lowerBound)
        let end = lines.end(at: range.lowerBound)
        let blankStart = lines.beforeSpaces(range.lowerBound)
        guard blankStart == start else { return edit(removing: blankStart..<end) }
        let next = lines.next(after: range.lowerBound)
        // The last line of a file that does not end with a line break takes the one before it along.
        guard next == end, start > lines.base else { return edit(removing: start..<next) }
        return edit(removing: lines.end(at: lines.start(at: start - 1))..<end)
    }

    /// Writes another comment in the place of one, which changes nothing else.
    ///
    /// - Parameters:
    ///   - range: The comment from its `#` on to the end of its line, as it came from ``YAMLDocument/comments``.
    ///   - comment: The new comment, starting with `#`, on one line.
    /// - Returns: The edit.
    package func replacing(commentAt range: Range<Int>, with comment: String) -> TextEdit? {
        guard range.upperBound <= lines.bytes.count, lines.bytes[range].first == UInt8(ascii: "#"),
            comment.hasPrefix("#"), comment.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x09 })
        else { return nil }
        return TextEdit(file: tree.text.name, range: range, replacement: comment)
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
