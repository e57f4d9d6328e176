import BotConfiguration
import Deployment
import Gateway
import JSONCoding
import ModelCatalog
import Testing
import WallClock

/// Models that the gateway's own catalog does not know: their facts come with what is deployed.
@Suite(.timeLimit(.minutes(1)))
struct ProjectFactsTests {
    private let key = TestGateway.key
    private let store = TestStore()

    private func stored(_ model: String, facts: JSONValue?) -> StoredConfiguration {
        var object: JSONObject = [
            "kind": "chat", "model": ["region": "us-east-1", "upstream": ["us-east-1": .string(model)]],
        ]
        object["facts"] = facts
        object["schema"] = 1
        return StoredConfiguration(canonical: .object(object.sortedByName()))
    }

    private func config(_ model: String, facts: JSONValue?) throws -> BotConfig {
        try BotConfig(stored: stored(model, facts: facts).bytes, name: "nova", catalog: .embedded)
    }

    private func ask(_ client: WireClient) async throws -> WireReply? {
        try await client.exchange(
            wireRequest("POST", "/bots/nova", key: key, body: queryBody("Reply with the single word pong.")))
    }

    @Test func `the embedded simulator knows the models of the bots that it serves`() async throws {
        var world = TestGateway()
        world.configuration.upstream = .simulator()
        world.source = .fixed([.init(config: try config("acme.rocket", facts: ["id": "acme.rocket"]))])
        let reply = try await world.running(ask)
        #expect(reply?.events.last == "done")
        #expect(reply?.body.contains("pong") == true)

        world.source = .fixed([.init(config: try config("acme.rocket", facts: nil))])
        let refused = try await world.running(ask)
        #expect(refused?.events.contains("error") == true)
    }

    @Test func `a gateway that follows a store learns of a model with the deploy`() async throws {
        var world = TestGateway()
        world.configuration.upstream = .simulator()
        world.configuration.pollInterval = .milliseconds(5)
        world.source = .store(store.state)
        try await store.deploy(["nova": ""])
        try await world.running { client in
            #expect(try await ask(client)?.body.contains("pong") == true)
            let rocket = stored(
                "us.acme.rocket",
                facts: [
                    "id": "acme.rocket",
                    "inference_profiles": [["id": "us.acme.rocket", "source_regions": ["us-east-1"]]],
                ])
            let base = try await store.state.currentManifest()
            let manifest = Manifest(
                succeeding: base, newLineage: "lineage",
                stamp: ManifestStamp(created: WallClock.system.now(), by: "test", tool: "botctl test"),
                bots: ["nova": ManifestBot(digest: rocket.digest, kind: "chat", isEnabled: true)])
            _ = try await store.state.promote(manifest, over: base, blobs: [rocket])
            var reply = try await ask(client)
            while reply?.headers["x-bot-digest"] != rocket.digest.text, reply != nil { reply = try await ask(client) }
            #expect(reply?.body.contains("pong") == true)
        }
    }
}
