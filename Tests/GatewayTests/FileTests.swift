import ChatEvents
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
