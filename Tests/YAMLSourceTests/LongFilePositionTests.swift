import Diagnostics
import Testing

/// A place is found the same way near the start of a file and far into it.
struct LongFilePositionTests {
    private let text = SourceText(
        name: "botctl.yaml", bytes: Array((1...2000).map { "key\($0): é value\r\n" }.joined().utf8))

    @Test(arguments: [1, 2, 150, 180, 181, 182, 1000, 1999, 2000])
    func `every line is found by its number`(line: Int) throws {
        let start = (1..<line).reduce(0) { $0 + "key\($1): é value\r\n".utf8.count }
        let value = start + "key\(line): é ".utf8.count
        let location = text.location(of: value..<value + 5)
        #expect(location.line == line)
        #expect(location.column == "key\(line): é ".unicodeScalars.count + 1)
        #expect(location.length == 5)
        #expect(location.excerpt == "key\(line): é value")
        #expect(text.location(of: start..<start).column == 1)
    }

    @Test func `the end of the file has a place too`() {
        let end = text.bytes.count
        #expect(text.location(of: end..<end).line == 2001)
        #expect(text.location(of: (end + 10)..<(end + 20)).line == 2001)
    }
}
