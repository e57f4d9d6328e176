import BedrockSimulator
import JSONCoding
import ModelCatalog
import Synchronization
import Testing

/// Models that are in no catalog of the binary.
@Suite(.timeLimit(.minutes(1)))
struct FurtherFactsTests {
    private static let rocket = "acme.rocket-v9:0"

    private static func facts(_ change: (inout ModelFactsOverlay) -> Void = { _ in }) -> ModelFacts {
        var overlay = ModelFactsOverlay(id: rocket)
        change(&overlay)
        return ModelCatalog(models: []).facts(withOverlay: overlay)
    }

    @Test func `a model with facts of its own answers, and by its own rules`() async throws {
        let facts = Self.facts { $0.maxOutputTokens = 100 }
        try await withSimulator({ $0.furtherFacts = { $0 == facts.id ? facts : nil } }) { client in
            let answer = try await client.call(
                "converse", Self.rocket, conversation("Reply with the single word pong."))
            #expect(answer.status == 200)
            #expect(answer.text == "pong")
            let long = try await client.call(
                "converse", Self.rocket, conversation("Hello", adding: ["inferenceConfig": ["maxTokens": 101]]))
            #expect(long.message?.contains("exceed the model limit of 100") == true)
            let other = try await client.call("converse", "acme.comet", conversation("Hello"))
            #expect(other.message == "The provided model identifier is invalid.")
            #expect(try await client.call("converse", conversation("Hello")).status == 200, "the catalog still counts")
        }
    }

    @Test func `what a project says goes before the catalog`() async throws {
        var overlay = ModelFactsOverlay(id: SimulatorClient.model)
        overlay.capabilities.systemPrompt = false
        let facts = ModelCatalog.embedded.facts(withOverlay: overlay)
        try await withSimulator({ $0.furtherFacts = { $0 == facts.id ? facts : nil } }) { client in
            var client = client
            client.region = "us-west-2"
            let answer = try await client.call(
                "converse", "us." + SimulatorClient.model,
                conversation("Hello", adding: ["system": [["text": "Be brief."]]]))
            #expect(answer.message?.hasPrefix("This model doesn't support system messages.") == true)
        }
    }

    @Test func `regions and profiles of a project's model are kept`() async throws {
        let facts = Self.facts {
            $0.inferenceProfiles = [InferenceProfile(id: "eu.\(Self.rocket)", sourceRegions: ["eu-west-1"])]
        }
        try await withSimulator({ $0.furtherFacts = { $0 == facts.id ? facts : nil } }) { client in
            var client = client
            #expect(try await client.call("converse", "eu." + Self.rocket, conversation("Hello")).status == 400)
            client.region = "eu-west-1"
            #expect(try await client.call("converse", "eu." + Self.rocket, conversation("Hello")).status == 200)
            let bare = try await client.call("converse", Self.rocket, conversation("Hello"))
            #expect(bare.message?.contains("with on-demand throughput isn\u{2019}t supported") == true)
        }
    }

    @Test func `models come and go while the simulator runs`() async throws {
        let known = Mutex<ModelFacts?>(nil)
        try await withSimulator({ $0.furtherFacts = { id in known.withLock { $0?.id == id ? $0 : nil } } }) {
            client async throws in
            #expect(try await client.call("converse", Self.rocket, conversation("Hello")).status == 400)
            known.withLock { $0 = Self.facts() }
            #expect(try await client.call("converse", Self.rocket, conversation("Hello")).status == 200)
            known.withLock { $0 = nil }
            #expect(try await client.call("converse", Self.rocket, conversation("Hello")).status == 400)
        }
    }
}
