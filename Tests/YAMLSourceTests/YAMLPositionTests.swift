import Diagnostics
import Testing
import YAMLSource

struct YAMLPositionTests {
    /// The text, the path of keys and indices to a node, the part of the file it covers, and where that is.
    @Test(
        arguments: [
            ("a: b\n", "a", "b", "1:4+1"),
            ("a: 'b c' # d\n", "a", "'b c'", "1:4+5"),
            ("x: 1\na: \"b\\n\"\n", "a", "\"b\\n\"", "2:4+5"),
            ("a:\tb\tc \n", "a", "b\tc", "1:4+3"),
            ("a: [b, 'c', {d: e}]\n", "a", "[b, 'c', {d: e}]", "1:4+16"),
            ("a: [b, 'c', {d: e}]\n", "a.2.d", "e", "1:17+1"),
            ("漢字: é\nb: [😀, x]\n", "漢字", "é", "1:5+1"),
            ("漢字: é\nb: [😀, x]\n", "b.1", "x", "2:8+1"),
            ("\u{FEFF}a: b\r\nc:\r\n  d: e\r\n", "a", "b", "1:4+1"),
            ("\u{FEFF}a: b\r\nc:\r\n  d: é\r\n", "c.d", "é", "3:6+1"),
            ("a:\n  b: 1\n  c: 2\n\n# end\nd: 3\n", "a", "b: 1\n  c: 2", "2:3+4"),
            ("a:\n  - b\n  - c\n\nd: 3\n", "a", "- b\n  - c", "2:3+3"),
            ("a:\n- b: 1\n  c: 2\n", "a.0", "b: 1\n  c: 2", "2:3+4"),
            ("a:\n", "a", "", "1:3+0"),
            ("a: |\n  x\n  y\n\n\nb: 1\n", "a", "|\n  x\n  y", "1:4+1"),
            ("a: one\n  two\nb: 1\n", "a", "one\n  two", "1:4+3"),
            ("a: one   \r\n  two\r\nb: 1\n", "a", "one   \r\n  two", "1:4+3"),
            ("a: &x b\nc: *x\n", "a", "b", "1:7+1"),
            ("a: &x !!str b\n", "a", "b", "1:13+1"),
            ("a: !!str &x 'b'\n", "a", "'b'", "1:13+3"),
            ("a: &x\n  b: 1\n", "a", "b: 1", "2:3+4"),
            ("a: &x [1]\n", "a", "[1]", "1:7+3"),
            ("a: &x # c\n  b: 1\n", "a", "b: 1", "2:3+4"),
            ("a: !!seq # c\n  # d\n  [1]\n", "a", "[1]", "3:3+3"),
            ("a: &x # c\n  !!str b#d\n", "a", "b#d", "2:9+3"),
            ("a: &x b\nc: *x\n", "c", "*x", "2:4+2"),
            ("a: &x\n", "a", "", "1:6+0"),
            ("a: {b: }\n", "a.b", "", "1:7+0"),
        ])
    func `a node knows where it was written`(text: String, path: String, source: String, place: String) throws {
        let result = read(text)
        #expect(result.diagnostics == [])
        var node = try #require(result.document?.root)
        for step in path.split(separator: ".") {
            node = try #require(Int(step).map { node.items[$0] } ?? node.value(forKey: String(step)))
        }
        #expect(node.source(node.range) == source)
        #expect(short(node.location) == place)
    }

    @Test func `an alias keeps its own place and tells that of the value`() throws {
        let root = try #require(read("a: &x {b: 1}\nc: *x\n").document?.root)
        let alias = try #require(root.value(forKey: "c"))
        #expect(alias.isAlias)
        #expect(alias.source(alias.range) == "*x")
        #expect(alias.source(alias.definitionRange) == "{b: 1}")
        #expect(short(alias.value(forKey: "b")?.location) == "1:11+1")
    }

    @Test func `positions hold through a long text of many widths`() throws {
        let words = ["a", "é", "漢", "😀", "x: y", "#", "ß"]
        var text = "list:\r\n"
        for index in 0..<2000 { text += "  - 'é\(words[index % words.count])\(index)'\r\n" }
        let items = try #require(read(text).document?.root?.value(forKey: "list")).items
        #expect(items.count == 2000)
        for (index, item) in items.enumerated() {
            #expect(item.source(item.range) == "'é\(words[index % words.count])\(index)'")
        }
        #expect(short(items[1999].location) == "2001:5+11")
    }

    @Test func `of a very long line only what stands around the place is kept`() throws {
        let filler = String(repeating: "漢", count: 5000)
        let location = try #require(read("a: [\(filler), *x, \(filler)]\n").diagnostics.first?.location)
        #expect(short(location) == "1:5007+2")
        #expect(location.excerpt.utf8.count <= 2 * 1024 + 8)
        let start = location.column - location.excerptColumn
        #expect(location.excerpt.unicodeScalars.dropFirst(start).prefix(2).elementsEqual("*x".unicodeScalars))
        #expect(!location.excerpt.unicodeScalars.contains("\u{FFFD}"))
    }
}
