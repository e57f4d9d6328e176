import AsyncHTTPClient
import Conversation
import FileAccess
import LoopbackServer
import PoeProtocol
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FileSaverTests {
    /// Keeps what is written.
    private final class Folder: FileWriting {
        let files = Mutex<[String: [UInt8]]>([:])

        func write(_ bytes: [UInt8], to path: String) throws(FileAccessError) { files.withLock { $0[path] = bytes } }

        func create(_ bytes: [UInt8], at path: String) throws(FileAccessError) {
            let isTaken = files.withLock { files in
                defer { files[path] = files[path] ?? bytes }
                return files[path] != nil
            }
            if isTaken { throw FileAccessError(code: .alreadyExists, path: path, description: "taken") }
        }

        func createDirectories(_ path: String) throws(FileAccessError) {}
        func remove(_ path: String) throws(FileAccessError) {}
    }

    private func save(_ names: [String], hosting reply: LoopbackReply) async throws -> ([String], Folder) {
        let folder = Folder()
        let http = HTTPClient(configuration: PoeClient.httpConfiguration)
        let result: Result<[String], any Error>
        do {
            let paths = try await LoopbackServer.serving({ _ in reply }) { server in
                let saver = FileSaver(to: "/out", writer: folder, client: PoeClient(http: http), sizeLimitInBytes: 3)
                var paths: [String] = []
                for name in names {
                    paths.append(
                        try await saver.save(PoeFile(url: server.url("/f"), contentType: "image/png", name: name)))
                }
                return paths
            }
            result = .success(paths)
        } catch {
            result = .failure(error)
        }
        try await http.shutdown()
        return (try result.get(), folder)
    }

    @Test func `a file is kept under its name, a second one beside it`() async throws {
        let (paths, folder) = try await save(["fox.png", "fox.png"], hosting: .whole(type: "image/png", body: "PNG"))
        #expect(paths == ["/out/fox.png", "/out/fox-2.png"])
        #expect(folder.files.withLock { $0["/out/fox-2.png"] } == Array("PNG".utf8))
    }

    @Test(arguments: [
        ("../../etc/passwd", "passwd"), ("..\\..\\x.png", "x.png"), (".bashrc", "bashrc"), ("", "file"),
        ("a\u{1B}[31m.png", "a31m.png"), ("-rf", "rf"), ("Füchse 2.png", "Füchse 2.png"),
    ])
    func `a name never leads out of the folder`(name: String, kept: String) async throws {
        let (paths, _) = try await save([name], hosting: .whole(type: "image/png", body: "PNG"))
        #expect(paths == ["/out/\(kept)"])
    }

    @Test func `a file that is too large is an error, and nothing of it is kept`() async throws {
        let error = await #expect(throws: PoeClientError.self) {
            _ = try await save(["a.png"], hosting: .whole(type: "image/png", body: "PNG+"))
        }
        #expect(error?.code == .tooLarge)
    }

    @Test func `a link that gives nothing is an error`() async throws {
        await #expect(throws: PoeClientError.self) {
            _ = try await save(["a.png"], hosting: .whole("404 Not Found", type: "text/plain", body: ""))
        }
    }
}
