import Diagnostics

extension YAMLEdits {
    /// The edit, when the file with it says the same but for some nodes that stand next to each other.
    ///
    /// - Parameters:
    ///   - edit: What is tried.
    ///   - range: The nodes that are replaced; empty for new ones before the node of that number.
    ///   - count: How many nodes come in their place; nil for any number.
    ///   - children: How many children more or fewer their collection has.
    ///   - collection: Their collection, where `range` is empty.
    ///   - accepts: What else must be true of the new file.
    /// - Returns: The edit, or nil when it changes anything else.
    func tried(
        _ edit: TextEdit, changing range: Range<Int>, into count: Int?, children: Int = 0,
        in collection: Int? = nil, accepts: (YAMLTree) -> Bool = { _ in true }
    ) -> TextEdit? {
        guard let changed = tree(after: TextEdits([edit])) else { return nil }
        let shift = changed.records.count - tree.records.count
        let newCount = count ?? range.count + shift
        guard newCount >= 0, newCount - range.count == shift else { return nil }
        let parent = collection ?? parent(of: range.lowerBound)
        for index in tree.records.indices where !range.contains(index) {
            let counterpart = index < range.lowerBound ? index : index + shift
            let grown = index == parent ? children : 0
            guard isSame(index, as: counterpart, in: changed, without: range, shift: shift, grown: grown) else {
                return nil
            }
        }
        let added = changed.records[range.lowerBound..<range.lowerBound + newCount]
        guard added.allSatisfy({ $0.flags.isDisjoint(with: [.invalid, .rejectedKey]) }) else { return nil }
        return accepts(changed) ? edit : nil
    }

    /// Whether the file says the same with edits as without.
    func isSame(with edits: TextEdits) -> Bool {
        guard let changed = tree(after: edits), changed.records.count == tree.records.count else { return false }
        return tree.records.indices.allSatisfy {
            isSame($0, as: $0, in: changed, without: 0..<0, shift: 0, grown: 0)
        }
    }

    /// What the file says with edits; nil when it cannot be read with them, or is too large to be edited.
    private func tree(after edits: TextEdits) -> YAMLTree? {
        guard tree.text.bytes.count <= Self.limitInBytes else { return nil }
        let text = SourceText(name: tree.text.name, bytes: edits.apply(to: tree.text.bytes))
        return YAMLDocument.parse(text).document?.tree
    }

    private func isSame(
        _ index: Int, as counterpart: Int, in changed: YAMLTree, without range: Range<Int>, shift: Int, grown: Int
    ) -> Bool {
        let old = tree.records[index]
        let new = changed.records[counterpart]
        guard old.shape == new.shape, old.tag == new.tag,
            old.flags.subtracting(.decoded) == new.flags.subtracting(.decoded)
        else { return false }
        switch old.shape {
        case .plain, .singleQuoted, .doubleQuoted, .literal, .folded:
            return tree.withContent(of: old) { content in
                changed.withContent(of: new) { content.hasSameBytes(as: $0) }
            }
        case .sequence, .mapping: return Int(new.payload) == Int(old.payload) + grown
        case .alias:
            let target = Int(old.payload)
            guard !range.contains(target) else { return range.count == 1 && Int(new.payload) == target }
            return Int(new.payload) == (target < range.lowerBound ? target : target + shift)
        }
    }
}
