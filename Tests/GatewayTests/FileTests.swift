import BotRuntime
import ChatEvents
import Deployment
import Foundation
import Gateway
import Testing

/// Files that bots make, and what people see while they wait for them.
@Suite(.timeLimit(.minutes(1)))
struct FileTests {
    private static let picture = GeneratedFile(
        name: "sky.png", mediaType: MediaType("image/png"), bytes: Array("not really a picture".utf8))

    private func ask(_ world: TestGateway, then: (WireReply, WireClient) async throws -> Void) async throws {
        try await world.running { client in
            let request = wireRequest("POST", "/bots/nova", key: TestGateway.key, body: queryBody())
            let reply = try #require(try await client.exchange(request))
            try await then(reply, client)
        }
    }

    /// The path of the link in a `file` event.
    private func path(in reply: WireReply) throws -> String {
        let data = try #require(reply.data(of: "file"))
        let file = try #require(JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
        #expect(file["content_type"] as? String == "image/png")
        #expect(file["name"] as? String == "sky.png")
        let url = try #require(file["url"] as? String)
        return try #require(URL(string: url)?.path)
    }

    @Test func `a file is an event with a link, and the link gives the file without a key`() async throws {
        let world = try TestGateway { try await $0([.file(Self.picture), .finished(.endOfTurn)]) }
        try await ask(world) { reply, client in
            #expect(reply.events == ["meta", "file", "text", "done"])
            let path = try path(in: reply)
            #expect(path.hasSuffix("/sky.png"))
            let file = try #require(try await client.exchange(wireRequest("GET", path)))
            #expect(file.status == 200)
            #expect(file.body == "not really a picture")
            #expect(file.headers["content-type"] == "image/png")
            #expect(file.headers["x-content-type-options"] == "nosniff")
            #expect(file.headers["content-security-policy"]?.contains("sandbox") == true)
        }
    }

    @Test func `every answer has a link of its own, and another name or token finds nothing`() async throws {
        let world = try TestGateway { try await $0([.file(Self.picture), .file(Self.picture), .finished(.endOfTurn)]) }
        try await ask(world) { reply, client in
            let links = reply.body.components(separatedBy: "\"url\":\"").dropFirst().map { $0.prefix { $0 != "\"" } }
            #expect(Set(links).count == 2)
            let path = try path(in: reply)
            let parts = path.split(separator: "/")
            for wrong in ["/files/\(parts[1])/other.png", "/files/\(parts[1])", "/files/0/sky.png", "/files//sky.png"] {
                #expect(try await client.exchange(wireRequest("GET", wrong))?.status == 404, "\(wrong)")
            }
            #expect(try await client.exchange(wireRequest("POST", path))?.status == 405)
        }
    }

    @Test func `links name the public address where there is one`() async throws {
        var world = try TestGateway { try await $0([.file(Self.picture), .finished(.endOfTurn)]) }
        world.configuration.publicURL = "https://bots.example/base/"
        try await ask(world) { reply, _ in
            #expect(reply.data(of: "file")?.contains(#"{"url":"https://bots.example/base/files/"#) == true)
        }
    }

    @Test(
        arguments: [
            ("bytes=0-2", 206, "not", "bytes 0-2/20"), ("bytes=13-", 206, "picture", "bytes 13-19/20"),
            ("bytes=-7", 206, "picture", "bytes 13-19/20"), ("bytes=18-99", 206, "re", "bytes 18-19/20"),
            ("bytes=20-", 416, "", "bytes */20"), ("bytes=-0", 416, "", "bytes */20"),
            ("bytes=0-1,3-4", 200, "not really a picture", nil), ("bytes=5-2", 200, "not really a picture", nil),
            ("lines=1-2", 200, "not really a picture", nil),
            ("bytes=0-9223372036854775807", 206, "not really a picture", "bytes 0-19/20"),
            ("bytes=9223372036854775808-", 200, "not really a picture", nil),
        ] as [(String, Int, String, String?)])
    func `a part of a file can be asked for`(range: String, status: Int, body: String, place: String?) async throws {
        let world = try TestGateway { try await $0([.file(Self.picture), .finished(.endOfTurn)]) }
        try await ask(world) { reply, client in
            let path = try path(in: reply)
            let file = try #require(
                try await client.exchange(wireRequest("GET", path, headers: ["Range: \(range)"])))
            #expect(file.status == status)
            #expect(file.body == body)
            #expect(file.headers["content-range"] == place)
            #expect(file.headers["content-length"] == "\(body.utf8.count)")
        }
    }

    @Test func `a head tells the size and sends nothing, and the connection goes on`() async throws {
        let world = try TestGateway { try await $0([.file(Self.picture), .finished(.endOfTurn)]) }
        try await ask(world) { reply, client in
            let path = try path(in: reply)
            try await client.connected { connection in
                try await connection.send(wireRequest("HEAD", path))
                let head = try #require(try await connection.read { _ in true })
                #expect(head.status == 200)
                #expect(head.headers["content-length"] == "20")
                #expect(head.headers["accept-ranges"] == "bytes")
                #expect(head.headers["content-disposition"] == #"inline; filename="sky.png""#)
                connection.startNextReply()
                try await connection.send(wireRequest("GET", path))
                let whole = try await connection.read(until: \.isComplete)
                #expect(whole?.status == 200)
                #expect(whole?.body == "not really a picture", "\(whole as Any) \(connection.isClosed)")
            }
        }
    }

    @Test(arguments: ["page.html", "drawing.svg"])
    func `what a browser could run is never given out as that`(name: String) async throws {
        let file = GeneratedFile(name: name, mediaType: MediaType("text/html"), bytes: Array("<script>".utf8))
        let world = try TestGateway { try await $0([.file(file), .finished(.endOfTurn)]) }
        try await ask(world) { reply, client in
            let data = try #require(reply.data(of: "file"))
            let event = try #require(JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
            let url = try #require(event["url"] as? String)
            let path = try #require(URL(string: url)?.path)
            let given = try #require(try await client.exchange(wireRequest("GET", path)))
            #expect(given.headers["content-type"] == "application/octet-stream")
            #expect(given.headers["content-disposition"] == "attachment; filename=\"\(name)\"")
        }
    }

    @Test func `gateways that share a state give out one another's files, also after a restart`() async throws {
        let directory = FileManager.default.temporaryDirectory.path + "/FileTests-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let large = [UInt8](repeating: 0x61, count: 1_000_000)
        let store = StateStore(FileObjectStore(directory: directory))
        let shelf = DirectoryFileShelf(directory: directory + "/files")
        #expect(store.filesDirectory == directory + "/files")
        let path = try await shelf.keep(large, named: "large.png").path
        for _ in 0..<2 {
            var world = TestGateway()
            world.source = .store(store)
            try await world.running { client in
                let file = try #require(try await client.exchange(wireRequest("GET", path)))
                #expect(file.status == 200)
                #expect(file.headers["content-length"] == "1000000")
                #expect(file.body.utf8.count == 1_000_000)
            }
        }
    }

    @Test func `a status is shown until there is something of the answer`() async throws {
        let world = try TestGateway { deliver in
            try await deliver([.status("Making the picture")])
            try await deliver([.status("Nearly done")])
            try await deliver([.file(Self.picture), .finished(.endOfTurn)])
        }
        try await ask(world) { reply, _ in
            #expect(
                reply.events == [
                    "meta", "replace_response", "replace_response", "replace_response", "file", "text", "done",
                ])
            #expect(reply.body.contains(#"{"text":"_Making the picture_"}"#))
            #expect(reply.body.contains("event: replace_response\ndata: {\"text\":\"\"}\n\nevent: file"))
        }
    }

    @Test func `a status does not touch text that is there`() async throws {
        let world = try TestGateway { deliver in
            try await deliver([.text("Here: "), .status("Looking"), .text("done"), .finished(.endOfTurn)])
        }
        try await ask(world) { reply, _ in #expect(reply.events == ["meta", "text", "text", "done"]) }
    }
}
