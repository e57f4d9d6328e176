package import Diagnostics

extension YAMLEdits {
    /// Adds an entry to a mapping, right after another one and written as far indented.
    ///
    /// - Parameters:
    ///   - name: The key.
    ///   - value: The value, on one line.
    ///   - key: The key of the entry that it follows.
    /// - Returns: The edit; nil also where the mapping has that key already.
    package func inserting(_ name: String, _ value: NewScalar, afterEntryOf key: YAMLNode) -> TextEdit? {
        guard let entry = entry(ofKey: key.use), !isShared(entry.mapping) else { return nil }
        let isInFlow = tree.records[entry.mapping].flags.contains(.flow)
        guard let nameSource = NewScalar.text(name).source(like: .plain, isInFlow: isInFlow),
            let valueSource = value.source(like: .plain, isInFlow: isInFlow),
            !valueSource.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D })
        else { return nil }
        let source = "\(nameSource): \(valueSource)"
        guard
            let (position, text) = isInFlow
                ? flowInsertion(of: source, after: entry) : blockInsertion(of: source, after: entry)
        else { return nil }
        let edit = TextEdit(file: tree.text.name, range: position..<position, replacement: text)
        let number = Int(tree.records[entry.value].next)
        return tried(edit, changing: number..<number, into: nil, children: 2, in: entry.mapping) { changed in
            let added = YAMLNode(tree: changed, at: number)
            return added.scalar == name
                && Int(changed.records[number + 1].next) - number
                    == changed.records.count - tree.records.count
        }
    }

    private func blockInsertion(of source: String, after entry: Entry) -> (Int, String)? {
        let key = Int(tree.records[entry.key].start)
        let line = lines.start(at: key)
        let end = max(Int(tree.records[entry.key].end), Int(tree.records[entry.value].end))
        guard let restEnd = lines.endOfRest(end) else { return nil }
        var first = lines.afterSpaces(line)
        while first < key, lines.bytes[first] == UInt8(ascii: "-") { first = lines.afterSpaces(first + 1) }
        let indent = String(repeating: " ", count: first - line)
        let position = lineEnd(withCommentsBelow: entry, at: lines.next(after: restEnd), indent: first - line)
        // The last line of the file may end without a line break; it keeps doing so.
        guard position == lines.bytes.count, lines.bytes.last != 0x0A else {
            return (position, indent + source + lines.lineBreak)
        }
        return (position, lines.lineBreak + indent + source)
    }

    private func flowInsertion(of source: String, after entry: Entry) -> (Int, String)? {
        let start = Int(tree.records[entry.key].start)
        let end = max(Int(tree.records[entry.key].end), Int(tree.records[entry.value].end))
        let line = lines.start(at: start)
        let indent = lines.text(line..<lines.afterSpaces(line))
        let closing = lines.afterSpaceAndComments(end)
        guard closing < lines.bytes.count else { return nil }
        guard lines.afterSpaces(line) == start else { return (end, ", " + source) }
        if lines.bytes[closing] == UInt8(ascii: ","), let restEnd = lines.endOfRest(closing + 1) {
            return (lines.next(after: restEnd), indent + source + "," + lines.lineBreak)
        }
        // Before the brace on the next line, if no comment stands behind the entry.
        if lines.end(at: end) == lines.afterSpaces(end) { return (end, "," + lines.lineBreak + indent + source) }
        return (end, ", " + source)
    }
}
