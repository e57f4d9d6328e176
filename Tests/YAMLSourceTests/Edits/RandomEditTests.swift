import Diagnostics
import Testing
import TestSupport
import YAMLSource

/// What a file says, without its layout.
private indirect enum Meaning: Hashable {
    case scalar(YAMLScalar)
    case list([Meaning])
    case map([Entry])

    struct Entry: Hashable {
        var key: String
        var value: Meaning
    }

    init(_ node: YAMLNode) {
        self =
            switch node.kind {
            case .scalar: .scalar(node.resolved)
            case .sequence: .list(node.items.map(Meaning.init))
            case .mapping: .map(node.entries.map { Entry(key: $0.key.scalar, value: Meaning($0.value)) })
            }
    }

    /// The same with an entry changed; nil removes it, and the map around it when it was the last.
    func changing(_ path: ArraySlice<String>, _ change: (Entry) -> [Entry]) -> Meaning? {
        guard let name = path.first, case .map(let entries) = self else { return self }
        let changed = entries.flatMap { entry -> [Entry] in
            guard entry.key == name else { return [entry] }
            guard path.count > 1 else { return change(entry) }
            return entry.value.changing(path.dropFirst(), change).map { [Entry(key: name, value: $0)] } ?? []
        }
        return changed.isEmpty ? nil : .map(changed)
    }

    /// The paths of all entries that are reached through maps alone.
    var paths: [[String]] {
        guard case .map(let entries) = self else { return [] }
        return entries.flatMap { entry in [[entry.key]] + entry.value.paths.map { [entry.key] + $0 } }
    }
}

/// Writes files with every layout there is.
private struct RandomFile {
    var generator: SeededGenerator
    private var text = ""
    private var names = 0
    private var anchors: [String] = []

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func make() -> String {
        if chance(10) { text += "\u{FEFF}" }
        if chance(20) { text += "# The file.\n" }
        if chance(20) { writeFlow(depth: 0) } else { writeBlock(indent: 0, depth: 0) }
        if chance(20) { text += "# The end.\n" }
        if chance(15), text.hasSuffix("\n") { text.removeLast() }
        return chance(20) ? text.replacing("\n", with: "\r\n") : text
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    private mutating func key() -> String {
        names += 1
        let name = "k\(names)"
        return chance(10) ? "'\(name)'" : chance(10) ? "\"\(name)\"" : name
    }

    private mutating func scalar(isInFlow: Bool) -> String {
        var scalars = ["1", "0.5", "true", "yes", "text", "'it''s # x'", "\"a\\n, b\"", "漢字 😀", "null", "a:b", "é"]
        if isInFlow { scalars.removeAll { $0 == "a:b" } }
        let scalar = scalars.randomElement(using: &generator) ?? "x"
        if chance(10), let name = anchors.randomElement(using: &generator) { return "*\(name) " }
        guard chance(10) else { return chance(5) ? "!!str \(scalar)" : scalar }
        anchors.append("n\(anchors.count % 3)")
        return "&\(anchors[anchors.count - 1]) \(scalar)"
    }

    private mutating func writeBlock(indent: Int, depth: Int, isBehindDash: Bool = false) {
        let margin = String(repeating: " ", count: indent)
        for position in 0..<Int.random(in: 1...4, using: &generator) {
            if !(isBehindDash && position == 0) {
                if chance(15) { text += "\n" }
                if chance(35) { text += "\(margin)# \(chance(60) ? "about k\(names + 1)" : "x")\n" }
                if chance(10) { text += "\(margin)  # deeper\n" }
                text += margin
            }
            text += key() + ":"
            switch Int.random(in: depth > 2 ? 0..<4 : 0..<9, using: &generator) {
            case 0:
                text += " |\(chance(30) ? "+" : "")\n\(margin)  line # no\n"
                text += "\(chance(30) ? "\n" : "")\(margin)  # no\n"
            case 1: text += " one\n\(margin)  two\n"
            case 2, 3: endLine(" " + scalar(isInFlow: false))
            case 4:
                endLine(chance(10) ? " &m" : "")
                for _ in 0..<Int.random(in: 1...2, using: &generator) {
                    text += margin + "- "
                    if chance(50) {
                        writeBlock(indent: indent + 2, depth: depth + 1, isBehindDash: true)
                    } else {
                        endLine(scalar(isInFlow: false))
                    }
                }
            case 5, 6:
                endLine("")
                writeBlock(indent: indent + 2, depth: depth + 1)
            default:
                text += " "
                writeFlow(depth: depth + 1)
            }
        }
    }

    private mutating func endLine(_ rest: String) { text += rest + (chance(20) ? " # c" : "") + "\n" }

    private mutating func writeFlow(depth: Int) {
        text += flow(depth: depth, isSpread: chance(30)) + "\n"
    }

    private mutating func flow(depth: Int, isSpread: Bool) -> String {
        let gap = isSpread ? "\n" + String(repeating: "  ", count: depth + 1) : chance(50) ? " " : ""
        var entries: [String] = []
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let value: String
            switch Int.random(in: depth > 2 ? 0..<2 : 0..<5, using: &generator) {
            case 0: value = "[1, {a: 2}]"
            case 1, 2, 3: value = scalar(isInFlow: true)
            default: value = flow(depth: depth + 1, isSpread: false)
            }
            entries.append("\(key()): \(value)")
        }
        let comment = isSpread && chance(30) ? " # c" : ""
        let list = entries.joined(separator: ",\(comment)\(gap.isEmpty ? " " : gap)")
        return "{\(gap)\(list)\(chance(10) ? "," : "")\(gap)}"
    }
}

@Suite(.timeLimit(.minutes(1)))
struct RandomEditTests {
    private func meaning(_ text: String) -> Meaning? {
        let result = read(text)
        guard !result.diagnostics.containsErrors else { return nil }
        return result.document?.root.map(Meaning.init)
    }

    @Test(arguments: UInt64(1)...6)
    func `an edit changes what it is meant to change and nothing else`(seed: UInt64) throws {
        var files = SeededGenerator(seed: seed)
        var (offered, asked) = (0, 0)
        for _ in 0..<60 {
            var file = RandomFile(seed: files.next())
            let text = file.make()
            guard let before = meaning(text), let edits = try? edits(of: text) else { continue }
            for path in before.paths {
                let key = try #require(edits.key(at: path))
                var made: [(edit: TextEdit?, after: Meaning?)] = [
                    (edits.removing(entryAt: path), before.changing(path[...]) { _ in [] }),
                    (
                        edits.renaming(key, to: "new"),
                        before.changing(path[...]) { [Meaning.Entry(key: "new", value: $0.value)] }
                    ),
                    (
                        edits.inserting("new", .text("x: y"), afterEntryOf: key),
                        before.changing(path[...]) {
                            [$0, Meaning.Entry(key: "new", value: .scalar(.string("x: y")))]
                        }
                    ),
                ]
                if let value = value(at: path, of: text), value.kind == .scalar {
                    made.append(
                        (
                            edits.replacing(value, with: .source("12")),
                            before.changing(path[...]) {
                                [Meaning.Entry(key: $0.key, value: .scalar(.integer("12")))]
                            }
                        ))
                }
                for (edit, after) in made {
                    asked += 1
                    guard let changed = applying(edit, to: text) else { continue }
                    offered += 1
                    #expect(meaning(changed) == after, "\(path) of\n\(text)\nbecame\n\(changed)")
                }
            }
        }
        // An edit that is never offered is never wrong.
        #expect(asked > 300)
        #expect(offered * 10 > asked * 6, "\(offered) of \(asked)")
    }

    @Test(arguments: UInt64(1)...4)
    func `comments that are not about an entry stay when it goes`(seed: UInt64) throws {
        var files = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            var file = RandomFile(seed: files.next())
            let text = file.make()
            guard let before = meaning(text), let edits = try? edits(of: text) else { continue }
            for path in before.paths {
                guard let edit = edits.removing(entryAt: path) else { continue }
                let removed = Array(text.utf8)[edit.range]
                #expect(!String(decoding: removed, as: UTF8.self).contains("# The"))
            }
        }
    }

    private func value(at path: [String], of text: String) -> YAMLNode? {
        path.reduce(read(text).document?.root) { node, name in node?.value(forKey: name) }
    }
}
