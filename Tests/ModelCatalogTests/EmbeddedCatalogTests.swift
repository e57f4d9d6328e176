import Foundation
import JSONCoding
import ModelCatalog
import Testing

struct EmbeddedCatalogTests {
    let catalog = ModelCatalog.embedded

    /// The members of a model that ``ModelFacts`` carries.
    private static let members: Set<String> = [
        "id", "provider", "displayName", "kind", "listed", "lifecycle", "runtime", "deprecationDate", "listingChanged",
        "inputModalities", "outputModalities", "contextTokens", "maxOutputTokens", "minOutputTokens",
        "embeddingDimensions",
        "capabilities", "reasoning", "promptCacheMinTokens", "invokeFamily", "prices", "regions", "onDemandRegions",
        "onDemandMantleOnlyRegions", "mantleRegions", "inferenceProfiles", "profileOnly",
    ]

    @Test func `every model of the data file is read`() throws {
        let file = packageRoot.appending(path: "Sources/ModelCatalog/Data/bedrock-models.json")
        let data = try JSONParser.parse([UInt8](Data(contentsOf: file)))
        let counts = try #require(data["counts"])
        #expect(catalog.models.count == counts["models"]?.integer)
        #expect(catalog.models.count { $0.listed } == counts["listed"]?.integer)
        #expect(catalog.models.count { $0.runtime == true } == counts["runtime"]?.integer)
        #expect(catalog.models.count { !$0.prices.entries.isEmpty } == counts["withPrices"]?.integer)
        #expect(catalog.models.count { $0.profileOnly } == counts["profileOnly"]?.integer)
        let prefixes = data["profilePrefixes"]?.object?.members.map(\.name)
        #expect(prefixes?.sorted() == ModelCatalog.profilePrefixes.sorted())
        #expect(catalog.snapshotDate == data["generated"]?.string)
    }

    @Test func `no capability, unit or value of the data file is lost for being unknown to the types`() throws {
        let file = packageRoot.appending(path: "Sources/ModelCatalog/Data/bedrock-models.json")
        let data = try JSONParser.parse([UInt8](Data(contentsOf: file)))
        for value in try #require(data["models"]?.array) {
            let facts = try #require(ModelFacts(value))
            let flags = Mirror(reflecting: facts.capabilities).children
            for member in value["capabilities"]?.object?.members ?? [] {
                let child = try #require(flags.first { $0.label == member.name }, "\(member.name) of \(facts.id)")
                if let flag = member.value.bool { #expect(child.value as? Bool == flag) }
            }
            let modes = value["capabilities"]?["toolChoiceModes"]?.array?.compactMap(\.string)
            #expect(facts.capabilities.toolChoiceModes?.map(\.rawValue) == modes)
            #expect(facts.inputModalities.count == value["inputModalities"]?.array?.count ?? 0)
            #expect(facts.outputModalities.count == value["outputModalities"]?.array?.count ?? 0)
            #expect(facts.inferenceProfiles.count == value["inferenceProfiles"]?.array?.count ?? 0)
            #expect((facts.invokeFamily == nil) == (value["invokeFamily"] == nil))
            #expect(facts.embeddingDimensions == value["embeddingDimensions"]?.integer)
            #expect(facts.minOutputTokens == value["minOutputTokens"]?.integer)
            #expect(facts.listingChanged == value["listingChanged"]?.string)
            #expect(facts.mantleRegions == value["mantleRegions"]?.array?.compactMap(\.string) ?? [])
            #expect(
                facts.inferenceProfiles.count { $0.isFromPriceMap }
                    == value["inferenceProfiles"]?.array?.count { $0["from"] == "pricing" } ?? 0)
            for member in value.object?.members ?? [] { #expect(Self.members.contains(member.name), "\(member.name)") }
            #expect((facts.lifecycle == nil) == (value["lifecycle"] == nil))
            #expect(facts.reasoning?.effortCeiling?.rawValue == value["reasoning"]?["effortCeiling"]?.string)
            for entry in value["prices"]?.object?.members ?? [] {
                let price = try #require(facts.prices.entries[entry.name])
                for amount in entry.value.object?.members ?? [] {
                    if let tier = ModelPrice.Tier(rawValue: amount.name) {
                        #expect(price.tiers[tier]?.count == amount.value.object?.count)
                    } else if amount.name == "longContext" {
                        #expect(price.longContext?.amounts.count == (amount.value.object?.count ?? 0) - 1)
                    } else {
                        let unit = try #require(PriceUnit(rawValue: amount.name), "\(amount.name) of \(facts.id)")
                        #expect(price.amounts[unit] == amount.value.number)
                    }
                }
            }
        }
    }

    @Test func `facts are those of the file`() throws {
        let nova = try #require(catalog.facts(for: "amazon.nova-micro-v1:0"))
        #expect(nova.displayName == "Nova Micro")
        #expect(nova.maker == "Amazon")
        #expect(nova.kind == .text)
        #expect(nova.lifecycle == .active)
        #expect(nova.contextTokens == 128_000)
        #expect(nova.maxOutputTokens == 10_000)
        #expect(nova.capabilities.vision == false)
        #expect(nova.capabilities.tools == true)
        #expect(nova.capabilities.samplingParams == nil)
        #expect(nova.capabilities.toolChoiceModes == [.auto, .any, .tool])
        #expect(nova.onDemandRegions == ["ap-southeast-2", "eu-west-2", "us-east-1"])
        #expect(nova.inferenceProfiles.map(\.prefix) == ["apac", "eu", "us"])
        #expect(!nova.profileOnly)

        let sonnet = try #require(catalog.facts(for: "anthropic.claude-sonnet-5-5"))
        #expect(sonnet.profileOnly)
        #expect(sonnet.capabilities.samplingParams == false)
        #expect(sonnet.reasoning?.alwaysOn == true)
        #expect(sonnet.reasoning?.accepts(.high) == true)
        #expect(sonnet.reasoning?.accepts(.xhigh) == true)
        #expect(sonnet.reasoning?.accepts(.max) == false, "the ceiling wins over the flag")
        #expect(sonnet.reasoning?.accepts(.minimal) == nil)
        #expect(sonnet.promptCacheMinTokens == 512)
        let global = try #require(sonnet.inferenceProfile(prefix: "global"))
        #expect(global.isGlobal)
        #expect(global.routesTo == nil)
        #expect(sonnet.inferenceProfile(prefix: "us-gov")?.sourceRegions == nil)
    }

    @Test(
        arguments: [
            "amazon.nova-micro-v1:0",
            "us.amazon.nova-micro-v1:0",
            "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0",
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-micro-v1:0",
        ])
    func `an id is found with its prefix and within an ARN`(id: String) {
        #expect(catalog.facts(for: id)?.id == "amazon.nova-micro-v1:0")
    }

    @Test(
        arguments: [
            "", ".", "us.", "us.amazon", "Amazon.nova-micro-v1:0", "xx.amazon.nova-micro-v1:0",
            "us.eu.amazon.nova-micro-v1:0", "arn:aws:bedrock:us-east-1:1:application-inference-profile/abcdefghijkl",
            "arn:",
        ])
    func `other ids are not in the catalog`(id: String) {
        #expect(catalog.facts(for: id) == nil)
    }

    @Test(
        arguments: [
            ("us.amazon.nova-micro-v1:0", "us", "amazon.nova-micro-v1:0"),
            ("us-gov.anthropic.claude-sonnet-5-5", "us-gov", "anthropic.claude-sonnet-5-5"),
            ("global.zai.glm-5.3", "global", "zai.glm-5.3"),
            ("zai.glm-5.3", nil, "zai.glm-5.3"),
            ("in.house", nil, "in.house"),
            ("us..x", nil, "us..x"),
            ("arn:aws:bedrock:eu-west-1:1:inference-profile/eu.a.b", "eu", "a.b"),
        ] as [(String, String?, String)])
    func `a prefix is cut only where a model id remains`(id: String, prefix: String?, base: String) {
        #expect(ModelCatalog.profilePrefix(of: id) == prefix)
        #expect(ModelCatalog.baseID(of: id) == base)
    }

    @Test func `of two models with one id the last counts`() {
        let catalog = ModelCatalog(models: [
            ModelFacts(id: "b.x", maker: "B", displayName: "first", kind: .text),
            ModelFacts(id: "a.x", maker: "A", displayName: "A", kind: .text),
            ModelFacts(id: "b.x", maker: "B", displayName: "second", kind: .text),
        ])
        #expect(catalog.models.map(\.displayName) == ["A", "second"])
        #expect(catalog.facts(for: "us.b.x")?.displayName == "second")
    }

    @Test(arguments: ["id", "provider", "displayName", "kind", "listed"])
    func `a model without one of the basic members is none`(name: String) {
        var object: JSONObject = ["id": "a.b", "provider": "A", "displayName": "B", "kind": "text", "listed": true]
        #expect(ModelFacts(.object(object)) != nil)
        object[name] = nil
        #expect(ModelFacts(.object(object)) == nil)
    }

    private var packageRoot: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }
}
