import DiagnosticRendering
import Testing

struct WrappedTextTests {
    @Test func `lines break between words, with room for what stands before them`() {
        let wrapped = WrappedText("one two three four", width: 12, after: 4, indent: 2)
        #expect(wrapped.lines == ["one two", "three four"])
    }

    @Test func `a word that is longer than a line stays whole`() {
        #expect(WrappedText("a abcdefghij b", width: 5).lines == ["a", "abcdefghij", "b"])
        #expect(WrappedText("abcdefghij", width: 5, after: 4).lines == ["abcdefghij"])
    }

    @Test func `spaces are kept, and wide characters take their room`() {
        #expect(WrappedText("a  b", width: 20).lines == ["a  b"])
        #expect(WrappedText("日本 日本", width: 8).lines == ["日本", "日本"])
    }

    @Test func `an empty text is an empty line`() {
        #expect(WrappedText("", width: 10).lines == [""])
    }

    @Test func `a word can be broken where its parts meet, else anywhere`() {
        let wrapped = WrappedText("an anthropic.claude-v1:0 x", width: 12, breaksWords: true)
        #expect(wrapped.lines == ["an", "anthropic.", "claude-v1:0", "x"])
        #expect(WrappedText("abcdefghij", width: 4, breaksWords: true).lines == ["abcd", "efgh", "ij"])
    }
}
