package import Diagnostics

/// Edits of one file that keep its comments and its layout.
///
/// Every edit is tried before it is offered: with it the file can still be read and says the same as before, but for
/// what was meant to change. Where that cannot be had there is no edit: in a file with more than ``limitInBytes``, in
/// a value that is also read elsewhere through an alias, in a layout this does not know.
package struct YAMLEdits: Sendable {
    /// The largest file that is edited; trying an edit reads the file once.
    package static let limitInBytes = 131_072

    /// An entry of a mapping, by the numbers of its nodes.
    struct Entry {
        let mapping: Int
        let key: Int
        let value: Int
        /// The value of the entry before.
        let previous: Int?
        /// The key of the entry after.
        let next: Int?

        var isOnly: Bool { previous == nil && next == nil }
    }

    let tree: YAMLTree
    let lines: SourceLines
    /// The uses of anchored values, and the values.
    private let aliases: [(use: Int, target: Int)]

    /// Edits of the file that a document was read from.
    package init(_ document: YAMLDocument) { self.init(document.tree) }

    /// Edits of the file that a node stands in.
    package init(of node: YAMLNode) { self.init(node.tree) }

    /// Edits of a file, or nil when it cannot be read as YAML.
    package init?(reading text: SourceText) {
        guard text.bytes.count <= Self.limitInBytes, let document = YAMLDocument.parse(text).document else {
            return nil
        }
        self.init(document)
    }

    private init(_ tree: YAMLTree) {
        self.tree = tree
        lines = SourceLines(tree.text.bytes)
        aliases = tree.records.indices.compactMap { index in
            tree.records[index].shape == .alias ? (index, Int(tree.records[index].payload)) : nil
        }
    }
}

// MARK: - Renaming and replacing

extension YAMLEdits {
    /// Gives the key of an entry another name, in the quotes that it has.
    ///
    /// - Parameters:
    ///   - key: The key, as it came from ``YAMLNode/entries``.
    ///   - name: The new name.
    /// - Returns: The edit; nil also where the mapping has that key already.
    package func renaming(_ key: YAMLNode, to name: String) -> TextEdit? {
        guard let entry = entry(ofKey: key.use), keys(of: entry.mapping).allSatisfy({ content(of: $0) != name }) else {
            return nil
        }
        return replacement(of: key.use, with: .text(name))
    }

    /// Writes another value in the place of a scalar, in the quotes that it has; an alias is replaced, not followed.
    ///
    /// - Parameters:
    ///   - node: The scalar.
    ///   - value: What is to stand there.
    /// - Returns: The edit; nil for a block of text (`|`, `>`) and where nothing stands.
    package func replacing(_ node: YAMLNode, with value: NewScalar) -> TextEdit? {
        node.kind == .scalar && !node.isMissing ? replacement(of: node.use, with: value) : nil
    }

    private func replacement(of index: Int, with value: NewScalar) -> TextEdit? {
        let record = tree.records[index]
        guard !isShared(index), record.shape == .alias || record.isScalar else { return nil }
        // `!!str true` would stay a text.
        if case .source = value, record.tag != nil { return nil }
        let node = YAMLNode(tree: tree, at: index)
        let style: YAMLNode.Style = record.shape == .alias ? .plain : node.style
        guard let source = value.source(like: style, isInFlow: isInFlow(index)) else { return nil }
        let edit = TextEdit(file: tree.text.name, range: record.range, replacement: source)
        return tried(edit, changing: index..<index + 1, into: 1) { changed in
            guard case .text(let text) = value else { return true }
            return YAMLNode(tree: changed, at: index).resolved == .string(text)
        }
    }
}

// MARK: - Finding

extension YAMLEdits {
    /// The key of the entry at a path of keys, or nil when there is none.
    package func key(at path: some Collection<String>) -> YAMLNode? {
        guard !tree.records.isEmpty else { return nil }
        var node = YAMLNode(tree: tree, at: 0)
        var found: YAMLNode?
        for name in path {
            guard let entry = node.entry(forKey: name) else { return nil }
            found = entry.key
            node = entry.value
        }
        return found
    }

    /// The key of the entry whose value starts at a byte of the file, or nil when there is none.
    package func key(ofValueAt position: Int) -> YAMLNode? {
        for index in tree.records.indices where tree.records[index].shape == .mapping {
            for entry in entries(of: index) where Int(tree.records[entry.value].start) == position {
                return YAMLNode(tree: tree, at: entry.key)
            }
        }
        return nil
    }

    /// The other keys of the mapping that a key stands in; none for what is no key.
    package func siblings(of key: YAMLNode) -> [String] {
        guard let entry = entry(ofKey: key.use) else { return [] }
        return keys(of: entry.mapping).filter { $0 != entry.key }.map(content)
    }

    /// The entry whose key is a node, or nil when it is no key.
    func entry(ofKey key: Int) -> Entry? {
        guard tree.records.indices.contains(key), let mapping = parent(of: key) else { return nil }
        return entries(of: mapping).first { $0.key == key }
    }

    /// The entries of a mapping, those too that a diagnostic is about; none of a sequence.
    func entries(of mapping: Int) -> [Entry] {
        let keys = keys(of: mapping)
        return keys.indices.map { position in
            Entry(
                mapping: mapping, key: keys[position], value: Int(tree.records[keys[position]].next),
                previous: position == 0 ? nil : Int(tree.records[keys[position - 1]].next),
                next: position + 1 < keys.count ? keys[position + 1] : nil)
        }
    }

    private func keys(of mapping: Int) -> [Int] {
        guard tree.records[mapping].shape == .mapping else { return [] }
        var keys: [Int] = []
        var key = mapping + 1
        while key < Int(tree.records[mapping].next) {
            keys.append(key)
            key = Int(tree.records[Int(tree.records[key].next)].next)
        }
        return keys
    }

    /// The collection around a node; nil for the outermost.
    func parent(of index: Int) -> Int? {
        (0..<index).last {
            !tree.records[$0].isScalar && tree.records[$0].shape != .alias && Int(tree.records[$0].next) > index
        }
    }

    func isInFlow(_ index: Int) -> Bool { parent(of: index).map { tree.records[$0].flags.contains(.flow) } ?? false }

    /// Whether a node is also read elsewhere, through an alias of it or of a collection around it.
    func isShared(_ index: Int) -> Bool {
        aliases.contains { $0.target <= index && index < Int(tree.records[$0.target].next) }
    }

    /// Whether something outside of a range of nodes is an alias of something in it.
    func isUsedOutside(_ range: Range<Int>) -> Bool {
        aliases.contains { range.contains($0.target) && !range.contains($0.use) }
    }

    private func content(of index: Int) -> String { YAMLNode(tree: tree, at: index).scalar }
}
