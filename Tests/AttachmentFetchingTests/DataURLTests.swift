import AttachmentFetching
import Testing

struct DataURLTests {
    @Test func `a file in its URL is decoded up to the bound`() throws {
        let url = "data:text/plain;base64,aGVsbG8="
        #expect(try DataURL.read(url, sizeLimitInBytes: 5)?.bytes == Array("hello".utf8))
        #expect(try DataURL.read(url, sizeLimitInBytes: .max)?.mediaType == "text/plain")
        #expect(throws: AttachmentError.self) { try DataURL.read(url, sizeLimitInBytes: 4) }
        #expect(throws: AttachmentError.self) { try DataURL.read(url, sizeLimitInBytes: 0) }
        #expect(try DataURL.read("https://example.com/", sizeLimitInBytes: 5) == nil)
    }
}
