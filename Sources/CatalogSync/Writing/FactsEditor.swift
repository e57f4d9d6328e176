import Diagnostics
import YAMLSource

/// Puts facts into a file of `catalog.d` so that its comments, its layout and all that it says besides stay.
struct FactsEditor {
    /// The file as it is by now.
    private(set) var text: SourceText

    init(_ text: SourceText) { self.text = text }

    /// Says a fact of a model that the file has, in the place of what it says there.
    ///
    /// - Returns: Whether it stands there now; false in a layout that cannot be edited for certain.
    mutating func set(_ fact: ListedFact, of id: String) -> Bool {
        guard let edits = YAMLEdits(reading: text), let document = YAMLDocument.parse(text).document,
            let model = Self.model(id, in: document), let idEntry = model.entry(forKey: "id")
        else { return false }
        let edit: TextEdit?
        if let entry = model.entry(forKey: fact.path[0]) {
            edit =
                fact.path.count == 1
                ? replacement(of: entry.value, with: fact, edits) : addition(to: entry.value, of: fact, edits)
        } else {
            let source = fact.path.count == 1 ? fact.source : "{\(fact.path[1]): \(fact.source)}"
            let last = model.entries.last?.key ?? idEntry.key
            edit =
                edits.inserting(fact.path[0], .source(source), afterEntryOf: last)
                ?? edits.inserting(fact.path[0], .source(source), afterEntryOf: idEntry.key)
        }
        guard let edit, let edited = TextEdits([edit]).edited(text) else { return false }
        text = edited
        return true
    }

    private func addition(to map: YAMLNode, of fact: ListedFact, _ edits: YAMLEdits) -> TextEdit? {
        guard map.kind == .mapping, !map.isAlias else { return nil }
        if let entry = map.entry(forKey: fact.path[1]) { return replacement(of: entry.value, with: fact, edits) }
        return map.entries.last.flatMap {
            edits.inserting(fact.path[1], .source(fact.source), afterEntryOf: $0.key)
        }
    }

    private func replacement(of node: YAMLNode, with fact: ListedFact, _ edits: YAMLEdits) -> TextEdit? {
        guard !node.isAlias else { return nil }
        if node.kind == .scalar { return edits.replacing(node, with: .source(fact.source)) }
        // A list in block style has no end that is certain: comments may stand in it.
        let range = node.range
        guard text.bytes[range.lowerBound] == UInt8(ascii: "["), range.upperBound <= text.bytes.count,
            !text.bytes[range].contains(UInt8(ascii: "#"))
        else { return nil }
        return TextEdit(file: text.name, range: range, replacement: fact.source(indent: 6))
    }

    /// Adds a model at the end of the list of models.
    ///
    /// - Returns: Whether it stands there now.
    mutating func append(_ id: String, _ facts: [ListedFact]) -> Bool {
        guard let before = YAMLDocument.parse(text).document?.root else { return false }
        let items = before.value(forKey: "models")?.items ?? []
        var bytes = text.bytes
        if bytes.last != 0x0A { bytes.append(0x0A) }
        bytes += Array(ListedFactsFile.entry(id, facts, indent: indent(of: items)).utf8)
        let candidate = SourceText(name: text.name, bytes: bytes)
        let parsed = YAMLDocument.parse(candidate)
        guard parsed.diagnostics.isEmpty, let document = parsed.document,
            document.root?.value(forKey: "models")?.items.count == items.count + 1,
            Self.model(id, in: document) != nil
        else { return false }
        text = candidate
        return true
    }

    /// The columns before the dashes of a list.
    private func indent(of items: [YAMLNode]) -> Int {
        guard let start = items.first?.range.lowerBound else { return 2 }
        var line = start
        while line > 0, text.bytes[line - 1] != 0x0A { line -= 1 }
        return text.bytes[line..<start].prefix { $0 == 0x20 }.count
    }

    /// Brings the line up to date that says when the file was written, if it is there.
    mutating func stamp(_ stamp: String) {
        var lines = text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        guard let index = lines.prefix(20).firstIndex(where: { $0.starts(with: ListedFactsFile.stampStart.utf8) })
        else { return }
        lines[index] = Array(stamp.utf8)
        text = SourceText(name: text.name, bytes: Array(lines.joined(separator: [0x0A])))
    }

    private static func model(_ id: String, in document: YAMLDocument) -> YAMLNode? {
        guard let root = document.root, root.kind == .mapping else { return nil }
        let models = root.value(forKey: "models")?.items ?? [root]
        return models.first { $0.kind == .mapping && $0.value(forKey: "id")?.scalar == id }
    }
}
