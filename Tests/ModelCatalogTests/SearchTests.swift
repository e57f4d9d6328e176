import ModelCatalog
import Testing

struct SearchTests {
    let catalog = ModelCatalog.embedded

    @Test(arguments: [
        ("claude sonnet 4.5", "anthropic.claude-sonnet-4-5-20250929-v1:0"),
        ("sonnet", "anthropic.claude-sonnet-5-5"),
        ("nova micro", "amazon.nova-micro-v1:0"),
        ("NOVA-MICRO", "amazon.nova-micro-v1:0"),
        ("anthropic.claude-sonnet-5-5", "anthropic.claude-sonnet-5-5"),
        ("deepseek r1", "deepseek.r1-v1:0"),
        ("z.ai glm", "zai.glm-5.3"),
        ("amazon image", "amazon.nova-canvas-v1:0"),
        ("mistral 2407", "mistral.mistral-large-2407-v1:0"),
        ("antropic haiku", "anthropic.claude-haiku-5-5"),
    ])
    func `the best match comes first`(words: String, first: String) {
        #expect(catalog.search(words).first?.id == first)
    }

    @Test func `every word must match`() {
        let found = catalog.search("amazon nova")
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.id.hasPrefix("amazon.nova") })
        #expect(catalog.search("nova zebra").isEmpty)
        #expect(catalog.search("claude sonnet 4").allSatisfy { !$0.id.contains("claude-3") }, "4 is in no year")
        #expect(catalog.search("").isEmpty)
        #expect(catalog.search(" .. ").isEmpty)
    }

    @Test func `models that can be called come before their like that cannot`() {
        let found = catalog.search("gpt-oss 120b").map(\.id)
        #expect(found.starts(with: ["openai.gpt-oss-120b-1:0", "openai.gpt-oss-120b"]))
    }
}

struct ModelFilterTests {
    let catalog = ModelCatalog.embedded

    private func ids(_ change: (inout ModelFilter) -> Void) -> [String] {
        var filter = ModelFilter()
        change(&filter)
        return catalog.models(matching: filter).map(\.id)
    }

    @Test func `nothing asked lets all pass`() {
        #expect(ids { _ in }.count == catalog.models.count)
    }

    @Test(arguments: ["Z.AI", "zai", "z-ai", "Z ai"])
    func `a provider is found by its name and by its ids`(name: String) {
        let found = ids { $0.maker = name }
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.hasPrefix("zai.") })
    }

    @Test func `a region means that the model can be called from it`() {
        let found = ids { $0.region = "eu-west-1" }
        #expect(found.contains("amazon.nova-micro-v1:0"))
        #expect(!found.contains("deepseek.r1-v1:0"))
        #expect(!found.contains("google.gemma-4-31b"), "only another endpoint has it")
        let onDemand = ids {
            $0.region = "eu-west-1"
            $0.isOnDemand = true
        }
        #expect(!onDemand.contains("amazon.nova-micro-v1:0"))
        #expect(Set(onDemand).isSubset(of: found))
        #expect(!onDemand.isEmpty)
    }

    @Test func `a capability that is not known does not pass`() {
        let found = ids {
            $0.kind = .text
            $0.capabilities = [.vision, .tools]
        }
        #expect(found.contains("anthropic.claude-sonnet-5-5"))
        #expect(!found.contains("amazon.nova-micro-v1:0"))
    }

    @Test(arguments: ModelCapability.allCases)
    func `the name of a capability reads back`(capability: ModelCapability) {
        #expect(ModelCapability(configurationName: capability.configurationName) == capability)
        let dashed = String(capability.configurationName.map { $0 == "_" ? "-" : $0 })
        #expect(ModelCapability(configurationName: dashed) == capability)
    }

    @Test func `routes come in the order in which they are chosen`() throws {
        let sonnet = try #require(catalog.facts(for: "anthropic.claude-sonnet-5-5"))
        #expect(
            sonnet.routes(from: "us-east-1").map(\.upstreamID) == [
                "us.anthropic.claude-sonnet-5-5", "global.anthropic.claude-sonnet-5-5",
            ])
        #expect(sonnet.routes(from: "mars-north-1").isEmpty)
        let nova = try #require(catalog.facts(for: "amazon.nova-micro-v1:0"))
        #expect(
            nova.routes(from: "us-east-1").map(\.upstreamID) == [
                "amazon.nova-micro-v1:0", "us.amazon.nova-micro-v1:0",
            ])
        #expect(nova.callableRegions.contains("eu-west-1"))
        #expect(catalog.facts(for: "google.gemma-4-31b")?.callableRegions == [])
    }
}
