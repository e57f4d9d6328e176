import Diagnostics
import Testing
import YAMLSource

struct RemovalTests {
    /// A file, the dotted path of what goes, and the file after; nil where there must be no edit.
    struct Case: CustomTestStringConvertible {
        let name: String
        let path: String
        let before: String
        let after: String?

        init(_ name: String, _ path: String, _ before: String, _ after: String?) {
            self.name = name
            self.path = path
            self.before = before
            self.after = after
        }

        var testDescription: String { name }
    }

    static let block = [
        Case("the first entry", "a", "a: 1\nb: 2\nc: 3\n", "b: 2\nc: 3\n"),
        Case("one between", "b", "a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n"),
        Case("the last entry", "c", "a: 1\nb: 2\nc: 3\n", "a: 1\nb: 2\n"),
        Case(
            "the comment on its line goes", "b", "a: 1 # one\nb: 2 # two\nc: 3 # three\n", "a: 1 # one\nc: 3 # three\n"),
        Case("a map with all in it", "m", "a: 1\nm:\n  x: 1\n  y:\n  - 1\n  - 2\nc: 3\n", "a: 1\nc: 3\n"),
        Case("a list at the indent of its key", "m", "a: 1\nm:\n- 1\n- 2\nc: 3\n", "a: 1\nc: 3\n"),
        Case("a block of text", "m", "a: 1\nm: |\n  # no comment\n  text\n\nc: 3\n", "a: 1\n\nc: 3\n"),
        Case("a text over several lines", "m", "a: 1\nm: one\n  two\nc: 3\n", "a: 1\nc: 3\n"),
        Case("a nested entry", "m.x", "m:\n  x: 1\n  y: 2\nc: 3\n", "m:\n  y: 2\nc: 3\n"),
        Case("the only nested entry takes its parent along", "m.x", "a: 1\nm:\n  x: 1\nc: 3\n", "a: 1\nc: 3\n"),
        Case("and that its own", "m.n.x", "a: 1\nm:\n  n:\n    x: 1\n", "a: 1\n"),
        Case("the only entry of the file stays", "a", "a: 1\n", nil),
        Case("also when it is nested", "m.x", "m:\n  x: 1\n", nil),
        Case("a missing value", "b", "a: 1\nb:\nc: 3\n", "a: 1\nc: 3\n"),
        Case("an anchor and a tag before it", "b", "a: 1\nb: &x !!str 2\nc: 3\n", "a: 1\nc: 3\n"),
        Case("CRLF", "b", "a: 1\r\nb: 2\r\nc: 3\r\n", "a: 1\r\nc: 3\r\n"),
        Case("CRLF at the end", "b", "a: 1\r\nb: 2", "a: 1"),
        Case("a byte order mark", "a", "\u{FEFF}a: 1\nb: 2\n", "\u{FEFF}b: 2\n"),
        Case("no line break at the end", "b", "a: 1\nb: 2", "a: 1"),
        Case("no line break at the end, one before", "a", "a: 1\nb: 2", "b: 2"),
        Case("quotes", "b", "'a': 1\n\"b\": '2'\n", "'a': 1\n"),
        Case("wide characters", "漢", "a: 😀\n漢: 字\nc: é\n", "a: 😀\nc: é\n"),
    ]

    static let blankLines = [
        Case("one of two blank lines goes", "b", "a: 1\n\nb: 2\n\nc: 3\n", "a: 1\n\nc: 3\n"),
        Case("at the start", "a", "a: 1\n\nb: 2\n", "b: 2\n"),
        Case("at the end", "b", "a: 1\n\nb: 2\n", "a: 1\n"),
        Case("at the end, with more of them", "b", "a: 1\n\n\nb: 2\n\n", "a: 1\n"),
        Case("after the first of a map", "m.x", "m:\n  x: 1\n\n  y: 2\n", "m:\n  y: 2\n"),
        Case("only below: it stays", "b", "a: 1\nb: 2\n\nc: 3\n", "a: 1\n\nc: 3\n"),
        Case("those of a text are kept", "b", "a: |+\n  x\n\nb: 2\n\nc: 3\n", "a: |+\n  x\n\nc: 3\n"),
    ]

    static let comments = [
        Case("one that names the key goes", "b", "a: 1\n# b is two\nb: 2\nc: 3\n", "a: 1\nc: 3\n"),
        Case("one above a group stays", "b", "a: 1\n# A heading.\nb: 2\nc: 3\n", "a: 1\n# A heading.\nc: 3\n"),
        Case("one above a single entry goes", "b", "a: 1\n# Two.\nb: 2\n\nc: 3\n", "a: 1\n\nc: 3\n"),
        Case("one above the last entry goes", "c", "a: 1\nb: 2\n# Three,\n# really.\nc: 3\n", "a: 1\nb: 2\n"),
        Case("each has its own", "b", "# One.\na: 1\n# Two.\nb: 2\n# Three.\nc: 3\n", "# One.\na: 1\n# Three.\nc: 3\n"),
        Case("one behind a blank line stays", "b", "a: 1\n# Apart.\n\nb: 2\n", "a: 1\n# Apart.\n"),
        Case("one that is indented otherwise stays", "b", "a: 1\n  # Apart.\nb: 2\n", "a: 1\n  # Apart.\n"),
        Case("the file's own stays", "a", "# About a.\na: 1\n\nb: 2\n", "# About a.\nb: 2\n"),
        Case("one deeper below goes", "m", "m:\n  x: 1\n  # y: 2\nc: 3\n", "c: 3\n"),
        Case("one below stays", "a", "a: 1\n# About the next.\nc: 3\n", "# About the next.\nc: 3\n"),
        Case(
            "a suppression goes", "b", "a: 1\n# Heading.\n# botctl:ignore BOT031\nb: 2\nc: 3\n",
            "a: 1\n# Heading.\nc: 3\n"),
        Case("one in the parent is not lost", "m.x", "a: 1\nm:\n  # y: 2\n\n  x: 1\nc: 3\n", nil),
        Case("nor one below", "m.x", "a: 1\nm:\n  x: 1\n  # y: 2\nc: 3\n", nil),
        Case("the entry's own goes with the parent", "m.x", "a: 1\nm: # m\n  # x\n  x: 1 # 1\nc: 3\n", "a: 1\nc: 3\n"),
        Case("two lines above the parent", "m.x", "a: 1\n\n# About\n# m.\nm:\n  x: 1\n\nc: 3\n", "a: 1\n\nc: 3\n"),
    ]

    static let flow = [
        Case("the first", "m.a", "m: {a: 1, b: 2, c: 3}\n", "m: {b: 2, c: 3}\n"),
        Case("one between", "m.b", "m: {a: 1, b: 2, c: 3}\n", "m: {a: 1, c: 3}\n"),
        Case("the last", "m.c", "m: {a: 1, b: 2, c: 3}\n", "m: {a: 1, b: 2}\n"),
        Case("the last with spaces", "m.b", "m: { a: 1, b: 2 }\n", "m: { a: 1 }\n"),
        Case("the last before a comma", "m.b", "m: {a: 1, b: 2,}\n", "m: {a: 1,}\n"),
        Case("the only one takes its parent along", "m.a", "m: {a: 1} # m\nb: 2\n", "b: 2\n"),
        Case("also within braces", "m.n.a", "m: {n: {a: 1}, b: 2}\n", "m: {b: 2}\n"),
        Case("the only one of a list's item stays", "m.a", "m: {a: 1}\n", nil),
        Case("nested", "m.n.b", "m: {n: {a: [1, 2], b: {c: 3}}, o: 4}\n", "m: {n: {a: [1, 2]}, o: 4}\n"),
        Case("JSON", "b", "{\"a\":1,\"b\":2,\"c\":3}\n", "{\"a\":1,\"c\":3}\n"),
        Case("no value", "m.b", "m: {a: 1, b, c: 3}\n", "m: {a: 1, c: 3}\n"),
        Case("lines of their own", "m.b", "m: {\n  a: 1,\n  b: 2, # two\n  c: 3\n}\n", "m: {\n  a: 1,\n  c: 3\n}\n"),
        Case("the last line", "m.c", "m: {\n  a: 1,\n  b: 2,\n  c: 3\n}\n", "m: {\n  a: 1,\n  b: 2\n}\n"),
        Case(
            "the last line after a comment", "m.b", "m: {\n  a: 1, # one\n  b: 2\n}\n", "m: {\n  a: 1, # one\n}\n"),
        Case("the end of a line", "m.b", "m: {a: 1, b: 2,\n  c: 3}\n", "m: {a: 1,\n  c: 3}\n"),
        Case("CRLF", "m.b", "m: {\r\n  a: 1,\r\n  b: 2\r\n}\r\n", "m: {\r\n  a: 1\r\n}\r\n"),
        Case("a comma in quotes", "m.b", "m: {a: '1, 2', b: \"}, #\", c: 3}\n", "m: {a: '1, 2', c: 3}\n"),
    ]

    static let aliases = [
        Case("an anchor that is used stays", "a", "a: &x 1\nb: *x\n", nil),
        Case("also deep within", "m", "m: {n: [&x 1]}\nb: *x\nc: 1\n", nil),
        Case("one that is not used goes", "a", "a: &x 1\nb: 2\n", "b: 2\n"),
        Case("one that only the entry uses goes", "m", "m: {n: &x 1, o: *x}\nb: 2\n", "b: 2\n"),
        Case("an alias goes", "b", "a: &x 1\nb: *x\n", "a: &x 1\n"),
        Case("what is read through an alias stays", "a.x", "a: &m {x: 1, y: 2}\nb: *m\n", nil),
        Case("a later value of the same name", "c", "a: &x 1\nb: *x\nc: &x 2\n", "a: &x 1\nb: *x\n"),
        Case("an anchor on its key that is used", "a", "&x a: 1\nb: *x\n", nil),
    ]

    @Test(arguments: block + blankLines + comments + flow + aliases)
    func `an entry goes and nothing else`(_ example: Case) throws {
        let path = example.path.split(separator: ".").map(String.init)
        let edit = try edits(of: example.before).removing(entryAt: path)
        #expect(applying(edit, to: example.before) == example.after)
    }

    @Test func `the first key behind a dash leaves its place to the next`() throws {
        let text = "smoke:\n- name: x # one\n  prompt: y\n  # about expect\n  expect: z\n"
        let edits = try edits(of: text)
        let item = try #require(read(text).document?.root?.value(forKey: "smoke")?.items.first)
        let edit = edits.removing(entryOf: item.entries[0].key)
        #expect(applying(edit, to: text) == "smoke:\n- prompt: y\n  # about expect\n  expect: z\n")
        let second = edits.removing(entryOf: item.entries[1].key)
        #expect(applying(second, to: text) == "smoke:\n- name: x # one\n  # about expect\n  expect: z\n")
    }

    @Test func `an item of a list keeps its only entry`() throws {
        for text in ["a:\n- x: 1\n", "a: [{x: 1}]\n", "a: [x: 1]\n"] {
            let item = try #require(read(text).document?.root?.value(forKey: "a")?.items.first)
            #expect(try edits(of: text).removing(entryOf: item.entries[0].key) == nil)
        }
    }

    @Test func `an entry is found by the place of its value`() throws {
        let text = "model:\n  id: x\nparameters:\n  temperature: 0.7\n  top_p: 1\n"
        let edits = try edits(of: text)
        let position = Array(text.utf8).count - Array("0.7\n  top_p: 1\n".utf8).count
        #expect(
            applying(edits.removing(entryWithValueAt: position), to: text)
                == "model:\n  id: x\nparameters:\n  top_p: 1\n")
        #expect(edits.removing(entryWithValueAt: position + 1) == nil)
    }

    @Test func `a large file is not edited`() {
        let text = "a: 1\nb: 2\nc: '" + String(repeating: "x", count: YAMLEdits.limitInBytes) + "'\n"
        #expect(YAMLEdits(reading: SourceText(name: "bot.yaml", bytes: Array(text.utf8))) == nil)
    }

    @Test(arguments: [
        ("a: 1 # c\nb: 2\n", "a: 1\nb: 2\n"), ("a: 1\n  # c\nb: 2\n", "a: 1\nb: 2\n"), ("# c\na: 1\n", "a: 1\n"),
        ("a: 1\n# c", "a: 1"), ("a: 1\t# c\r\n", "a: 1\r\n"), ("a: | # c\n  # no\n", "a: |\n  # no\n"),
        ("\u{FEFF}# c\na: 1", "\u{FEFF}a: 1"),
    ])
    func `a comment goes`(before: String, after: String) throws {
        let document = try #require(read(before).document)
        let comment = try #require(document.comments.first)
        #expect(applying(YAMLEdits(document).removing(commentsAt: [comment])[0], to: before) == after)
        let other = YAMLEdits(document).replacing(commentAt: comment, with: "# d")
        #expect(applying(other, to: before) == before.replacing("# c", with: "# d"))
    }

    @Test(arguments: [
        // Without both, what follows would be a part of the text.
        ("a: |\n  b\n# c\n# c\n  # d\nx: 1\n", [true, false]), ("a: |+\n  b\n# c\n\nx: 1 # c\n", [false, true]),
        ("# c\na: |\n  b\n# c\n", [true, true]), ("a: 1 # c\n# c\n# c", [true, true, false]),
    ])
    func `comments go that can go together`(text: String, expected: [Bool]) throws {
        let document = try #require(read(text).document)
        let bytes = Array(text.utf8)
        let comments = document.comments.filter { bytes[$0].elementsEqual("# c".utf8) }
        let removals = YAMLEdits(document).removing(commentsAt: comments)
        #expect(removals.map { $0 != nil } == expected)
        let result = TextEdits(removals.compactMap(\.self)).apply(to: bytes)
        let after = try #require(YAMLDocument.parse(SourceText(name: "bot.yaml", bytes: result)).document)
        #expect(after.root?.value(forKey: "a")?.scalar == document.root?.value(forKey: "a")?.scalar)
    }
}
