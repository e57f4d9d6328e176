import BotConfiguration
import Diagnostics
import JSONCoding
import ModelCatalog
import Testing

/// Facts of a project: read from `catalog.d`, used by its bots, and kept with what is deployed.
struct FactsTests {
    private static let rocket = """
        id: acme.rocket-2-v1:0
        maker: Acme
        context_tokens: 200000
        max_output_tokens: 8192
        capabilities: {vision: true, system_prompt: false, sampling_params: false}
        inference_profiles:
          - {id: us.acme.rocket-2-v1:0, source_regions: [us-west-2, us-east-1], routes_to: [us-west-2]}
        prices: {input_usd_per_million: 0.30, output_usd_per_million: 1.2, profiles: {us: {input_usd_per_million: 0.33}}}
        """

    private func problems(_ text: String, of file: String = "catalog.d/x.yaml") throws -> [String] {
        try TestProject([file: text, "bots.d/a.yaml": "model: amazon.nova-micro-v1:0"]).problems()
    }

    // MARK: - Reading

    @Test func `a model that only the project knows is known to its bots`() throws {
        let project = try TestProject([
            "catalog.d/rocket.yaml": Self.rocket, "bots.d/rocket.yaml": "model: acme.rocket-2-v1:0",
        ]).load()
        #expect(project.diagnostics.isEmpty)
        let config = try #require(project.bots.first).config
        #expect(config.model.upstreamID == "us.acme.rocket-2-v1:0")
        #expect(config.model.hasProjectFacts)
        #expect(!config.supportsSystemMessages)
        #expect(!config.enableImageComprehension)
        let facts = try #require(project.catalog.facts(for: "acme.rocket-2-v1:0"))
        #expect(config.model.facts == facts)
        #expect(facts.displayName == "Rocket 2")
        #expect(facts.maker == "Acme")
        #expect(facts.kind == .text)
        #expect(facts.regions == ["us-east-1", "us-west-2"])
        #expect(facts.inferenceProfiles.first?.sourceRegions == ["us-east-1", "us-west-2"])
        #expect(facts.prices.entries["base"]?.amounts[.inputPerMillionTokens]?.text == "0.3")
        #expect(facts.prices.entries["us"]?.amounts[.inputPerMillionTokens]?.text == "0.33")
    }

    @Test func `where facts were written is known, without a look at the bots`() throws {
        let (facts, diagnostics) = ProjectSources.facts(
            at: ProjectLocation(root: "/p"),
            files: TestProject(["catalog.d/rocket.yaml": Self.rocket, "bots.d/x.yaml": "nonsense: ["]).files)
        #expect(diagnostics.isEmpty)
        #expect(facts.place(of: "us.acme.rocket-2-v1:0")?.description == "catalog.d/rocket.yaml:1:5")
        #expect(
            facts.keys(of: "acme.rocket-2-v1:0") == [
                "capabilities", "context_tokens", "inference_profiles", "maker", "max_output_tokens", "prices",
            ])
        #expect(facts.place(of: "acme.comet") == nil)
        let none = ProjectSources.facts(at: ProjectLocation(root: "/p"), files: TestProject([:]).files)
        #expect(none.diagnostics.isEmpty)
        #expect(none.facts.overlays.isEmpty)
    }

    @Test func `an id is enough, and then it is sent as it is`() throws {
        let project = try TestProject([
            "catalog.d/several.yaml": "models:\n  - id: acme.rocket\n  - id: acme.comet\n    regions: [eu-west-1]\n",
            "catalog.d/README.md": "not YAML: [",
            "catalog.d/.hidden.yaml": "not YAML: [",
            "bots.d/rocket.yaml": "model: {id: acme.rocket, region: sa-east-1}",
            "bots.d/comet.yaml": "model: {id: acme.comet, region: eu-west-1}",
        ]).load()
        #expect(project.diagnostics.isEmpty)
        #expect(project.bots.map(\.config.model.upstreamID) == ["acme.comet", "acme.rocket"])
    }

    @Test func `facts lie over the binary's member by member`() throws {
        let project = try TestProject([
            "catalog.d/nova.yaml": "id: amazon.nova-micro-v1:0\nmax_output_tokens: 20000\ncapabilities: {vision: null}",
            "bots.d/nova.yaml": "model: us.amazon.nova-micro-v1:0\nparameters: {max_tokens: 15000}",
        ]).load()
        #expect(project.diagnostics.isEmpty)
        let config = try #require(project.bots.first).config
        #expect(config.parameters.maxTokens == 15_000)
        #expect(config.model.facts?.contextTokens == 128_000)
        #expect(config.model.facts?.capabilities.vision == false, "null says nothing")
    }

    @Test(arguments: [
        ("id: acme.x\ncapabilites: {}", "catalog.d/x.yaml:2:1 BOT012 unknown key 'capabilites'"),
        (
            "id: acme.x\ncapabilities: {visoin: true}",
            "catalog.d/x.yaml:2:16 BOT012 unknown key 'visoin' in 'capabilities'"
        ),
        ("id: acme.x\ntemperature: 1", "catalog.d/x.yaml:2:1 BOT012 unknown key 'temperature'"),
        (
            "id: acme.x\ncontext_tokens: many",
            "catalog.d/x.yaml:2:17 BOT020 'context_tokens' must be a whole number from 1 to 1000000000, found the text 'many'"
        ),
        (
            "id: acme.x\nmax_output_tokens: 0",
            "catalog.d/x.yaml:2:20 BOT021 'max_output_tokens' must be a whole number from 1 to 1000000000, found 0"
        ),
        ("id: acme.x\nkind: txt", "catalog.d/x.yaml:2:7 BOT022 'txt' is no value of 'kind'"),
        ("context_tokens: 5", "catalog.d/x.yaml:1:1 BOT023 'id' is missing"),
        ("models:\n  - kind: text", "catalog.d/x.yaml:2:5 BOT023 'models[0].id' is missing"),
        (
            "id: acme.x\ncapabilities: {vision: yes}",
            "catalog.d/x.yaml:2:24 BOT025 'yes' is a text, not true or false"
        ),
        (
            "id: acme.x\ndeprecation_date: 2027-13-01",
            "catalog.d/x.yaml:2:19 BOT026 'deprecation_date' must be a day such as 2027-03-31, found '2027-13-01'"
        ),
        ("id: us.acme.x", "catalog.d/x.yaml:1:5 BOT026 'us.acme.x' is no foundation model's id"),
        (
            "id: acme.x\ninference_profiles: [us.acme.y]",
            "catalog.d/x.yaml:2:22 BOT026 'us.acme.y' is no inference profile of 'acme.x'"
        ),
        (
            "id: acme.x\ninference_profiles: [{source_regions: [us-east-1]}]",
            "catalog.d/x.yaml:2:22 BOT023 'inference_profiles[0].id' is missing"
        ),
        (
            "id: acme.x\nprices: {profiles: {uss: {input_usd_per_million: 1}}}",
            "catalog.d/x.yaml:2:21 BOT022 'uss' is no prefix of an inference profile"
        ),
        (
            "id: acme.x\nprices: {regions: {Ohio: {input_usd_per_million: 1}}}",
            "catalog.d/x.yaml:2:20 BOT026 'Ohio' is not a region such as us-east-1"
        ),
        (
            "id: acme.x\non_demand_regions: [us-east-1]\nprofile_only: true",
            "catalog.d/x.yaml:3:15 BOT037 'profile_only' says that the bare id is rejected, 'on_demand_regions' where it is not"
        ),
        (
            "models:\n- id: acme.x\n- {kind: text, id: acme.x}",
            "catalog.d/x.yaml:3:20 BOT084 'acme.x' has facts in another place already"
        ),
        ("- id: acme.x", "catalog.d/x.yaml:1:1 BOT020 the file must hold a map of keys"),
        ("id: acme.x\nid: acme.y", "catalog.d/x.yaml:2:1 BOT004 the key 'id' stands twice in this mapping"),
    ])
    func `a mistake is found where it was written`(text: String, expected: String) throws {
        let found = try problems(text)
        #expect(found == [expected])
    }

    @Test func `a misspelt key is told what was meant there`() throws {
        func help(_ text: String) throws -> [String]? {
            try TestProject(["catalog.d/x.yaml": text, "bots.d/a.yaml": "model: amazon.nova-micro-v1:0"]).load()
                .diagnostics.first?.help
        }
        #expect(try help("id: a.x\ncapabilites: {}") == ["did you mean 'capabilities'?"])
        #expect(try help("id: a.x\ncapabilities: {vison: true}") == ["did you mean 'vision'?"])
        #expect(try help("id: a.x\ntemperature: 1")?.first?.hasPrefix("valid here: id, maker") == true)
        #expect(try help("id: us.a.x") == ["write 'a.x'; inference profiles stand under 'inference_profiles'"])
    }

    @Test func `facts of one model in two files are an error that shows both places`() throws {
        let project = try TestProject([
            "catalog.d/a.yaml": "id: acme.x", "catalog.d/b.yml": "models: [{id: acme.x, context_tokens: 5}]",
            "bots.d/a.yaml": "model: acme.x",
        ]).load()
        let diagnostic = try #require(project.diagnostics.first)
        #expect(project.diagnostics.count == 1)
        #expect(diagnostic.code == .duplicateFacts)
        #expect(diagnostic.location?.description == "catalog.d/b.yml:1:15")
        #expect(diagnostic.notes.first?.location?.description == "catalog.d/a.yaml:1:5")
        #expect(project.catalog.facts(for: "acme.x")?.contextTokens == nil, "the first counts")
    }

    @Test func `a broken file is an error, and the others still count`() throws {
        let project = try TestProject([
            "catalog.d/a.yaml": "id: [", "catalog.d/b.yaml": "id: acme.x", "bots.d/a.yaml": "model: acme.x",
        ]).load()
        #expect(project.diagnostics.map(\.code) == [.yamlSyntax])
        #expect(project.catalog.facts(for: "acme.x") != nil)
    }

    @Test func `the older name of a key is understood, and said to be old`() throws {
        let project = try TestProject([
            "catalog.d/x.yaml": "id: acme.x\nprovider: Acme Ltd", "bots.d/a.yaml": "model: acme.x",
        ]).load()
        #expect(project.diagnostics.map(\.code) == [.deprecatedKey])
        #expect(project.catalog.facts(for: "acme.x")?.maker == "Acme Ltd")
        #expect(project.bots.first?.config.model.facts?.maker == "Acme Ltd")
    }

    @Test func `what a model refuses can be said of one that the binary does not know`() throws {
        let facts = "id: acme.x\nmin_output_tokens: 16\ncapabilities: {temperature_with_top_p: false}"
        let bot = try #require(
            TestProject([
                "catalog.d/x.yaml": facts,
                "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: 0.5, top_p: 0.9, max_tokens: 3}",
                "bots.d/a.yaml": "model: acme.x",
            ]).load().bots.first)
        #expect(bot.config.parameters.temperature == 0.5)
        #expect(bot.config.parameters.topP == nil)
        #expect(bot.config.parameters.maxTokens == 16)
        #expect(
            bot.effective.adjustments.map { "\($0.path) \($0.message)" } == [
                "parameters.top_p left out: the model refuses it beside 'temperature'",
                "parameters.max_tokens raised to 16, the least that the model takes",
            ])
    }

    // MARK: - The stored form

    @Test func `what is deployed holds the project's facts, in canonical form`() throws {
        let bot = try #require(
            TestProject([
                "catalog.d/rocket.yaml": Self.rocket, "bots.d/rocket.yaml": "model: acme.rocket-2-v1:0",
            ]).load().bots.first)
        #expect(
            bot.stored.value["facts"]?.text(.canonical) == """
                {"capabilities":{"sampling_params":false,"system_prompt":false,"vision":true},"context_tokens":200000,\
                "id":"acme.rocket-2-v1:0","inference_profiles":[{"id":"us.acme.rocket-2-v1:0","routes_to":["us-west-2"],\
                "source_regions":["us-west-2","us-east-1"]}],"maker":"Acme","max_output_tokens":8192,"prices":{\
                "input_usd_per_million":"0.3","output_usd_per_million":"1.2","profiles":{"us":{\
                "input_usd_per_million":"0.33"}}}}
                """)
    }

    @Test func `a gateway without the project's files has the same facts`() throws {
        for id in ["acme.rocket-2-v1:0", "amazon.nova-micro-v1:0"] {
            let project = try TestProject([
                "catalog.d/rocket.yaml": Self.rocket,
                "catalog.d/nova.yaml": "id: amazon.nova-micro-v1:0\non_demand_regions: [us-east-1, sa-east-1]",
                "bots.d/x.yaml": "model: \(id)\n",
            ]).load()
            let bot = try #require(project.bots.first)
            let config = try BotConfig(stored: bot.stored.bytes, name: bot.name, catalog: .embedded)
            #expect(config == bot.config)
            #expect(config.model.facts == project.catalog.facts(for: id))
        }
    }

    @Test func `facts about other models change nothing of a bot`() throws {
        func digest(_ files: [String: String]) throws -> ContentDigest {
            let bots = try TestProject(files.merging(["bots.d/x.yaml": "model: amazon.nova-micro-v1:0"]) { $1 }).load()
                .bots
            return try #require(bots.first).stored.digest
        }
        let plain = try digest([:])
        #expect(try digest(["catalog.d/rocket.yaml": Self.rocket]) == plain)
        #expect(try digest(["catalog.d/nova.yaml": "id: amazon.nova-micro-v1:0\ncontext_tokens: 5"]) != plain)
    }

    @Test(
        arguments: [
            (#""facts":1"#, .invalid), (#""facts":{}"#, .invalid),
            (#""facts":{"id":"m","context_tokens":"5"}"#, .invalid),
            (#""facts":{"id":"m","unknown":1}"#, .newerSchema),
        ] as [(String, StoredFormError.Code)])
    func `stored facts that are none are refused`(member: String, code: StoredFormError.Code) {
        let text =
            #"{"kind":"chat","model":{"region":"us-east-1","upstream":{"us-east-1":"m"}},"schema":\#(BotSchema.version),\#(member)}"#
        let error = #expect(throws: StoredFormError.self) {
            try BotConfig(stored: Array(text.utf8), name: "x", catalog: .embedded)
        }
        #expect(error?.code == code)
    }

    @Test func `an origin of a stored fact is where it was written`() throws {
        let bot = try #require(
            TestProject([
                "catalog.d/rocket.yaml": Self.rocket, "bots.d/rocket.yaml": "model: acme.rocket-2-v1:0",
            ]).load().bots.first)
        #expect(
            bot.effective.origin(ofStoredPath: ["facts", "context_tokens"])?.description == "catalog.d/rocket.yaml:3:17"
        )
    }

    // MARK: - Every model of the binary

    @Test func `the facts of every model can be written as a file of catalog.d, and read back whole`() throws {
        let models = ModelCatalog.embedded.models
        let list = JSONValue.array(models.map { .object($0.configuration) })
        let project = try TestProject([
            // A limit bounds the models of one file.
            "catalog.d/all.yaml": JSONValue.object(["models": list]).text(),
            "bots.d/a.yaml": "model: amazon.nova-micro-v1:0",
        ]).load()
        #expect(project.diagnostics.isEmpty)
        let empty = ModelCatalog(models: [])
        #expect(project.catalog.overlays.count == models.count)
        for model in models {
            var expected = model
            expected.listingChanged = nil
            expected.embeddingDimensions = nil
            expected.mantleRegions = []
            expected.onDemandMantleOnlyRegions = []
            expected.prices.entries = model.prices.entries.filter { !$0.key.hasPrefix("mantle") }
                .mapValues(Self.withoutExponents)
            for index in expected.inferenceProfiles.indices { expected.inferenceProfiles[index].isFromPriceMap = false }
            if !model.listed { expected.inferenceProfiles = [] }
            let overlay = try #require(project.catalog.overlays[model.id])
            var actual = empty.facts(withOverlay: overlay)
            actual.prices.entries = actual.prices.entries.filter {
                !$0.value.amounts.isEmpty || !$0.value.tiers.isEmpty
            }
            #expect(actual == expected)
        }
    }

    private static func withoutExponents(_ price: ModelPrice) -> ModelPrice {
        func plain(_ amounts: PriceAmounts) -> PriceAmounts {
            amounts.mapValues { amount in
                DecimalNumber(amount.text).flatMap { JSONNumber(text: $0.text) } ?? amount
            }
        }
        var result = ModelPrice(amounts: plain(price.amounts), tiers: price.tiers.mapValues(plain))
        result.longContext = price.longContext.map {
            ModelPrice.LongContext(aboveInputTokens: $0.aboveInputTokens, amounts: plain($0.amounts))
        }
        return result
    }

    @Test func `what a second of video costs comes of the project's facts, unless the bot says it`() throws {
        let files = [
            "catalog.d/ray.yaml": "id: luma.ray-v2:0\nprices: {usd_per_output_video_second: 0.75}\n",
            "bots.d/a.yaml": "model: {id: luma.ray-v2:0, region: us-west-2, output: \"s3://b-c/d\"}\n",
            "bots.d/b.yaml":
                "model: {id: luma.ray-v2:0, region: us-west-2, output: \"s3://b-c/d\"}\ncost: {usd_per_second: 0.5}\n",
        ]
        let bots = try TestProject(files).load().bots
        #expect(bots.map { $0.config.cost.perVideoSecond?.text } == ["0.75", "0.5"])
        // No price is made up where nobody says one.
        let bare = try TestProject(files.filter { !$0.key.hasPrefix("catalog.d") }).load().bots
        #expect(bare.first?.config.cost.perVideoSecond == nil)
    }
}
