import BotConfiguration
import ChatEvents
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LogTests {
    @Test func `a request leaves one line with what it was and what became of it`() async throws {
        let world = try TestGateway { deliver in
            try await deliver([.text("a private answer"), .finished(.endOfTurn)])
            try await deliver([.usage(TokenUsage(input: 5, output: 2, cacheRead: 3))])
        }
        let body = queryBody("a private question")
        let reply = try await world.running { client in
            try await client.exchange(
                wireRequest(
                    "POST", "/bots/NOVA", key: TestGateway.key, headers: ["x-request-id: from-the-caller"], body: body))
        }
        let entries = world.log.lines.filter { $0.level == "info" }
        #expect(entries.count == 1)
        let entry = try #require(entries.first)
        #expect(entry.message == "request")
        #expect(entry.fields["request.id"] == "from-the-caller")
        #expect(entry.fields["bot.name"] == "nova")
        let digest = try sampleBot().digest.short
        #expect(entry.fields["bot.digest"] == digest)
        #expect(entry.fields["poe.type"] == "query")
        #expect(entry.fields["http.status"] == "200")
        #expect(entry.fields["request.bytes"] == "\(body.utf8.count)")
        #expect(entry.fields["response.bytes"] == "\(reply?.body.utf8.count ?? 0)")
        #expect(entry.fields["outcome"] == "ok")
        #expect(entry.fields["tokens.input"] == "5")
        #expect(entry.fields["tokens.output"] == "2")
        #expect(entry.fields["tokens.cache_read"] == "3")
        #expect(entry.fields["first_event_ms"] != nil)
        #expect(entry.fields["total_ms"] != nil)
    }

    @Test func `no line holds a key, a question or an answer`() async throws {
        let world = try TestGateway { deliver in
            try await deliver([.text("a private answer"), .finished(.endOfTurn)])
        }
        try await world.running { client in
            for key in [TestGateway.key, "a-wrong-key"] {
                _ = try await client.exchange(
                    wireRequest("POST", "/bots/nova", key: key, body: queryBody("a private question")))
            }
        }
        let all = world.log.lines.map { "\($0.message) \($0.fields)" }.joined(separator: "\n")
        #expect(!all.contains("private"))
        #expect(!all.contains(TestGateway.key))
        #expect(!all.contains("a-wrong-key"))
        #expect(world.requestLines.map { $0["http.status"] } == ["200", "401"])
    }

    @Test(arguments: [
        ("/wp-admin?user=me", "/wp-admin"), ("/files/abc/secret.png", "/files/{token}/{name}"),
        ("/v1/models", "/v1/models"), ("/bots/nobody", "/bots/{name}"), ("/a%0Ab", "/a%0Ab"),
    ])
    func `a request that reaches no bot says what it asked for, and no secret of its path`(
        _ path: String, _ place: String
    ) async throws {
        let world = try TestGateway { _ in }
        try await world.running { client in _ = try await client.exchange(wireRequest("GET", path)) }
        #expect(world.requestLines.first?["http.method"] == "GET")
        #expect(world.requestLines.first?["http.path"] == place)
    }

    @Test func `health questions leave no line`() async throws {
        let world = try TestGateway { _ in }
        try await world.running { client in
            _ = try await client.exchange(wireRequest("GET", "/healthz"))
            _ = try await client.exchange(wireRequest("GET", "/readyz"))
        }
        #expect(world.requestLines.isEmpty)
    }
}
