package import Diagnostics

/// One value of a YAML document: a cursor that is cheap to copy and keeps the document alive.
///
/// An alias is read as the value it stands for; only ``range``, ``headRange`` and ``location`` tell of the alias,
/// because that is what the person wrote there.
package struct YAMLNode: Sendable {
    package enum Kind: Hashable, Sendable {
        case scalar, sequence, mapping
    }

    /// How a scalar was written.
    package enum Style: Hashable, Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    let tree: YAMLTree
    /// The node that holds the value.
    let index: Int
    /// The node that stands in this place: the same, or an alias of it.
    let use: Int

    init(tree: YAMLTree, at index: Int) {
        self.tree = tree
        use = index
        let record = tree.records[index]
        self.index = record.shape == .alias ? Int(record.payload) : index
    }

    private var record: YAMLRecord { tree.records[index] }

    /// What kind of value this is.
    package var kind: Kind {
        switch record.shape {
        case .plain, .singleQuoted, .doubleQuoted, .literal, .folded, .alias: .scalar
        case .sequence: .sequence
        case .mapping: .mapping
        }
    }

    /// How a scalar was written; ``Style/plain`` for what is no scalar.
    package var style: Style {
        switch record.shape {
        case .plain, .sequence, .mapping, .alias: .plain
        case .singleQuoted: .singleQuoted
        case .doubleQuoted: .doubleQuoted
        case .literal: .literal
        case .folded: .folded
        }
    }

    /// Whether a diagnostic of the parser says already what is wrong with this value (an undefined alias, an
    /// unknown tag), so that nothing more need be said about it.
    package var isInvalid: Bool { record.flags.contains(.invalid) || tree.records[use].flags.contains(.invalid) }
}

// MARK: - Positions

extension YAMLNode {
    /// The file that the node stands in.
    package var text: SourceText { tree.text }

    /// The bytes of the file that were written in this place: the value without anchor and tag, or the alias.
    ///
    /// A missing value is the empty range after the colon. A collection in block style reaches from its first key or
    /// dash to the end of its last value.
    package var range: Range<Int> { tree.records[use].range }

    /// Whether the value is an alias (`*name`) in this place.
    package var isAlias: Bool { use != index }

    /// The bytes of the value itself: of the anchored value where this is an alias, else the same as ``range``.
    package var definitionRange: Range<Int> { record.range }

    /// The part of ``range`` that a caret should show: within the first line, and of a collection in block style only
    /// its first entry.
    package var headRange: Range<Int> {
        let shown = tree.records[use]
        var end = Int(shown.end)
        if shown.payload > 0, !shown.flags.contains(.flow) {
            switch shown.shape {
            case .sequence: end = Int(tree.records[use + 1].end)
            case .mapping: end = Int(tree.records[Int(tree.records[use + 1].next)].end)
            case .plain, .singleQuoted, .doubleQuoted, .literal, .folded, .alias: break
            }
        }
        let start = Int(shown.start)
        let bytes = tree.text.bytes
        var lineEnd = start
        while lineEnd < end, bytes[lineEnd] != 0x0A { lineEnd += 1 }
        while lineEnd > start, bytes[lineEnd - 1] == 0x20 || bytes[lineEnd - 1] == 0x0D || bytes[lineEnd - 1] == 0x09 {
            lineEnd -= 1
        }
        return start..<lineEnd
    }

    /// The place of ``headRange`` as a person reads it.
    ///
    /// O(length of the file): ask for what is shown, not for every value.
    package var location: SourceLocation { tree.text.location(of: headRange) }
}

// MARK: - Scalars

extension YAMLNode {
    /// The content of a scalar after quotes, escapes and folding; empty for what is no scalar.
    package var scalar: String {
        tree.withContent(of: record) { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether there is nothing where a value should stand: a key with nothing after its colon, a dash alone.
    package var isMissing: Bool {
        let record = record
        return record.shape == .plain && record.length == 0 && record.tag == nil && !isInvalid
    }

    /// Whether null was written out (`null` or `~`, without quotes).
    package var isNullPlain: Bool {
        guard record.isScalar, record.length > 0 else { return false }
        return resolution == .null
    }

    /// Whether this is a scalar that means null; a missing value is one too.
    package var isNull: Bool { resolution == .null }

    /// What a scalar means by the YAML 1.2 core schema; an empty string for what is no scalar.
    ///
    /// Only a plain scalar is ever anything but a string, unless an explicit tag such as `!!str` says so.
    /// Source: YAML 1.2.2, 10.3 "Core Schema".
    package var resolved: YAMLScalar {
        switch resolution {
        case .null: .null
        case .true: .bool(true)
        case .false: .bool(false)
        case .integer: .integer(scalar)
        case .float: .float(scalar)
        case .string: .string(scalar)
        }
    }

    private var resolution: CoreSchema.Resolution {
        let record = record
        if record.tag == .string { return .string }
        guard record.shape == .plain || record.tag != nil else { return .string }
        let resolution = tree.withContent(of: record, CoreSchema.resolve)
        // `!!float 1` is a float though it looks like an integer.
        return record.tag == .float && resolution == .integer ? .float : resolution
    }

    /// The Boolean that YAML 1.1 made of a plain `yes`, `no`, `on`, `off`, `y` or `n`, which is a string today.
    package var booleanInYAML11: Bool? {
        guard record.shape == .plain, record.tag == nil, record.length <= 3 else { return nil }
        return Self.booleanInYAML11(scalar)
    }

    /// The Boolean that YAML 1.1 made of a plain word which is a string today.
    static func booleanInYAML11(_ word: String) -> Bool? {
        switch word {
        case "yes", "Yes", "YES", "on", "On", "ON", "y", "Y": true
        case "no", "No", "NO", "off", "Off", "OFF", "n", "N": false
        default: nil
        }
    }

    /// Whether the scalar is one that YAML 1.1 took for a Boolean and YAML 1.2 does not.
    package var looksLikeBoolean11: Bool { booleanInYAML11 != nil }
}

// MARK: - Collections

extension YAMLNode {
    /// The elements of a sequence in order; none for what is no sequence.
    package var items: [YAMLNode] {
        let record = record
        guard record.shape == .sequence else { return [] }
        var items: [YAMLNode] = []
        items.reserveCapacity(Int(record.payload))
        var child = index + 1
        while child < Int(record.next) {
            items.append(YAMLNode(tree: tree, at: child))
            child = Int(tree.records[child].next)
        }
        return items
    }

    /// The entries of a mapping in order; none for what is no mapping.
    ///
    /// Left out are entries that a diagnostic of the parser is about: the second of two equal keys, `<<`, a key that
    /// is no scalar. So every key is a scalar, and unique.
    package var entries: [(key: YAMLNode, value: YAMLNode)] {
        let record = record
        guard record.shape == .mapping else { return [] }
        var entries: [(key: YAMLNode, value: YAMLNode)] = []
        entries.reserveCapacity(Int(record.payload) / 2)
        var key = index + 1
        while key < Int(record.next) {
            let value = Int(tree.records[key].next)
            if !tree.records[key].flags.contains(.rejectedKey) {
                entries.append((YAMLNode(tree: tree, at: key), YAMLNode(tree: tree, at: value)))
            }
            key = Int(tree.records[value].next)
        }
        return entries
    }

    /// The value of a mapping's entry, or nil when there is none of that key or this is no mapping.
    ///
    /// Keys are compared by their bytes. O(number of entries).
    package func value(forKey key: String) -> YAMLNode? { entry(forKey: key)?.value }

    /// The entry of a mapping with that key; see ``value(forKey:)``.
    package func entry(forKey key: String) -> (key: YAMLNode, value: YAMLNode)? {
        let record = record
        guard record.shape == .mapping else { return nil }
        var position = index + 1
        while position < Int(record.next) {
            let value = Int(tree.records[position].next)
            if !tree.records[position].flags.contains(.rejectedKey) {
                let node = YAMLNode(tree: tree, at: position)
                if tree.withContent(of: node.record, { $0.elementsEqual(key.utf8) }) {
                    return (node, YAMLNode(tree: tree, at: value))
                }
            }
            position = Int(tree.records[value].next)
        }
        return nil
    }
}
