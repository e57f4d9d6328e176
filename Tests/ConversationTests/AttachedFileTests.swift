import Conversation
import FileAccess
import PoeProtocol
import TestSupport
import Testing

typealias FilesInMemory = InMemoryFiles

extension InMemoryFiles {
    init(_ files: [String: [UInt8]]) { self.init(files: files) }
}

struct AttachedFileTests {
    private static func read(_ path: String, _ bytes: [UInt8]) throws -> AttachedFile {
        try #require(
            try AttachedFile.read([(written: path, path: "/d/\(path)")], with: InMemoryFiles(["/d/\(path)": bytes]))
                .first)
    }

    @Test(arguments: [
        ("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ("picture.txt", [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"),
        ("a.csv", Array("a,b\n".utf8), "text/csv"),
        ("a.bin", [0x00, 0x01, 0x02], "application/octet-stream"),
    ])
    func `a file's type is told by its bytes`(name: String, bytes: [UInt8], type: String) throws {
        #expect(try Self.read(name, bytes).attachment.contentType == type)
    }

    @Test func `a file that cannot be read is named with the reason`() {
        let error = #expect(throws: AttachedFileError.self) {
            try AttachedFile.read(
                [(written: "no.txt", path: "/d/no.txt")], with: InMemoryFiles([:] as [String: [UInt8]]))
        }
        #expect(error?.reason.hasPrefix("cannot read 'no.txt': ") == true)
    }

    @Test func `all files together are bounded`() {
        let half = [UInt8](repeating: 0x61, count: AttachedFile.sizeLimitInBytes / 2 + 1)
        let files = InMemoryFiles(["/d/a.txt": half, "/d/b.txt": half])
        let error = #expect(throws: AttachedFileError.self) {
            try AttachedFile.read(
                [(written: "a.txt", path: "/d/a.txt"), (written: "b.txt", path: "/d/b.txt")], with: files)
        }
        #expect(error?.reason == "'b.txt' is too large: the files of a question have at most 7 MB together")
    }

    @Test func `an empty file is refused`() {
        #expect(throws: AttachedFileError(reason: "'a.txt' is empty")) { try Self.read("a.txt", []) }
    }
}
