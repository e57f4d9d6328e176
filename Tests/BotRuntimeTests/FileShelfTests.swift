import BotRuntime
import ChatEvents
import Foundation
import Synchronization
import Testing
import WallClock

/// What every shelf does, and what only the one on a disk does.
@Suite(.timeLimit(.minutes(1)))
struct FileShelfTests {
    /// The shelves that there are.
    enum Sort: CaseIterable, Sendable { case memory, directory }

    /// A clock that a test moves.
    private final class Time: Sendable {
        private let milliseconds = Mutex<Int64>(1_795_000_000_000)
        var clock: WallClock { WallClock { Timestamp(millisecondsSinceEpoch: self.milliseconds.withLock { $0 }) } }
        func advance(bySeconds seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
    }

    private static let picture = Array("a picture".utf8)
    private let time = Time()
    private let directory = FileManager.default.temporaryDirectory.path + "/FileShelfTests-\(UUID().uuidString)"

    private func shelf(_ sort: Sort, bytes: Int = 1000, count: Int = 10) -> any FileShelf {
        let limits = ShelfLimits(bytes: bytes, count: count)
        switch sort {
        case .memory: return MemoryFileShelf(limits: limits, clock: time.clock)
        case .directory:
            return DirectoryFileShelf(directory: directory + "/state/files", limits: limits, clock: time.clock)
        }
    }

    private func cleaned(_ body: () async throws -> Void) async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body()
    }

    private var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: directory + "/state/files").sorted()) ?? []
    }

    @Test(arguments: Sort.allCases)
    func `a kept file is found by its key and by nothing else`(sort: Sort) async throws {
        try await cleaned {
            let shelf = shelf(sort)
            let key = try await shelf.keep(Self.picture, named: "sky.png")
            let file = try #require(try await shelf.file(key))
            #expect(file.size == 9)
            #expect(try file.read(2..<9).elementsEqual("picture".utf8))
            #expect(file.key.mediaType?.description == "image/png")
            #expect(FileKey(token: key.token, name: key.name) == key)
            let other = try #require(FileKey(token: key.token, name: "other.png"))
            #expect(try await shelf.file(other) == nil)
            #expect(try await shelf.file(FileKey(new: "sky.png", expiry: key.expiry)) == nil)
            #expect(try await shelf.keep(Self.picture, named: "sky.png") != key)
        }
    }

    @Test(arguments: Sort.allCases)
    func `a file's time ends after an hour, and a sweep removes it`(sort: Sort) async throws {
        try await cleaned {
            let shelf = shelf(sort)
            let key = try await shelf.keep(Self.picture, named: "sky.png")
            time.advance(bySeconds: 3599)
            await shelf.sweep()
            #expect(try await shelf.file(key) != nil)
            time.advance(bySeconds: 2)
            #expect(try await shelf.file(key) == nil)
            #expect(names.count == (sort == .directory ? 1 : 0))
            await shelf.sweep()
            #expect(names.isEmpty)
        }
    }

    @Test(arguments: Sort.allCases)
    func `a file is there once it is finished, and never if it is given up`(sort: Sort) async throws {
        try await cleaned {
            let shelf = shelf(sort)
            let draft = try await shelf.begin("film.mp4")
            try await draft.append(Array("one ".utf8))
            try await draft.append(Array("two".utf8))
            let key = try await draft.finish()
            #expect(try await shelf.file(key)?.read(0..<7).elementsEqual("one two".utf8) == true)
            let lost = try await shelf.begin("film.mp4")
            try await lost.append([1, 2, 3])
            await lost.discard()
            #expect(names.count == (sort == .directory ? 1 : 0))
        }
    }

    @Test(arguments: Sort.allCases)
    func `a file larger than the whole shelf is refused`(sort: Sort) async throws {
        try await cleaned {
            let shelf = shelf(sort, bytes: 8)
            let error = await #expect(throws: FileShelfError.self) {
                try await shelf.keep(Self.picture, named: "sky.png")
            }
            #expect(error?.code == .full)
            let draft = try await shelf.begin("film.mp4")
            try await draft.append([UInt8](repeating: 0, count: 8))
            await #expect(throws: FileShelfError.self) { try await draft.append([0]) }
            await draft.discard()
            #expect(names.isEmpty)
        }
    }

    @Test(arguments: Sort.allCases)
    func `a file that nobody ends takes up no room`(sort: Sort) async throws {
        try await cleaned {
            let shelf = shelf(sort, bytes: 8)
            var lost: (any ShelfDraft)? = try await shelf.begin("film.mp4")
            try await lost?.append([UInt8](repeating: 0, count: 8))
            lost = nil
            #expect(names.isEmpty)
            let next = try await shelf.begin("film.mp4")
            try await next.append([UInt8](repeating: 0, count: 8))
            await next.discard()
        }
    }

    @Test func `files that are being made at once share the room, and give it back`() async throws {
        let shelf = shelf(.memory, bytes: 20)
        let old = try await shelf.keep(Self.picture, named: "sky.png")
        let first = try await shelf.begin("a.mp4")
        try await first.append([UInt8](repeating: 1, count: 11))
        #expect(try await shelf.file(old) != nil)
        var second: (any ShelfDraft)? = try await shelf.begin("b.mp4")
        try await second?.append([UInt8](repeating: 2, count: 9))
        #expect(try await shelf.file(old) == nil)
        var error = await #expect(throws: FileShelfError.self) { try await first.append([1]) }
        #expect(error?.code == .full)
        error = await #expect(throws: FileShelfError.self) { try await shelf.makeRoom(forBytes: 1) }
        #expect(error?.code == .full)
        second = nil
        try await first.append([UInt8](repeating: 1, count: 9))
        let key = try await first.finish()
        #expect(try await shelf.file(key)?.size == 20)
        await first.discard()
        try await shelf.makeRoom(forBytes: 20)
        _ = try await shelf.keep(Self.picture, named: "sky.png")
        #expect(try await shelf.file(key) == nil)
    }

    @Test func `in memory the oldest go, on a disk the newest is refused until there is room`() async throws {
        try await cleaned {
            let memory = shelf(.memory, bytes: 20)
            let disk = shelf(.directory, bytes: 20)
            let first = (
                try await memory.keep(Self.picture, named: "sky.png"),
                try await disk.keep(Self.picture, named: "sky.png")
            )
            for shelf in [memory, disk] { _ = try await shelf.keep(Self.picture, named: "sky.png") }
            _ = try await memory.keep(Self.picture, named: "sky.png")
            #expect(try await memory.file(first.0) == nil)
            let error = await #expect(throws: FileShelfError.self) {
                try await disk.keep(Self.picture, named: "sky.png")
            }
            #expect(error?.description.contains("20 bytes") == true)
            #expect(try await disk.file(first.1) != nil)
            time.advance(bySeconds: 3601)
            _ = try await disk.keep(Self.picture, named: "sky.png")
            #expect(names.count == 1)
        }
    }

    @Test func `every process that shares a directory gives out what the others kept`() async throws {
        try await cleaned {
            let key = try await shelf(.directory).keep(Self.picture, named: "sky.png")
            let other = shelf(.directory, count: 1)
            #expect(try await other.file(key)?.size == 9)
            await #expect(throws: FileShelfError.self) { try await other.keep(Self.picture, named: "sky.png") }
        }
    }

    @Test func `a file that is kept already keeps its link`() async throws {
        let shelf = shelf(.memory)
        let kept = GeneratedFile(
            name: "a.mp4", mediaType: MediaType("video/mp4"), content: .kept(path: "/files/t/a.mp4", sizeInBytes: 3))
        #expect(try await shelf.link(to: kept) == "/files/t/a.mp4")
        #expect(kept.sizeInBytes == 3)
        let new = GeneratedFile(name: "a.png", mediaType: MediaType("image/png"), bytes: [1])
        #expect(try await shelf.link(to: new).hasSuffix("/a.png"))
    }

    @Test func `a sweep leaves alone what is no file of a bot`() async throws {
        try await cleaned {
            let shelf = shelf(.directory)
            _ = try await shelf.keep(Self.picture, named: "sky.png")
            let foreign = directory + "/state/files/1-notes.txt"
            try Data([1]).write(to: URL(fileURLWithPath: foreign))
            time.advance(bySeconds: 4000)
            await shelf.sweep()
            #expect(names == ["1-notes.txt"])
        }
    }

    @Test(arguments: [
        ("../../etc/passwd", "x.png"), ("1795000000-" + String(repeating: "a", count: 40), "../x.png"),
        ("1795000000-" + String(repeating: "a", count: 39), "x.png"),
        ("1795000000-" + String(repeating: "A", count: 40), "x.png"),
        ("-" + String(repeating: "a", count: 40), "x.png"), ("", ""),
        ("17950000000000000-" + String(repeating: "a", count: 40), "x.png"),
        ("1795000000-" + String(repeating: "a", count: 40), ".hidden"),
        ("1795000000-" + String(repeating: "a", count: 40), "a/b"),
        ("1795000000-" + String(repeating: "a", count: 40), "a%2Fb"),
    ])
    func `what no link of ours holds is no key`(token: String, name: String) {
        #expect(FileKey(token: token, name: name) == nil)
    }

    @Test(arguments: ["../x", "a b.png", "", ".x", String(repeating: "a", count: 129), "x\r\nSet-Cookie: a"])
    func `a name that is unsafe in a path or a header is not used`(name: String) {
        #expect(FileKey(new: name, expiry: Timestamp(millisecondsSinceEpoch: 0)).name == "file")
    }

    @Test(arguments: [
        ("a.png", "image/png"), ("a.jpg", "image/jpeg"), ("a.webp", "image/webp"), ("a.gif", "image/gif"),
        ("a.mp4", "video/mp4"), ("a.html", nil), ("a.svg", nil), ("png", nil), ("file", nil),
    ])
    func `only pictures and videos are given out as what they are`(name: String, type: String?) {
        let key = FileKey(new: name, expiry: Timestamp(millisecondsSinceEpoch: 0))
        #expect(key.mediaType?.description == type)
    }
}
