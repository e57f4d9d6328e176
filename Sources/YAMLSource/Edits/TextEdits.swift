package import Diagnostics

/// Edits of one file, in the order of position and without overlap.
package struct TextEdits: Hashable, Sendable {
    /// The edits that can be made together.
    package private(set) var edits: [TextEdit] = []
    /// The edits that are left out, because they change what another one changes.
    package private(set) var dropped: [TextEdit] = []

    /// No edits.
    package init() {}

    /// Puts edits in order; of two that overlap the later one is dropped, of two that are equal one is kept.
    ///
    /// - Parameter edits: Edits of one file.
    package init(_ edits: some Sequence<TextEdit>) {
        for edit in edits where !add([edit]) { dropped.append(edit) }
    }

    /// Adds edits that belong together.
    ///
    /// - Parameter group: Edits of the same file.
    /// - Returns: Whether they were added; none of them is when one of them overlaps with another edit.
    package mutating func add(_ group: [TextEdit]) -> Bool {
        var added: [TextEdit] = []
        for edit in group {
            let position = position(of: edit)
            if position < edits.count, edits[position] == edit { continue }
            // What overlaps with nothing beside it overlaps with nothing at all.
            let neighbours = edits[max(position - 1, 0)..<min(position + 1, edits.count)]
            guard !neighbours.contains(where: { $0.overlaps(edit) }) else {
                edits.removeAll(where: added.contains)
                return false
            }
            edits.insert(edit, at: position)
            added.append(edit)
        }
        return true
    }

    /// How many edits start before one.
    private func position(of edit: TextEdit) -> Int {
        var (low, high) = (0, edits.count)
        while low < high {
            let middle = (low + high) / 2
            if edits[middle].range.lowerBound < edit.range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The file with the edits made; an edit that reaches past its end is left out.
    package func apply(to bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        for edit in edits where edit.range.upperBound <= bytes.count {
            result.append(contentsOf: bytes[position..<edit.range.lowerBound])
            result.append(contentsOf: edit.replacement.utf8)
            position = edit.range.upperBound
        }
        result.append(contentsOf: bytes[position...])
        return result
    }
}

extension TextEdit {
    /// Whether two edits change the same bytes, or insert in the same place.
    fileprivate func overlaps(_ other: TextEdit) -> Bool {
        if range.isEmpty || other.range.isEmpty {
            return range.lowerBound <= other.range.upperBound && other.range.lowerBound <= range.upperBound
        }
        return range.overlaps(other.range)
    }
}

extension TextEdits {
    /// The file with the edits made, when it can still be read and no key has lost its value.
    ///
    /// Edits that are sound one by one need not be so together: two that each remove one of two entries leave a key
    /// with nothing after it.
    ///
    /// - Parameter text: The file as it is, at most ``YAMLEdits/limitInBytes``.
    /// - Returns: The new file, or nil when the edits cannot be made together.
    package func edited(_ text: SourceText) -> SourceText? {
        guard text.bytes.count <= YAMLEdits.limitInBytes else { return nil }
        let result = SourceText(name: text.name, bytes: apply(to: text.bytes))
        let before = YAMLDocument.parse(text)
        let after = YAMLDocument.parse(result)
        guard let old = before.document, let new = after.document, (old.root == nil) == (new.root == nil),
            after.diagnostics.count <= before.diagnostics.count, new.missingCount <= old.missingCount
        else { return nil }
        return result
    }
}

extension YAMLDocument {
    /// How many values are missing: keys with nothing after their colon, dashes alone.
    fileprivate var missingCount: Int {
        tree.records.indices.count { YAMLNode(tree: tree, at: $0).isMissing }
    }
}
