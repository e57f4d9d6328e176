import FileAccess
import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1)))
struct AtomicFileWriterTests {
    private let writer = AtomicFileWriter()
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func error(_ body: () throws -> Void) -> FileAccessError? {
        #expect(throws: FileAccessError.self) { try body() }
    }

    // MARK: Writing

    @Test(arguments: ["", "x", String(repeating: "0123456789", count: 100_000)])
    func `a file is made and replaced`(content: String) throws {
        try writer.write(Array(content.utf8), to: directory.path("file"))
        #expect(directory.content("file") == content)
        try writer.write(Array("second".utf8), to: directory.path("file"))
        #expect(directory.content("file") == "second")
        #expect(directory.names == ["file"])
    }

    @Test func `a reader sees the old file or the new one, each whole`() async throws {
        let path = directory.path("file")
        let contents = [[UInt8](repeating: 1, count: 10), [UInt8](repeating: 2, count: 300_000)]
        try writer.write(contents[0], to: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { @concurrent in
                for round in 0..<200 { try writer.write(contents[round % 2], to: path) }
            }
            group.addTask { @concurrent in
                for _ in 0..<1000 { try #require(contents.contains(LocalFiles().read(path, limitInBytes: 1 << 20))) }
            }
            try await group.waitForAll()
        }
        #expect(directory.names == ["file"])
    }

    @Test func `many writers of one file leave the work of one of them`() async throws {
        let path = directory.path("file")
        let contents = (0..<8).map { [UInt8](repeating: $0, count: 50_000 + Int($0)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for content in contents {
                group.addTask { @concurrent in for _ in 0..<10 { try writer.write(content, to: path) } }
            }
            try await group.waitForAll()
        }
        #expect(contents.contains(try LocalFiles().read(path, limitInBytes: 1 << 20)))
        #expect(directory.names == ["file"])
    }

    @Test func `a file that is replaced hands on its permissions`() throws {
        let path = try directory.add("file", "old")
        #expect(chmod(path, 0o640) == 0)
        try writer.write(Array("new".utf8), to: path)
        #expect(directory.permissions("file") == 0o640)
        #expect(directory.content("file") == "new")
    }

    @Test func `a link is replaced, and what it names stays`() throws {
        try directory.add("file", "old")
        #expect(symlink("file", directory.path("link")) == 0)
        try writer.write(Array("new".utf8), to: directory.path("link"))
        #expect(directory.content("file") == "old")
        #expect(directory.content("link") == "new")
    }

    @Test func `where the directory is missing nothing is written`() {
        let path = directory.path("missing/file")
        let writing = error { try writer.write([1], to: path) }
        #expect(writing?.code == .notFound)
        #expect(writing?.path == path)
        #expect(writing?.description == "writing \(path): no such file or directory")
        #expect(
            error { try writer.create([1], at: path) }?.description == "creating \(path): no such file or directory")
        #expect(directory.names == [])
    }

    @Test func `a failed write leaves no temporary file`() throws {
        #expect(mkdir(directory.path("folder"), 0o755) == 0)
        try directory.add("folder/child", "kept")
        #expect(error { try writer.write([1], to: directory.path("folder")) }?.code == .isDirectory)
        #expect(error { try writer.write([1], to: directory.path(String(repeating: "x", count: 256))) } != nil)
        #expect(error { try writer.write([1], to: directory.path("folder/child/x")) }?.code == .notADirectory)
        #expect(directory.names == ["folder"])
        #expect(directory.content("folder/child") == "kept")
    }

    @Test func `in a directory of somebody else nothing is written`() throws {
        let path = try directory.add("file", "old")
        #expect(chmod(directory.path, 0o555) == 0)
        defer { chmod(directory.path, 0o755) }
        try asNobody {
            #expect(error { try writer.write([1], to: path) }?.code == .permissionDenied)
            #expect(error { try writer.create([1], at: path + "2") }?.code == .permissionDenied)
            #expect(error { try writer.remove(path) }?.code == .permissionDenied)
        }
        #expect(directory.names == ["file"])
        #expect(directory.content("file") == "old")
    }

    @Test func `a path with a NUL byte is not written as the path before it`() throws {
        let path = try directory.add("file", "old")
        #expect(error { try writer.write([1], to: path + "\0x") }?.code == .other)
        #expect(error { try writer.create([1], at: directory.path("new\0x")) }?.code == .other)
        #expect(error { try writer.remove(path + "\0x") }?.code == .other)
        #expect(error { try writer.createDirectories(directory.path("new\0x")) }?.code == .other)
        #expect(directory.names == ["file"])
        #expect(directory.content("file") == "old")
    }

    // MARK: Creating

    @Test func `a file is created once`() throws {
        let path = directory.path("file")
        try writer.create(Array("first".utf8), at: path)
        let second = error { try writer.create(Array("second".utf8), at: path) }
        #expect(second?.code == .alreadyExists)
        #expect(second?.description == "creating \(path): file exists")
        #expect(directory.content("file") == "first")
        #expect(directory.names == ["file"])
    }

    @Test func `of many who create a file one succeeds`() async throws {
        let path = directory.path("file")
        let winners = await withTaskGroup(of: UInt8?.self) { group in
            for number in UInt8(0)..<16 {
                group.addTask { @concurrent in
                    do {
                        try writer.create([number], at: path)
                        return number
                    } catch {
                        #expect((error as? FileAccessError)?.code == .alreadyExists)
                        return nil
                    }
                }
            }
            return await group.reduce(into: []) { winners, number in winners += [number].compactMap(\.self) }
        }
        #expect(winners.count == 1)
        #expect(try LocalFiles().read(path, limitInBytes: 10) == winners)
        #expect(directory.names == ["file"])
    }

    @Test func `a dangling link is in the way of a new file`() throws {
        #expect(symlink("nowhere", directory.path("link")) == 0)
        #expect(error { try writer.create([1], at: directory.path("link")) }?.code == .alreadyExists)
        #expect(directory.names == ["link"])
    }

    // MARK: Directories

    @Test func `directories are made with those above them, again and again`() throws {
        for path in ["a/b/c", "a/b/c", "a//b/d/", "./e/../f"] { try writer.createDirectories(directory.path(path)) }
        #expect(directory.names == ["a", "e", "f"])
        #expect(try LocalFiles().entries(of: directory.path("a/b")) == ["c", "d"])
        try writer.createDirectories("/")
        try writer.createDirectories(".")
    }

    @Test func `a file in the way of a directory is named`() throws {
        let path = try directory.add("file")
        #expect(error { try writer.createDirectories(path) }?.code == .notADirectory)
        #expect(error { try writer.createDirectories(path + "/x/y") }?.code == .notADirectory)
        #expect(directory.names == ["file"])
    }

    @Test func `in a directory of somebody else only what exists is fine`() throws {
        try writer.createDirectories(directory.path("there"))
        #expect(chmod(directory.path, 0o555) == 0)
        defer { chmod(directory.path, 0o755) }
        try asNobody {
            try writer.createDirectories(directory.path("there"))
            let path = directory.path("new")
            let denied = error { try writer.createDirectories(path) }
            #expect(denied?.code == .permissionDenied)
            #expect(denied?.description == "making the directory \(path): permission denied")
        }
    }

    // MARK: Removing

    @Test func `a file is removed, and one that is missing is fine`() throws {
        let path = try directory.add("file")
        try writer.remove(path)
        try writer.remove(path)
        #expect(directory.names == [])
        #expect(error { try writer.remove(directory.path) }?.code == .isDirectory)
    }

    @Test func `only what is unfinished, old and ours is removed`() throws {
        let prefix = AtomicFileWriter.temporaryPrefix
        func age(_ name: String, _ seconds: Int) {
            let times = [
                timespec(tv_sec: time(nil) - seconds, tv_nsec: 0), timespec(tv_sec: time(nil) - seconds, tv_nsec: 0),
            ]
            #expect(utimensat(AT_FDCWD, directory.path(name), times, AT_SYMLINK_NOFOLLOW) == 0)
        }
        for name in ["\(prefix)old", "manifest", "x\(prefix)old", ".botctl-tmp", "\(prefix)young", "\(prefix)future"] {
            try directory.add(name)
            age(name, 4000)
        }
        age("\(prefix)young", 3000)
        age("\(prefix)future", -4000)
        #expect(mkdir(directory.path("\(prefix)folder"), 0o755) == 0)
        #expect(symlink("manifest", directory.path("\(prefix)link")) == 0)
        age("\(prefix)folder", 4000)
        age("\(prefix)link", 4000)

        writer.removeStaleTemporaries(in: directory.path, olderThan: 3600)
        #expect(
            directory.names
                == [
                    ".botctl-tmp", "\(prefix)folder", "\(prefix)future", "\(prefix)link", "\(prefix)young", "manifest",
                    "x\(prefix)old",
                ].sorted())
    }

    @Test(arguments: [Int.min, Int.max])
    func `a file with an absurd date is no danger`(seconds: Int) throws {
        let name = "\(AtomicFileWriter.temporaryPrefix)x"
        let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
        #expect(utimensat(AT_FDCWD, try directory.add(name), times, 0) == 0)
        writer.removeStaleTemporaries(in: directory.path, olderThan: 3600)
        #expect(directory.names == (seconds < 0 ? [] : [name]))
    }

    @Test func `a directory that is missing has nothing to remove`() {
        writer.removeStaleTemporaries(in: directory.path("missing"), olderThan: 0)
        #expect(directory.names == [])
    }
}
