import BotConfiguration
import Diagnostics
import JSONCoding
import Testing

/// Layers merge, and every value keeps its origin.
struct LayersTests {
    private let files = [
        "botctl.yaml": """
        environments:
          staging:
            overrides:
              limits: {max_concurrent: 5}
              labels: {env: staging}
            bots:
              x: {parameters: {max_tokens: 77}}
        """,
        "templates/DEFAULT_CHAT_CONFIG.yaml": """
        parameters:
          temperature: 0.7
          max_tokens: 4096
          stop_sequences: [A, B]
        labels: {team: core}
        """,
        "bots.d/x.yaml": """
        model: amazon.nova-micro-v1:0
        parameters: {max_tokens: 100, stop_sequences: [C]}
        limits: {max_concurrent: 9}
        """,
    ]

    private func entry(_ path: String, set: [String] = []) throws -> EffectiveConfig.Entry {
        let project = try TestProject(files).load(environment: "staging", set: set)
        #expect(project.diagnostics.isEmpty)
        let bot = try #require(project.bot(named: "x"))
        return try #require(bot.effective.entries.first { $0.path == path })
    }

    @Test(arguments: [
        ("parameters.temperature", "templates/DEFAULT_CHAT_CONFIG.yaml:2:16"),
        ("parameters.stop_sequences", "bots.d/x.yaml:2:47"),
        ("limits.max_concurrent", "botctl.yaml:4:32"),
        ("parameters.max_tokens", "botctl.yaml:7:36"),
        ("limits.idle_timeout", "schema default"),
    ])
    func `every value knows where it was written`(path: String, origin: String) throws {
        #expect(try entry(path).origin.description == origin)
    }

    @Test func `what a value hides is kept, strongest first`() throws {
        let hidden = try entry("parameters.max_tokens", set: ["parameters.max_tokens=5"]).hidden
        #expect(hidden.map(\.value) == [.integer(77), .integer(100), .integer(4096)])
        #expect(hidden.map(\.origin.layer) == [.environmentBot, .bot, .template])
    }

    @Test func `maps merge and lists replace`() throws {
        let project = try TestProject(files).load(environment: "staging")
        let config = try #require(project.bots.first).config
        #expect(config.labels == ["team": "core", "env": "staging"])
        #expect(config.parameters.stopSequences == ["C"])
        #expect(config.parameters.temperature == 0.7)
        #expect(config.limits.maxConcurrent == 5)
    }

    @Test func `an explicit null returns to the schema default`() throws {
        let project = try TestProject([
            "templates/DEFAULT_CHAT_CONFIG.yaml": "limits: {max_concurrent: 3}\nparameters: {temperature: 1}",
            "bots.d/x.yaml":
                "model: amazon.nova-micro-v1:0\nlimits: {max_concurrent: null}\nparameters: {temperature: ~}",
        ]).load()
        let config = try #require(project.bots.first).config
        #expect(config.limits.maxConcurrent == 64)
        #expect(config.parameters.temperature == nil)
    }

    @Test func `what a template sets and the model refuses is left out, and said`() throws {
        let project = try TestProject([
            "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: 0.7, max_tokens: 900000}",
            "bots.d/x.yaml": "model: anthropic.claude-sonnet-5-5",
        ]).load()
        let bot = try #require(project.bots.first)
        #expect(project.diagnostics.isEmpty)
        #expect(bot.config.parameters.temperature == nil)
        #expect(bot.config.parameters.maxTokens == 128_000)
        #expect(bot.effective.adjustments.map(\.path) == ["parameters.temperature", "parameters.max_tokens"])
    }

    @Test func `a named template lies beneath the bot, and an absent default one is no layer`() throws {
        let project = try TestProject([
            "templates/TERSE.yaml": "parameters: {max_tokens: 20}",
            "bots.d/a.yaml": "model: amazon.nova-micro-v1:0\ntemplate: TERSE",
            "bots.d/b.yaml": "model: amazon.nova-micro-v1:0",
        ]).load()
        #expect(project.bots.map(\.template) == ["TERSE", nil])
        #expect(project.bots.map(\.config.parameters.maxTokens) == [20, nil])
    }

    @Test(arguments: [
        ("us-east-1", "amazon.nova-micro-v1:0"), ("us-west-2", "us.amazon.nova-micro-v1:0"),
        ("eu-west-1", "eu.amazon.nova-micro-v1:0"),
    ])
    func `the upstream id follows the region`(region: String, upstreamID: String) throws {
        let project = try TestProject([
            "bots.d/x.yaml": "model: {id: amazon.nova-micro-v1:0, region: \(region)}"
        ]).load()
        #expect(project.bots.first?.config.model.upstreamID == upstreamID)
        #expect(project.bots.first?.config.model.baseID == "amazon.nova-micro-v1:0")
    }

    @Test func `additional fields merge deeply, and null returns to none`() throws {
        func additional(_ own: String) throws -> String {
            let project = try TestProject([
                "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {additional: {a: {x: 1, y: 2}, b: [1]}}",
                "bots.d/x.yaml": "model: amazon.nova-micro-v1:0\nparameters: {additional: \(own)}",
            ]).load()
            return try #require(project.bots.first).stored.value.text()
        }
        #expect(try additional("{a: {x: 9}, b: [2]}").contains(#""additional":{"a":{"x":9,"y":2},"b":[2]}"#))
        #expect(try !additional("null").contains("additional"))
        #expect(try additional("{a: {x: null}}").contains(#""additional":{"a":{"y":2},"b":[1]}"#))
        #expect(try additional("{a: null, c: [null]}").contains(#""additional":{"b":[1],"c":[null]}"#))
        #expect(try !additional("{a: null, b: null, c: null}").contains("additional"))
    }
}
