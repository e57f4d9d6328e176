package import Diagnostics

extension YAMLEdits {
    /// Removes an entry of a mapping, and the entry around that mapping when nothing else is left in it.
    ///
    /// In block style its whole lines go, in flow style its comma too; blank lines that would then stand doubled, at
    /// the start or at the end of the file go along. Comments are kept unless they are about the entry.
    ///
    /// - Parameter path: The keys that lead to the entry.
    /// - Returns: The edit; nil also for the only entry of the file or of a list's item, and for a value with an
    ///   anchor that is used elsewhere.
    package func removing(entryAt path: some Collection<String>) -> TextEdit? {
        key(at: path).flatMap(removing(entryOf:))
    }

    /// Removes the entry of a mapping whose value starts at a byte of the file; see ``removing(entryAt:)``.
    package func removing(entryWithValueAt position: Int) -> TextEdit? {
        key(ofValueAt: position).flatMap(removing(entryOf:))
    }

    /// Removes the entry of a key; see ``removing(entryAt:)``.
    package func removing(entryOf key: YAMLNode) -> TextEdit? {
        guard var entry = entry(ofKey: key.use), !isShared(entry.mapping) else { return nil }
        var inner: Entry?
        while entry.isOnly {
            guard let parent = parent(of: entry.mapping),
                let outer = entries(of: parent).first(where: { $0.value == entry.mapping })
            else { return nil }
            inner = inner ?? entry
            entry = outer
        }
        let nodes = entry.key..<Int(tree.records[entry.value].next)
        guard !isShared(entry.mapping), !isUsedOutside(nodes) else { return nil }
        for range in candidates(for: entry) {
            if let inner, !keepsComments(of: entry, in: range, but: inner) { continue }
            if let edit = tried(edit(removing: range), changing: nodes, into: 0, children: -2) { return edit }
        }
        return nil
    }

    /// What may be removed, the best first.
    private func candidates(for entry: Entry) -> [Range<Int>] {
        tree.records[entry.mapping].flags.contains(.flow) ? flowCandidates(for: entry) : blockCandidates(for: entry)
    }

    /// Whether the comments within an entry that goes are those of the one in it that was to go.
    private func keepsComments(of entry: Entry, in range: Range<Int>, but inner: Entry) -> Bool {
        let first = lines.next(after: Int(tree.records[entry.key].end))
        guard first < range.upperBound else { return true }
        return hasNoComment(in: first..<range.upperBound, outside: ownLines(of: inner) ?? first..<first)
    }
}

// MARK: - Block style

extension YAMLEdits {
    private func blockCandidates(for entry: Entry) -> [Range<Int>] {
        let key = Int(tree.records[entry.key].start)
        let line = lines.start(at: key)
        let start = lines.afterSpaces(line)
        if start < key, lines.bytes[start] == UInt8(ascii: "-") { return compactCandidates(for: entry, dash: start) }
        guard start == key || isProperty(start), let own = ownLines(of: entry) else { return [] }
        return trimmed(own, of: entry) + [own]
    }

    /// The whole lines of an entry that starts its line, with the comments that go with it; nil when something else
    /// follows it on its last line.
    private func ownLines(of entry: Entry) -> Range<Int>? {
        let key = Int(tree.records[entry.key].start)
        let line = lines.start(at: key)
        let end = max(Int(tree.records[entry.key].end), Int(tree.records[entry.value].end))
        guard let restEnd = lines.endOfRest(end) else { return nil }
        let next = lines.next(after: restEnd)
        let below = lineEnd(withCommentsBelow: entry, at: next, indent: lines.afterSpaces(line) - line)
        return lineStart(withCommentsAbove: entry, at: line, end: below)..<below
    }

    /// The same lines with the blank lines that nobody needs without them; none when all are needed.
    private func trimmed(_ own: Range<Int>, of entry: Entry) -> [Range<Int>] {
        let before = lines.start(before: own.lowerBound)
        let isAfterBlank = before.map(lines.isBlankLine) ?? true
        var range = own
        if isAfterBlank || entry.previous == nil {
            var end = range.upperBound
            while lines.isBlankLine(end) { end = lines.next(after: end) }
            range = range.lowerBound..<end
        }
        if range.upperBound == lines.bytes.count {
            var start = range.lowerBound
            while let line = lines.start(before: start), lines.isBlankLine(line) { start = line }
            // A file that did not end with a line break does not get one.
            if lines.bytes.last != 0x0A, start > lines.base { start = lines.end(at: lines.start(at: start - 1)) }
            range = start..<range.upperBound
        }
        return range == own ? [] : [range]
    }

    /// The first entry of a mapping that starts behind a dash: the next one takes its place there.
    private func compactCandidates(for entry: Entry, dash: Int) -> [Range<Int>] {
        var start = dash
        while start < lines.bytes.count, lines.bytes[start] == UInt8(ascii: "-") {
            start = lines.afterSpaces(start + 1)
        }
        let end = max(Int(tree.records[entry.key].end), Int(tree.records[entry.value].end))
        guard entry.next != nil, start == Int(tree.records[entry.key].start) || isProperty(start),
            let restEnd = lines.endOfRest(end)
        else { return [] }
        var next = lines.next(after: restEnd)
        while lines.isBlankLine(next) { next = lines.next(after: next) }
        return [start..<lines.afterSpaces(next)]
    }

    /// Whether an anchor or a tag starts at a position.
    private func isProperty(_ position: Int) -> Bool {
        position < lines.bytes.count
            && (lines.bytes[position] == UInt8(ascii: "&") || lines.bytes[position] == UInt8(ascii: "!"))
    }
}

// MARK: - Flow style

extension YAMLEdits {
    private func flowCandidates(for entry: Entry) -> [Range<Int>] {
        guard let opening = opening(of: entry) else { return [] }
        let start = lines.afterSpaceAndComments(opening)
        let end = max(Int(tree.records[entry.key].end), Int(tree.records[entry.value].end))
        let closing = lines.afterSpaceAndComments(end)
        guard start < end, closing < lines.bytes.count, lines.bytes[start] != UInt8(ascii: "?") else { return [] }
        let hasComma = lines.bytes[closing] == UInt8(ascii: ",")
        let line = lines.start(at: start)
        let restEnd = lines.endOfRest(hasComma ? closing + 1 : end)
        let isAlone = lines.afterSpaces(line) == start && restEnd != nil
        // The comma before the last entry goes with it, if no comment stands between.
        let followsComma = entry.previous != nil && lines.isBlank(opening..<start)
        if hasComma, let restEnd, isAlone {
            let next = lines.next(after: restEnd)
            return [lineStart(withCommentsAbove: entry, at: line, end: next)..<next]
        }
        if entry.next == nil, followsComma {
            let last = hasComma ? closing + 1 : isAlone ? restEnd ?? end : end
            return [opening - (hasComma ? 0 : 1)..<last]
        }
        guard hasComma else {
            guard isAlone, let restEnd else { return [start..<end] }
            let next = lines.next(after: restEnd)
            return [lineStart(withCommentsAbove: entry, at: line, end: next)..<next, start..<end]
        }
        let after = lines.afterSpaces(closing + 1)
        // Nothing follows on the line: the space before goes, not the one after.
        if after == lines.end(at: after), start > opening { return [lines.beforeSpaces(start)..<closing + 1] }
        return [start..<after]
    }

    /// The position behind the brace or the comma before an entry.
    private func opening(of entry: Entry) -> Int? {
        guard let previous = entry.previous else {
            let brace = Int(tree.records[entry.mapping].start)
            return brace < lines.bytes.count && lines.bytes[brace] == UInt8(ascii: "{") ? brace + 1 : nil
        }
        let comma = lines.afterSpaceAndComments(Int(tree.records[previous].end))
        return comma < lines.bytes.count && lines.bytes[comma] == UInt8(ascii: ",") ? comma + 1 : nil
    }
}
