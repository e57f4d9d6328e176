import Diagnostics
import Testing
import YAMLSource

struct TextEditsTests {
    private func edit(_ range: Range<Int>, _ replacement: String = "") -> TextEdit {
        TextEdit(file: "bot.yaml", range: range, replacement: replacement)
    }

    private func apply(_ edits: TextEdits, to text: String) -> String {
        String(decoding: edits.apply(to: Array(text.utf8)), as: UTF8.self)
    }

    @Test func `edits are made in the order of position`() {
        let edits = TextEdits([edit(4..<5, "E"), edit(0..<1, "AA"), edit(2..<2, "-")])
        #expect(edits.dropped == [])
        #expect(apply(edits, to: "abcdef") == "AAb-cdEf")
    }

    @Test func `of edits that overlap the later one is dropped`() {
        let edits = TextEdits([edit(1..<3), edit(2..<4), edit(3..<4, "x"), edit(1..<1, "y")])
        #expect(edits.dropped == [edit(2..<4), edit(1..<1, "y")])
        #expect(apply(edits, to: "abcdef") == "axef")
    }

    @Test func `the same edit twice is one`() {
        let edits = TextEdits([edit(1..<3, "x"), edit(1..<3, "x"), edit(4..<4, "i"), edit(4..<4, "i")])
        #expect(edits.dropped == [])
        #expect(apply(edits, to: "abcdef") == "axdief")
    }

    @Test func `edits that belong together are made together or not at all`() {
        var edits = TextEdits([edit(3..<4)])
        let isAdded = edits.add([edit(0..<1), edit(2..<5)])
        #expect(!isAdded)
        #expect(edits.edits == [edit(3..<4)])
    }

    @Test func `an edit past the end is left out`() {
        #expect(apply(TextEdits([edit(2..<9, "x")]), to: "abc") == "abc")
    }

    @Test func `edits that leave a key without a value are not sound together`() throws {
        let text = "a: 1\nm:\n  x: 1\n  y: 2\n"
        let source = SourceText(name: "bot.yaml", bytes: Array(text.utf8))
        let edits = try edits(of: text)
        let both = try [["m", "x"], ["m", "y"]].map { try #require(edits.removing(entryAt: $0)) }
        #expect(TextEdits(both).edited(source) == nil)
        #expect(TextEdits([both[0]]).edited(source)?.bytes == Array("a: 1\nm:\n  y: 2\n".utf8))
        let all = try [["a"], ["m"]].map { try #require(edits.removing(entryAt: $0)) }
        #expect(TextEdits(all).edited(source) == nil)
    }
}
