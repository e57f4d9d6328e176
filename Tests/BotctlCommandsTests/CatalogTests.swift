import JSONCoding
import TestSupport
import Testing

/// `botctl catalog`: what is known of models, within a project and without one.
struct CatalogTests {
    private static let files = [
        "catalog.d/rocket.yaml": """
        # Newer than the binary.
        id: acme.rocket-2-v1:0
        context_tokens: 200000
        max_output_tokens: 8192
        deprecation_date: 2026-01-31
        capabilities: {vision: true, tools: false}
        regions: [us-west-2, us-east-1]
        prices: {input_usd_per_million: 0.3, output_usd_per_million: 1.2}
        """,
        "catalog.d/nova.yaml": "id: amazon.nova-micro-v1:0\nmax_output_tokens: 20000\n",
        "bots.d/nova.yaml": "model: us.amazon.nova-micro-v1:0\n",
        "bots.d/rocket.yaml": "model: acme.rocket-2-v1:0\n",
        "bots.d/broken.yaml": "model: amazon.nova-pro-v1:0\nlimit: 5\n",
    ]

    @Test(arguments: [
        (["list", "--provider", "deepseek"], "list-provider"),
        (["list", "--used"], "list-used"),
        (["list", "--region", "eu-west-1", "--on-demand", "--capability", "vision"], "list-on-demand"),
        (["list", "--provider", "stability-ai"], "list-kinds"),
        (["show", "amazon.nova-micro-v1:0"], "show"),
        (["show", "us.amazon.nova-micro-v1:0", "--region", "eu-west-1"], "show-region"),
        (["show", "acme.rocket-2-v1:0"], "show-project"),
        (["show", "anthropic.claude-sonnet-5-5", "--region", "sa-east-1"], "show-global"),
        (["show", "google.gemma-4-31b"], "show-other-endpoint"),
        (["show", "cohere.embed-v4:0"], "show-embedding"),
        (["show", "acme.rocket-2-v1:0", "-o", "json"], "show-json"),
        (["search", "claude", "sonnet", "4.5"], "search"),
        (["search", "nova", "--limit", "3"], "search-limit"),
    ])
    func `a result is known`(arguments: [String], name: String) async {
        let result = await World(Self.files).run(["catalog"] + arguments)
        #expect(result.status == 0)
        let text = result.output + "--- standard error\n" + result.error
        #expect(Golden.difference(of: text, from: Golden.folder() + "/catalog/\(name).txt") == nil)
    }

    @Test(arguments: ["list", "show", "search", "sync"])
    func `the help is known, and holds an example`(command: String) async {
        let result = await World([:]).run("catalog", command, "--help")
        #expect(result.status == 0)
        #expect(result.output.contains("EXAMPLES"))
        #expect(Golden.difference(of: result.output, from: Golden.folder() + "/help/catalog-\(command).txt") == nil)
    }

    @Test func `a table fits a terminal of eighty columns`() async {
        for arguments in [["list"], ["list", "--kind", "text"], ["search", "claude", "--limit", "99"]] {
            let result = await World(Self.files, width: 80, isTerminal: true)
                .run(["catalog"] + arguments, variables: ["NO_COLOR": "1"])
            #expect(result.status == 0)
            for line in result.output.split(separator: "\n") {
                #expect(Self.withoutColors(line).count <= 80)
            }
        }
    }

    @Test func `it works outside a project too`() async throws {
        let result = await World([:]).run("catalog", "list", "-o", "json")
        #expect(result.status == 0)
        let json = try JSONParser.parse(Array(result.output.utf8))
        #expect(json["models"]?.array?.count ?? 0 > 100)
        #expect(json["snapshot"]?.string?.count == 10)
        #expect(await World([:]).run("catalog", "show", "amazon.nova-micro-v1:0").status == 0)
        #expect(await World([:]).run("catalog", "search", "nova").status == 0)
        let used = await World([:]).run("catalog", "list", "--used")
        #expect(used.status == 1)
        #expect(used.error.contains("there is no botctl project here"))
    }

    @Test func `used and unused models are those of the project's bots, broken ones too`() async throws {
        func ids(_ arguments: String...) async throws -> [String] {
            let result = await World(Self.files).run(["catalog", "list", "-o", "json"] + arguments)
            let models = try JSONParser.parse(Array(result.output.utf8))["models"]?.array ?? []
            return models.compactMap { $0["id"]?.string }
        }
        let used = try await ids("--used")
        #expect(used == ["acme.rocket-2-v1:0", "amazon.nova-micro-v1:0", "amazon.nova-pro-v1:0"])
        let unused = try await ids("--unused")
        let all = try await ids()
        #expect(Set(unused).union(used) == Set(all))
        #expect(unused.count + used.count == all.count)
    }

    @Test(arguments: [
        (["show", "claude-sonnet-4.5"], "did you mean 'anthropic.claude-sonnet-4-5-20250929-v1:0'?"),
        (["show", "claude"], "did you mean 'anthropic.claude-fable-5-1', "),
        (["show", "acme.rocket-2"], "did you mean 'acme.rocket-2-v1:0'"),
        (["show", "wibble.wobble-wubble"], "facts about a newer one go into catalog.d/"),
        (["show", "amazon.nova-micro-v1:0", "--region", "us-esat-1"], "did you mean 'us-east-1'?"),
        (["list", "--provider", "antropic"], "did you mean 'Anthropic'?"),
        (["list", "--region", "mars"], "regions: "),
        (["list", "--provider", "deepseek", "--kind", "video"], "leave one of them out"),
        (["search", "zebra"], "try fewer words"),
    ])
    func `what is not found is an error with a suggestion`(arguments: [String], hint: String) async {
        let result = await World(Self.files).run(["catalog"] + arguments)
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(result.error.contains(hint))
    }

    @Test(arguments: [
        ["list", "--kind", "txt"], ["list", "--capability", "flight"], ["list", "--used", "--unused"], ["show"],
        ["search"], ["search", "nova", "--limit", "0"],
    ])
    func `what cannot be meant is a usage error`(arguments: [String]) async {
        #expect(await World(Self.files).run(["catalog"] + arguments).status == 64)
    }

    @Test(arguments: [
        ("sa-east-1", "anthropic.claude-sonnet-5-5"), ("sa-east-1", "amazon.nova-2-lite-v1:0"),
        ("eu-west-1", "amazon.nova-micro-v1:0"), ("us-east-1", "amazon.nova-micro-v1:0"),
    ])
    func `the bot that is shown is the one that is written, over the project's own template`(
        region: String, model: String
    ) async throws {
        let project = try TemporaryProject([
            "bots.d/seed.yaml": "model: amazon.titan-x\n",
            "templates/DEFAULT_CHAT_CONFIG.yaml": "model: {region: \(region)}\nsmoke: [{name: a, prompt: b}]\n",
        ])
        let world = World(directory: project.root)
        let shown = await world.run("catalog", "show", model, "-o", "json")
        let json = try JSONParser.parse(Array(shown.output.utf8))
        #expect(json["region"]?.string == region)
        let file = try #require(json["bot"]?["file"]?.string)
        #expect(await world.run("new", "--model", model).status == 0)
        let written = try #require(project.text(file))
        #expect(written.split(separator: "\n").last.map { $0 + "\n" } == json["bot"]?["text"]?.string)
    }

    @Test func `broken facts stop the commands, each with its place`() async {
        let files = Self.files.merging(["catalog.d/rocket.yaml": "id: acme.rocket\ncontext_tokens: many\n"]) { $1 }
        for command in [["list"], ["show", "amazon.nova-micro-v1:0"], ["search", "nova"]] {
            let result = await World(files).run(["catalog"] + command)
            #expect(result.status == 3)
            #expect(result.error.contains("catalog.d/rocket.yaml:2:"))
        }
        let simulate = await World(files).run("simulate")
        #expect(simulate.status == 3)
        #expect(simulate.error.contains("catalog.d/rocket.yaml:2:"))
    }

    @Test func `the facts of the JSON form a file of catalog.d`() async throws {
        let shown = await World([:]).run("catalog", "show", "zai.glm-5.3", "-o", "json")
        let facts = try #require(JSONParser.parse(Array(shown.output.utf8))["facts"])
        let files = ["catalog.d/glm.yaml": facts.text(.indented), "bots.d/glm.yaml": "model: zai.glm-5.3\n"]
        let again = await World(files).run("catalog", "show", "zai.glm-5.3", "-o", "json")
        #expect(again.status == 0)
        let json = try JSONParser.parse(Array(again.output.utf8))
        #expect(json["facts"] == facts)
        #expect(json["project_facts"]?["file"] == "catalog.d/glm.yaml")
        #expect(json["used_by"] == ["glm"])
    }

    private static func withoutColors(_ line: Substring) -> String {
        line.replacing(#/\u{1B}\[[0-9;]*m/#, with: "").description
    }
}
