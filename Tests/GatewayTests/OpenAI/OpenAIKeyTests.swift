import ChatEvents
import Deployment
import Gateway
import JSONCoding
import Secrets
import Testing
import WallClock

@Suite(.timeLimit(.minutes(1)))
struct OpenAIKeyTests {
    private func door() throws -> OpenAIDoor {
        var world = TestGateway()
        world.source = .fixed([
            GatewayBot(config: try sampleBot()), GatewayBot(config: try sampleBot("other")),
        ])
        world.script = { _ in ScriptedAnswer.hello }
        return OpenAIDoor(world)
    }

    @Test func `a key must be there, known and not expired`() async throws {
        let door = try door()
        try await door.world.running { client in
            let table: [(headers: [String], status: Int, code: JSONValue)] = [
                ([], 401, .null), (["authorization: Basic \(door.key)"], 401, .null),
                (["authorization: Bearer bk-wrong"], 401, "invalid_api_key"),
                (["authorization: Bearer \(TestGateway.key)"], 401, "invalid_api_key"),
                (["authorization: Bearer \(String(repeating: "b", count: 9_000))"], 401, "invalid_api_key"),
                (["authorization: Bearer \(door.expiredKey)"], 401, "invalid_api_key"),
                (["authorization: Bearer \(door.key)"], 200, .null),
                (["authorization: bearer \(door.keyOfNova)"], 200, .null),
            ]
            for row in table {
                let reply = try await client.exchange(
                    wireRequest("POST", "/v1/chat/completions", headers: row.headers, body: OpenAIDoor.body()))
                #expect(reply?.status == row.status)
                guard row.status == 401 else { continue }
                #expect(reply?.openAIError?["type"] == "invalid_request_error")
                #expect(reply?.openAIError?.object?["code"] == row.code)
                #expect(reply?.headers["www-authenticate"] == "Bearer")
            }
        }
        let log = door.world.log.lines.map { "\($0)" }.joined()
        #expect(!log.contains(door.key) && !log.contains("bk-wrong"))
    }

    @Test func `without any key nobody gets in`() async throws {
        var door = try door()
        door.world.apiKeys = []
        for (method, path) in [("POST", "/v1/chat/completions"), ("GET", "/v1/models")] {
            let reply = try await door.exchange(method, path, body: OpenAIDoor.body())
            #expect(reply?.status == 401)
        }
    }

    @Test func `a key opens its bots only, and lists no others`() async throws {
        let door = try door()
        try await door.world.running { client in
            let body = OpenAIDoor.body(model: "other")
            let refused = try await client.exchange(
                wireRequest("POST", "/v1/chat/completions", key: door.keyOfNova, body: body))
            #expect(refused?.status == 403)
            #expect(refused?.openAIError?["code"] == "model_not_allowed")
            let models = try await client.exchange(wireRequest("GET", "/v1/models", key: door.keyOfNova))
            #expect(models?.json?["data"]?.array?.map { $0["id"] } == ["nova"])
            let unknown = try await client.exchange(
                wireRequest("POST", "/v1/chat/completions", key: door.key, body: OpenAIDoor.body(model: "nobody")))
            #expect(unknown?.status == 404)
            #expect(unknown?.openAIError?["code"] == "model_not_found")
        }
    }

    @Test func `a key of the store counts within moments, and a revoked one no longer`() async throws {
        let store = TestStore()
        try await store.deploy(["nova": #""system_prompt":"Be brief.""#])
        var world = TestGateway()
        world.source = .store(store.state)
        world.configuration.pollInterval = .milliseconds(5)
        world.script = { _ in ScriptedAnswer.hello }
        let (key, text) = APIKey.make(at: WallClock.system.now(), by: "test")
        try await world.running { client in
            let request = wireRequest("GET", "/v1/models", key: text.reveal())
            #expect(try await client.exchange(request)?.status == 401)
            try await store.state.addAPIKey(key)
            while try await client.exchange(request)?.status == 401 { await Task.yield() }
            try await store.state.changeAPIKeys { $0[0].revoked = key.created }
            while try await client.exchange(request)?.status == 200 { await Task.yield() }
            #expect(try await client.exchange(request)?.openAIError?["code"] == "invalid_api_key")
        }
    }

    @Test func `keys that cannot be read keep those that were, and hold no manifest up`() async throws {
        let store = TestStore()
        let (key, text) = APIKey.make(at: WallClock.system.now(), by: "test")
        try await store.state.addAPIKey(key)
        var world = TestGateway()
        world.source = .store(store.state)
        world.configuration.pollInterval = .milliseconds(5)
        world.script = { _ in ScriptedAnswer.hello }
        try await world.running { client in
            try await store.put(Array("broken".utf8), to: .keys)
            try await store.deploy(["nova": #""system_prompt":"Be brief.""#])
            let request = wireRequest("GET", "/v1/models/nova", key: text.reveal())
            while try await client.exchange(request)?.status == 404 { await Task.yield() }
            #expect(try await client.exchange(request)?.status == 200)
        }
    }
}
