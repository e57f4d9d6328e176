import FileAccess
import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LocalFilesTests {
    private let files = LocalFiles()
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// The error of reading a path.
    private func readError(_ path: String, limitInBytes: Int = 1000) -> FileAccessError? {
        #expect(throws: FileAccessError.self) { try files.read(path, limitInBytes: limitInBytes) }
    }

    // MARK: Reading

    @Test(arguments: ["", "x", "漢字\n", String(repeating: "0123456789", count: 20_000)])
    func `a file is read whole`(content: String) throws {
        let path = try directory.add("file", content)
        #expect(try files.read(path, limitInBytes: content.utf8.count) == Array(content.utf8))
        #expect(try files.read(path, limitInBytes: .max) == Array(content.utf8))
    }

    @Test(arguments: ["x", String(repeating: "x", count: 65_537)])
    func `a file one byte over the limit is refused, not cut`(content: String) throws {
        let path = try directory.add("file", content)
        let limit = content.utf8.count - 1
        let error = readError(path, limitInBytes: limit)
        #expect(error?.code == .tooLarge)
        #expect(error?.description == "reading \(path): it is larger than \(limit) bytes")
    }

    @Test func `a file of great size on paper is refused before it is read`() throws {
        let path = try directory.add("sparse")
        #expect(truncate(path, 1 << 40) == 0)
        #expect(readError(path)?.code == .tooLarge)
    }

    @Test func `a file that holds more than its size says is read to its end, within the limit`() throws {
        // The kernel makes such files up when they are read, and gives their size as 0.
        let whole = try files.read("/proc/self/mountinfo", limitInBytes: 1 << 20)
        #expect(whole.count > 20)
        #expect(whole.last == UInt8(ascii: "\n"))
        #expect(readError("/proc/self/mountinfo", limitInBytes: 10)?.code == .tooLarge)
        #expect(readError("/proc/self/mountinfo", limitInBytes: 0)?.code == .tooLarge)
    }

    @Test func `a file that grows is read as it was at one moment, and never past the limit`() async throws {
        let path = try directory.add("log")
        let block = Array(0..<UInt8(100))
        let limit = 300_000
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { @concurrent in
                let descriptor = open(path, O_WRONLY | O_APPEND)
                defer { close(descriptor) }
                for _ in 0...limit / block.count { #expect(write(descriptor, block, block.count) == block.count) }
            }
            group.addTask { @concurrent in
                while true {
                    do {
                        let bytes = try files.read(path, limitInBytes: limit)
                        try #require(bytes.count <= limit)
                        try #require(bytes.indices.allSatisfy { bytes[$0] == UInt8($0 % 100) })
                    } catch let error as FileAccessError {
                        #expect(error.code == .tooLarge)
                        return
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a missing file is not found`() {
        let path = directory.path("missing")
        #expect(readError(path)?.code == .notFound)
        #expect(readError(path)?.path == path)
        #expect(readError(path)?.description == "reading \(path): no such file or directory")
        #expect(readError("")?.code == .notFound)
    }

    @Test func `a directory is no file`() {
        #expect(readError(directory.path)?.code == .isDirectory)
    }

    @Test func `a file is no directory on the way`() throws {
        #expect(readError(try directory.add("file") + "/x")?.code == .notADirectory)
    }

    @Test func `a FIFO without a writer is refused at once`() throws {
        let path = directory.path("fifo")
        #expect(mkfifo(path, 0o600) == 0)
        let error = readError(path)
        #expect(error?.code == .other)
        #expect(error?.description == "reading \(path): it is no regular file")
    }

    @Test func `a socket is refused as what it is`() throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // A short path, as the address has room for 108 bytes.
        let path = "/tmp/FileAccessTests-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        defer { unlink(path) }
        #expect(status == 0)
        #expect(readError(path)?.description == "reading \(path): it is no regular file")
    }

    @Test(arguments: ["/dev/null", "/dev/zero"])
    func `a device is no regular file`(path: String) {
        #expect(readError(path)?.code == .other)
    }

    @Test func `links are followed, but not in a circle`() throws {
        try directory.add("file", "content")
        #expect(symlink("file", directory.path("link")) == 0)
        #expect(symlink("b", directory.path("a")) == 0)
        #expect(symlink("a", directory.path("b")) == 0)
        #expect(symlink("nowhere", directory.path("dangling")) == 0)
        #expect(try files.read(directory.path("link"), limitInBytes: 7) == Array("content".utf8))
        #expect(readError(directory.path("a"))?.code == .linkLoop)
        #expect(readError(directory.path("dangling"))?.code == .notFound)
    }

    @Test func `a file of somebody else is not permitted`() throws {
        let path = try directory.add("file", "content")
        #expect(chmod(path, 0) == 0)
        let error = try asNobody { readError(path) }
        #expect(error?.code == .permissionDenied)
        #expect(error?.description == "reading \(path): permission denied")
    }

    @Test func `a read that fails is an error, not an empty file`() {
        // The first page of memory is never mapped, so that its bytes cannot be read.
        #expect(readError("/proc/self/mem")?.code == .other)
        #expect(readError("/proc/self/mem")?.description == "reading /proc/self/mem: input/output error")
    }

    @Test func `a path with a NUL byte is not read as the path before it`() throws {
        let path = try directory.add("file", "content")
        #expect(readError(path + "\0.txt")?.code == .other)
        #expect(readError(path + "\0.txt")?.description.contains(#"\0.txt": a path cannot hold a NUL byte"#) == true)
        #expect(files.kind(of: path + "\0.txt") == nil)
        #expect(throws: FileAccessError.self) { try files.entries(of: directory.path + "\0x") }
    }

    // MARK: Directories

    @Test func `the names in a directory are sorted by their bytes`() throws {
        #expect(try files.entries(of: directory.path) == [])
        for name in ["b", "a", "B", "é", "z", ".hidden", "a.b", "a-b", "ab"] { try directory.add(name) }
        #expect(try files.entries(of: directory.path) == [".hidden", "B", "a", "a-b", "a.b", "ab", "b", "z", "é"])
        #expect(try files.entries(of: directory.path + "/").count == 9)
    }

    @Test func `what is no directory cannot be listed`() throws {
        func error(_ path: String) -> FileAccessError? {
            #expect(throws: FileAccessError.self) { try files.entries(of: path) }
        }
        #expect(error(directory.path("missing"))?.code == .notFound)
        #expect(error(try directory.add("file"))?.code == .notADirectory)
        #expect(mkdir(directory.path("closed"), 0) == 0)
        let denied = try asNobody { error(directory.path("closed")) }
        #expect(denied?.description == "listing \(directory.path("closed")): permission denied")
    }

    @Test func `what stands at a path is known`() throws {
        try directory.add("file")
        #expect(mkfifo(directory.path("fifo"), 0o600) == 0)
        #expect(symlink("file", directory.path("link")) == 0)
        #expect(symlink("nowhere", directory.path("dangling")) == 0)
        #expect(symlink("loop", directory.path("loop")) == 0)
        #expect(files.kind(of: directory.path) == .directory)
        #expect(files.kind(of: directory.path("file")) == .file)
        #expect(files.kind(of: directory.path("link")) == .file)
        #expect(files.kind(of: directory.path("fifo")) == .other)
        for name in ["dangling", "loop", "missing", "file/x"] { #expect(files.kind(of: directory.path(name)) == nil) }
    }
}
