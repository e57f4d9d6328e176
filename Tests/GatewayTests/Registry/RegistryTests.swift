import BotConfiguration
import ChatEvents
import Gateway
import JSONCoding
import ModelCatalog
import ScriptedUpstream
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RegistryTests {
    /// A gateway with bots of several sorts.
    private func door() throws -> OpenAIDoor {
        var world = TestGateway()
        world.source = .fixed([
            GatewayBot(
                config: try sampleBot(
                    "nova",
                    members: #""aliases":["micro"],"description":"Small.","labels":{"team":"a","tier":"b"},"#
                        + #""pricing":{"markup":"2"},"limits":{"requests_per_minute":77}"#)),
            GatewayBot(config: try sampleBot("other", members: #""labels":{"team":"b"}"#)),
            GatewayBot(config: try sampleBot("zzz"), isEnabled: false),
        ])
        world.script = { _ in ScriptedAnswer.hello }
        return OpenAIDoor(world)
    }

    @Test func `a bot is told with version, capabilities, limits, price, latency and health`() async throws {
        let reply = try await door().exchange("GET", "/registry/v1/bots/MICRO")
        #expect(reply?.status == 200)
        let bot = try #require(reply?.json)
        #expect(bot["name"] == "nova")
        #expect(bot["aliases"] == ["micro"])
        #expect(bot["kind"] == "chat")
        #expect(bot["labels"] == ["team": "a", "tier": "b"])
        #expect(bot["version"]?["digest"]?.string == reply?.headers["x-bot-digest"])
        #expect(bot["version"]?["serial"] == 0)
        #expect(bot["status"] == "ready")
        #expect(bot["health"]?["state"] == "unknown")
        #expect(bot["model"]?["id"] == "amazon.nova-micro-v1:0")
        #expect(bot["capabilities"]?["tools"] == true)
        #expect(bot["capabilities"]?["input_modalities"] == ["text"])
        #expect(bot["limits"]?["requests_per_minute"] == 77)
        #expect((bot["limits"]?["context_tokens"]?.integer ?? 0) > 1000)
        #expect(bot["price"]?["upstream"]?["input_usd_per_million"]?.string?.hasPrefix("0.0") == true)
        #expect(bot["price"]?["users"]?["unit"] == "tokens")
        #expect(bot["latency"]?["first_event_timeout_ms"] == 120_000)
        #expect(bot["endpoints"]?["poe"] == "/bots/nova")
    }

    @Test(arguments: [
        ("", ["nova", "other", "zzz"]), ("?kind=chat", ["nova", "other", "zzz"]), ("?kind=image", []),
        ("?status=ready", ["nova", "other"]), ("?status=disabled", ["zzz"]), ("?maker=AMAZON&label=team%3Aa", ["nova"]),
        ("?label=team:a&label=tier:b", ["nova"]), ("?label=team:a&label=team:b", []),
        ("?capability=tools&capability=streaming", ["nova", "other", "zzz"]), ("?input=image", []),
        ("?model=amazon.nova-micro-v1:0&after=nova", ["other", "zzz"]), ("?limit=2", ["nova", "other"]),
    ])
    func `filters and pages choose among the bots`(query: String, names: [String]) async throws {
        let reply = try await door().exchange("GET", "/registry/v1/bots" + query)
        #expect(reply?.status == 200)
        #expect(reply?.json?["bots"]?.array?.compactMap { $0["name"]?.string } == names)
        #expect(reply?.json?["next"] == (query == "?limit=2" ? "other" : .null))
        #expect(reply?.json?["format_version"] == 1)
    }

    @Test(arguments: [
        ("?colour=red", "colour"), ("?kind=dog", "kind"), ("?limit=0", "limit"), ("?limit=1001", "limit"),
        ("?limit=x", "limit"), ("?label=team", "label"), ("?capability=flight", "capability"),
        ("?input=smell", "input"), ("?kind=chat&kind=image", "kind"), ("?limit=1&limit=2", "limit"),
        ("?status=%zz", nil), ("?" + String(repeating: "label=a:b&", count: 80), nil),
    ])
    func `a query that is wrong is refused by the parameter's name`(query: String, param: String?) async throws {
        let reply = try await door().exchange("GET", "/registry/v1/bots" + query)
        #expect(reply?.status == 400)
        #expect(reply?.openAIError?["param"]?.string == param)
        #expect(reply?.openAIError?["message"]?.string?.isEmpty == false)
    }

    @Test func `who has the newest version is not sent it again`() async throws {
        let door = try door()
        try await door.world.running { client in
            for path in ["/registry/v1/bots", "/registry/v1/bots/nova", "/openapi.json"] {
                let first = try await client.exchange(wireRequest("GET", path, key: door.key))
                let tag = try #require(first?.headers["etag"])
                for header in [tag, "W/" + String(tag.trimmingPrefix("W/")), "\"x\", " + tag, "*"] {
                    let again = try await client.exchange(
                        wireRequest("GET", path, key: door.key, headers: ["if-none-match: \(header)"]))
                    #expect(again?.status == 304, "\(path) \(header)")
                    #expect(again?.body == "")
                    #expect(again?.headers["transfer-encoding"] == nil)
                    #expect(again?.headers["etag"] == tag)
                }
                let other = try await client.exchange(
                    wireRequest("GET", path, key: door.key, headers: ["if-none-match: \"x\""]))
                #expect(other?.status == 200)
            }
        }
    }

    @Test func `a key sees its own bots`() async throws {
        let door = try door()
        try await door.world.running { client in
            let list = try await client.exchange(wireRequest("GET", "/registry/v1/bots", key: door.keyOfNova))
            #expect(list?.json?["bots"]?.array?.map { $0["name"] } == ["nova"])
            let table = [("nova", door.keyOfNova, 200), ("other", door.keyOfNova, 403), ("none", door.key, 404)]
            for (name, key, status) in table + [("nova", "bk-wrong", 401), ("nova", door.expiredKey, 401)] {
                let reply = try await client.exchange(wireRequest("GET", "/registry/v1/bots/" + name, key: key))
                #expect(reply?.status == status, "\(name)")
            }
            #expect(try await client.exchange(wireRequest("GET", "/registry/v1/bots"))?.status == 401)
        }
    }

    @Test func `what is refused is refused in the registry's words and the door's shape`() async throws {
        let door = try door()
        try await door.world.running { client in
            let missing = try await client.exchange(wireRequest("GET", "/registry/v1/bots/none", key: door.key))
            #expect(missing?.status == 404)
            #expect(missing?.openAIError?["message"] == "There is no bot `none`.")
            #expect(missing?.openAIError?["code"] == "model_not_found")
            for path in ["/registry/v1/bots", "/registry/v1/bots/nova"] {
                let refused = try await client.exchange(wireRequest("POST", path, key: door.key))
                #expect(refused?.status == 405)
                #expect(refused?.headers["allow"] == "GET, HEAD")
                #expect(refused?.openAIError?["code"] == "method_not_supported", "\(path)")
            }
            let list = try await client.exchange(wireRequest("GET", "/registry/v1/bots/", key: door.key))
            #expect(list?.json?["bots"]?.array?.count == 3)
        }
    }

    @Test func `answers tell how soon the bot begins and whether it fails`() async throws {
        let door = try OpenAIDoor(asking: nil) { request, deliver in
            guard request.messages.last?.text == "fail" else {
                return try await deliver([.text("ok"), .finished(.endOfTurn)])
            }
            throw ChatFailure(.modelError, detail: "scripted")
        }
        try await door.world.running { client in
            func health() async throws -> JSONValue? {
                try await client.exchange(wireRequest("GET", "/registry/v1/bots/nova", key: door.key))?.json
            }
            func ask(_ text: String) async throws {
                _ = try await client.exchange(
                    wireRequest("POST", "/v1/chat/completions", key: door.key, body: OpenAIDoor.body(text: text)))
            }
            func tag() async throws -> String? {
                try await client.exchange(wireRequest("GET", "/registry/v1/bots", key: door.key))?.headers["etag"]
            }
            let unasked = try await tag()
            for _ in 0..<9 { try await ask("hello") }
            #expect(try await health()?["health"]?["answers"] == 9)
            #expect(try await tag() != unasked)
            #expect(try await health()?["health"]?["state"] == "ok")
            #expect(try await health()?["latency"]?["first_event_p50_ms"]?.integer != nil)
            for _ in 0..<2 { try await ask("fail") }
            #expect(try await health()?["health"]?["state"] == "degraded")
            for _ in 0..<9 { try await ask("fail") }
            #expect(try await health()?["health"]?["state"] == "failing")
            #expect(try await health()?["health"]?["open_answers"] == 0)
        }
    }

    @Test func `the registry names no account and no secret`() async throws {
        let stored = """
            {"kind":"chat","model":{"provider":"bedrock","region":"us-east-1","upstream":{"us-east-1":\
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc"},\
            "id":"amazon.nova-micro-v1:0"},"schema":2,"system_prompt":"Keep quiet.",\
            "poe":{"access_key":["${env:VERY_SECRET}"]}}
            """
        let config = try? BotConfig(stored: Array(stored.utf8), name: "nova", catalog: .embedded)
        let door = try OpenAIDoor(config.map { GatewayBot(config: $0) }) { _ in }
        let reply = try await door.exchange("GET", "/registry/v1/bots")
        for word in ["arn:", "123456789012", "SECRET", "quiet"] { #expect(reply?.body.contains(word) == false) }
    }
}
