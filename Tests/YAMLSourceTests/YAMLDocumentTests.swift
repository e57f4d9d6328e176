import Diagnostics
import Testing
import YAMLSource

struct YAMLDocumentTests {
    @Test(
        arguments: [
            ("model: amazon.nova-micro-v1:0", #"{model: "amazon.nova-micro-v1:0"}"#),
            ("a: 1\nb:\n  c: true\n  d: [x, 2]\n", #"{a: 1, b: {c: true, d: ["x", 2]}}"#),
            ("{a: {b: [], c: {}}, d: 'it''s'}", #"{a: {b: [], c: {}}, d: "it's"}"#),
            ("- a\n- - b\n  - c\n- d: e\n  f: g\n", #"["a", ["b", "c"], {d: "e", f: "g"}]"#),
            ("a:\n- 1\n- 2\nb: ~\n", "{a: [1, 2], b: null}"),
            ("a: |\n  one\n  two\n\nb: >-\n  one\n  two\n", #"{a: "one\ntwo\n", b: "one two"}"#),
            ("a: one\n  two\n\n  three\n", #"{a: "one two\nthree"}"#),
            ("a: \"one\n  two \\\n  three\\u00e9\\n\"\n", #"{a: "one two threeé\n"}"#),
            ("a: 'one\n  two'\n", #"{a: "one two"}"#),
            ("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n", "{a: {b: 1}, c: {b: 1}, d: [{b: 1}, {b: 1}]}"),
            ("x: &k a\n*k : 2\nb: 3\n", #"{x: "a", a: 2, b: 3}"#),
            ("a:\nb: \"\"\nc:\n  -\n  - x\n", #"{a: missing, b: "", c: [missing, "x"]}"#),
            ("? a\n: 1\n? b\n", "{a: 1, b: missing}"),
            ("# comment\n---\na: 1 # end\n...\n", "{a: 1}"),
            ("a: x#y\nb: 'x' # z\n", #"{a: "x#y", b: "x"}"#),
            ("url: https://a.b/c?d=e:f\n", #"{url: "https://a.b/c?d=e:f"}"#),
            ("a:\tb\n", #"{a: "b"}"#),
            ("a: 漢字 😀\n漢: [é, 😀]\n", #"{a: "漢字 😀", 漢: ["é", "😀"]}"#),
            ("\u{FEFF}a: 1\r\nb:\r\n  - c\r\n", #"{a: 1, b: ["c"]}"#),
            ("text", #""text""#),
        ])
    func `a text becomes a tree`(text: String, outline: String) throws {
        let result = read(text)
        #expect(result.diagnostics == [])
        #expect(try #require(result.document?.root).outline == outline)
    }

    @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "\u{FEFF}", "\u{FEFF}# x\r\n", "  \n"])
    func `a file without a value has no root`(text: String) throws {
        let result = read(text)
        #expect(result.diagnostics == [])
        #expect(try #require(result.document).root == nil)
    }

    @Test func `an entry is found by its key`() throws {
        let root = try #require(read("a: 1\n\"b\\x63\": 2\n").document?.root)
        #expect(root.value(forKey: "a")?.scalar == "1")
        #expect(root.value(forKey: "bc")?.scalar == "2")
        #expect(root.value(forKey: "b") == nil)
        #expect(root.entry(forKey: "a")?.key.location.column == 1)
        #expect(root.value(forKey: "a")?.value(forKey: "x") == nil)
    }

    @Test(arguments: [
        ("a: x", YAMLNode.Style.plain), ("a: 'x'", .singleQuoted), ("a: \"x\"", .doubleQuoted), ("a: |\n  x", .literal),
        ("a: >\n  x", .folded),
    ])
    func `the style of a scalar is kept`(text: String, style: YAMLNode.Style) throws {
        #expect(try #require(read(text).document?.root?.value(forKey: "a")).style == style)
    }

    @Test func `an anchored value is named again and again, and the last anchor of a name counts`() throws {
        let root = try #require(read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").document?.root)
        #expect(root.outline == "{a: 1, b: 1, c: 2, d: 2}")
    }

    @Test func `null written out differs from a missing value`() throws {
        let root = try #require(read("a: null\nb: ~\nc:\nd: 'null'\ne: !!null\n").document?.root)
        #expect(root.entries.map(\.value.isNullPlain) == [true, true, false, false, false])
        #expect(root.entries.map(\.value.isMissing) == [false, false, true, false, false])
    }
}
