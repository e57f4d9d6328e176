import JSONCoding
import ModelCatalog
import Testing

struct ModelFactsOverlayTests {
    private static let nova = "amazon.nova-micro-v1:0"

    private func catalog(_ id: String, _ change: (inout ModelFactsOverlay) -> Void = { _ in }) -> ModelCatalog {
        var overlay = ModelFactsOverlay(id: id)
        change(&overlay)
        return .embedded.adding([overlay])
    }

    @Test func `a model that only the project knows needs nothing but its id`() throws {
        let catalog = catalog("acme.rocket-2-lite-v1:0")
        let facts = try #require(catalog.facts(for: "us.acme.rocket-2-lite-v1:0"))
        #expect(facts.kind == .text)
        #expect(facts.maker == "acme")
        #expect(facts.displayName == "Rocket 2 Lite")
        #expect(!facts.listed)
        #expect(facts.capabilities == ModelCapabilities())
        #expect(catalog.models.count == ModelCatalog.embedded.models.count + 1)
        #expect(catalog.overlay(for: facts.id) != nil)
        #expect(catalog.overlay(for: Self.nova) == nil)
        #expect(catalog.snapshotDate == ModelCatalog.embedded.snapshotDate)
        // Without regions nothing is known of them, so the id goes out as it is.
        #expect(try catalog.upstreamID(for: facts.id, profile: .auto, in: "sa-east-1") == facts.id)
    }

    @Test func `the provider of a newer model is the one that its ids begin with`() {
        #expect(catalog("anthropic.claude-epos-9").facts(for: "anthropic.claude-epos-9")?.maker == "Anthropic")
        #expect(catalog("nodots").facts(for: "nodots")?.displayName == "Nodots")
    }

    @Test func `only what is said replaces`() throws {
        let before = try #require(ModelCatalog.embedded.facts(for: Self.nova))
        let catalog = catalog(Self.nova) {
            $0.maxOutputTokens = 20_000
            $0.capabilities.vision = true
            $0.prices.entries["base"] = ModelPrice(amounts: [.inputPerMillionTokens: JSONNumber(7)])
            $0.reasoning = ReasoningFacts(alwaysOn: false)
        }
        let after = try #require(catalog.facts(for: Self.nova))
        #expect(after.maxOutputTokens == 20_000)
        #expect(after.contextTokens == before.contextTokens)
        #expect(after.capabilities.vision == true)
        #expect(after.capabilities.tools == before.capabilities.tools)
        let base = try #require(after.prices.entries["base"])
        #expect(base.amounts[.inputPerMillionTokens] == JSONNumber(7))
        #expect(base.amounts[.outputPerMillionTokens]?.text == "0.14")
        #expect(base.tiers == before.prices.entries["base"]?.tiers)
        #expect(after.prices.entries["eu"] == before.prices.entries["eu"])
        #expect(after.reasoning?.alwaysOn == false)
        #expect(after.regions == before.regions)
        #expect(after.onDemandRegions == before.onDemandRegions)
    }

    @Test func `regions alone take the bare id, beside profiles they do not`() throws {
        let bare = try #require(
            catalog("acme.rocket") { $0.regions = ["us-west-2", "eu-west-1"] }.facts(for: "acme.rocket"))
        #expect(bare.listed)
        #expect(bare.runtime == true)
        #expect(bare.onDemandRegions == ["eu-west-1", "us-west-2"])

        let profiled = catalog("acme.rocket") {
            $0.regions = ["eu-west-1"]
            $0.inferenceProfiles = [InferenceProfile(id: "us.acme.rocket", sourceRegions: ["us-east-1"])]
        }
        let facts = try #require(profiled.facts(for: "acme.rocket"))
        #expect(facts.onDemandRegions.isEmpty)
        #expect(facts.regions == ["eu-west-1", "us-east-1"])
        #expect(try profiled.upstreamID(for: "acme.rocket", profile: .auto, in: "us-east-1") == "us.acme.rocket")
        #expect(throws: ProfileResolutionError.self) {
            try profiled.upstreamID(for: "acme.rocket", profile: .auto, in: "eu-west-1")
        }
    }

    @Test func `a profile whose regions are not known says only that there is one`() throws {
        let catalog = catalog("acme.rocket") { $0.inferenceProfiles = [InferenceProfile(id: "us.acme.rocket")] }
        #expect(catalog.facts(for: "acme.rocket")?.listed == false)
        #expect(try catalog.upstreamID(for: "us.acme.rocket", profile: .auto, in: "us-east-2") == "us.acme.rocket")
        #expect(try catalog.upstreamID(for: "acme.rocket", profile: .auto, in: "us-east-2") == "acme.rocket")
    }

    @Test func `profiles of which nothing more is said go wherever the model does`() throws {
        let catalog = catalog("acme.rocket") {
            $0.regions = ["us-west-2", "us-east-1"]
            $0.inferenceProfiles = [InferenceProfile(id: "us.acme.rocket")]
        }
        #expect(try catalog.upstreamID(for: "acme.rocket", profile: .auto, in: "us-west-2") == "us.acme.rocket")
        #expect(try catalog.upstreamID(for: "us.acme.rocket", profile: .auto, in: "us-east-1") == "us.acme.rocket")
        #expect(throws: ProfileResolutionError.self) {
            try catalog.upstreamID(for: "acme.rocket", profile: .auto, in: "sa-east-1")
        }
        #expect(catalog.facts(for: "acme.rocket")?.callableRegions == ["us-east-1", "us-west-2"])
    }

    @Test func `a region that is added to a known model leaves its profiles`() throws {
        let catalog = catalog(Self.nova) { $0.onDemandRegions = ["us-east-1", "sa-east-1"] }
        #expect(try catalog.upstreamID(for: Self.nova, profile: .auto, in: "sa-east-1") == Self.nova)
        #expect(try catalog.upstreamID(for: Self.nova, profile: .auto, in: "eu-west-1") == "eu.\(Self.nova)")
        #expect(catalog.facts(for: Self.nova)?.regions.contains("sa-east-1") == true)
    }

    @Test func `a route makes a model of the other endpoint callable, unless the project says it is not`() throws {
        let id = "google.gemma-4-31b"
        #expect(catalog(id) { $0.onDemandRegions = ["us-east-1"] }.facts(for: id)?.runtime == true)
        let refused = catalog(id) {
            $0.onDemandRegions = ["us-east-1"]
            $0.runtime = false
        }
        #expect(refused.facts(for: id)?.runtime == false)
    }

    @Test func `laid over twice it gives the same as once`() throws {
        var overlay = ModelFactsOverlay(id: "anthropic.claude-sonnet-5-5")
        overlay.regions = ["mars-north-1"]
        overlay.prices.entries["us"] = ModelPrice(
            amounts: [.query: JSONNumber(1)], tiers: [.flex: [.query: JSONNumber(2)]],
            longContext: ModelPrice.LongContext(aboveInputTokens: 5, amounts: [.query: JSONNumber(3)]))
        overlay.reasoning = ReasoningFacts(effort: [.max: true], effortCeiling: .max)
        let once = ModelCatalog.embedded.adding([overlay])
        #expect(once.adding([overlay]).facts(for: overlay.id) == once.facts(for: overlay.id))
        #expect(once.facts(for: overlay.id)?.reasoning?.accepts(.max) == true)
        #expect(once.facts(for: overlay.id)?.reasoning?.alwaysOn == true)
    }
}
