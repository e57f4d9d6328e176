import ChatEvents
import Testing

struct FileTypeTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
    private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 20, 0]
    private static let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @Test(
        arguments: [
            (png, "application/pdf", "a.pdf", "image/png"),
            ([0xFF, 0xD8, 0xFF, 0xE0], "image/png", "a.png", "image/jpeg"),
            (Array("RIFF\0\0\0\0WEBPVP8 ".utf8), "image/jpg", "a", "image/webp"),
            (Array("%PDF-1.7".utf8), "image/png", "a.png", "application/pdf"),
            (zip, word, "a", word), (zip, "application/octet-stream", "a.docx", word),
            (zip, "image/png", "a.png", "application/zip"),
            (Array("\0\0\0\u{18}ftypisom".utf8), "", "a", "video/mp4"),
            (Array("a,b\n1,2".utf8), "application/octet-stream", "a.CSV", "text/csv"),
            (Array("a,b\n1,2".utf8), "text/csv", "a.bin", "text/csv"),
            (Array("a = 1".utf8), "application/toml", "a.toml", "application/toml"),
            (Array("ls".utf8), "application/x-sh", "a", "application/x-sh"),
            (Array("<svg/>".utf8), "image/svg+xml", "a", "image/svg+xml"),
            (Array("a: 1".utf8), "application/octet-stream", "a.yml", "application/yaml"),
            (Array("hallo".utf8), "image/png", "a.png", "text/plain"),
            ([0x00, 0x01, 0x02], "image/png", "a.png", "application/octet-stream"),
            ([0xFE, 0x01, 0x80], "text/plain", "a.txt", "application/octet-stream"),
            ([], "text/plain", "a.txt", "text/plain"),
        ] as [([UInt8], String, String, String)])
    func `goes by the look of a file, not by what somebody calls it`(
        bytes: [UInt8], declared: String, name: String, type: String
    ) {
        #expect(FileType.look(at: bytes, declared: MediaType(declared), name: name).description == type)
    }
}
