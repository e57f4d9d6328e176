import FileAccess
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FileWatchTests {
    /// A folder that goes with its test, and files in it that are watched.
    private final class Folder {
        let path = NSTemporaryDirectory() + "watch-\(UUID().uuidString)"
        let files = RecordedFiles(LocalFiles())

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try write("one", to: "a.yaml")
            _ = try files.entries(of: path)
            _ = try files.read(path + "/a.yaml", limitInBytes: 100)
            _ = files.kind(of: path + "/b.yaml")
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ text: String, to name: String, atomically: Bool = false) throws {
            try text.write(toFile: "\(path)/\(name)", atomically: atomically, encoding: .utf8)
        }

        /// The names of the files that have changed once something has.
        func change() async throws -> [String] {
            var watch = files.watch
            return try await watch.nextChange().map { String($0.dropFirst(path.count + 1)) }
        }
    }

    @Test(arguments: [true, false])
    func `a file that is saved has changed, however the editor saves`(atomically: Bool) async throws {
        let folder = try Folder()
        try folder.write("two", to: "a.yaml", atomically: atomically)
        #expect(try await folder.change() == ["a.yaml"])
    }

    @Test func `a file that was looked for and was not there has changed once it is`() async throws {
        let folder = try Folder()
        try folder.write("two", to: "b.yaml")
        #expect(try await folder.change() == ["b.yaml"])
    }

    @Test func `a file that is removed has changed`() async throws {
        let folder = try Folder()
        try FileManager.default.removeItem(atPath: folder.path + "/a.yaml")
        #expect(try await folder.change() == ["a.yaml"])
    }

    @Test func `a new file in a folder is a change that names no file`() async throws {
        let folder = try Folder()
        try folder.write("two", to: "c.yaml")
        #expect(try await folder.change() == [])
    }

    @Test func `a change counts once`() async throws {
        let folder = try Folder()
        var watch = folder.files.watch
        try folder.write("two", to: "a.yaml")
        _ = try await watch.nextChange()
        try folder.write("new", to: "b.yaml")
        #expect(try await watch.nextChange() == [folder.path + "/b.yaml"])
    }

    @Test func `waiting for a change can be cancelled`() async throws {
        let folder = try Folder()
        let watch = folder.files.watch
        let task = Task {
            var watch = watch
            return try await watch.nextChange()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
