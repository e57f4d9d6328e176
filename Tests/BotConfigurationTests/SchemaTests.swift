import BotConfiguration
import Diagnostics
import JSONCoding
import Testing

struct SchemaTests {
    private func problems(_ bot: String, template: String = "") throws -> [String] {
        try TestProject([
            "bots.d/x.yaml": "model: amazon.nova-micro-v1:0\n" + bot,
            "templates/DEFAULT_CHAT_CONFIG.yaml": template,
        ]).problems()
    }

    @Test func `a reader gets the schema's default of every key that nothing sets`() throws {
        let project = try TestProject(["bots.d/x.yaml": "model: amazon.nova-micro-v1:0"]).load()
        let config = try #require(project.bots.first?.config)
        func declared(_ path: String) -> ConfigValue? {
            BotSchema.bot.field(at: path.split(separator: ".").map(String.init))?.defaultValue
        }
        #expect(declared("limits.max_concurrent") == .integer(config.limits.maxConcurrent))
        #expect(declared("limits.requests_per_minute") == .integer(config.limits.requestsPerMinute))
        #expect(declared("expand_text_attachments") == .boolean(config.expandTextAttachments))
        #expect(declared("poe.allow_attachments") == .boolean(config.poe.allowAttachments))
        #expect(declared("poe.enforce_author_role_alternation") == .boolean(config.poe.enforceAuthorRoleAlternation))
        #expect(declared("poe.enable_multi_entity_prompting") == .boolean(config.poe.enableMultiEntityPrompting))
        #expect(declared("model.provider") == .text(config.model.provider.rawValue))
        let timeouts = [
            "first_token_timeout": config.limits.firstTokenTimeout, "idle_timeout": config.limits.idleTimeout,
            "request_timeout": config.limits.requestTimeout,
        ]
        for (key, timeout) in timeouts {
            guard case .milliseconds(let count)? = declared("limits.\(key)") else {
                Issue.record("\(key) has no default")
                continue
            }
            #expect(timeout == .milliseconds(count))
        }
    }

    @Test func `a project without botctl.yaml has the environment and the gateway of the schema's defaults`() throws {
        let sources = TestProject(["bots.d/x.yaml": "model: amazon.nova-micro-v1:0"]).sources()
        let said = TestProject(["bots.d/x.yaml": "model: m.x", "botctl.yaml": "environments: {local: {}}"]).sources()
        #expect(sources.environments == said.environments)
        #expect(sources.environments.map(\.gatewayURL) == ["http://127.0.0.1:8080"])
    }

    @Test func `a key without effect yet is kept, with a warning`() throws {
        let project = try TestProject(["bots.d/x.yaml": "model: amazon.nova-micro-v1:0\nfallback: {to: x}\n"]).load()
        #expect(project.diagnostics.map(\.code) == [.noEffectYet])
        #expect(project.bot(named: "x")?.stored.value["fallback"]?["to"]?.string == "x")
    }

    @Test func `a key without effect yet that says its default is no news`() throws {
        #expect(try problems("cache: none\n").isEmpty)
    }

    @Test(arguments: [
        ("parameters: {temperature: 0,2}", "write 'temperature: 0.2', with a point"),
        ("smoke: pong", "[{name: pong, prompt: Reply with the single word pong.}]"),
    ])
    func `what was meant is told as it is written`(text: String, help: String) throws {
        let project = try TestProject(["bots.d/x.yaml": "model: amazon.nova-micro-v1:0\n\(text)\n"]).load()
        #expect(project.diagnostics.count == 1)
        #expect(project.diagnostics.first?.help.first?.hasSuffix(help) == true, "\(project.diagnostics)")
    }

    @Test func `a deprecated key is read under its new name`() throws {
        let text = "model: amazon.nova-micro-v1:0\npoe: {custom_rate_card: free}\n"
        let project = try TestProject(["bots.d/x.yaml": text]).load()
        #expect(project.diagnostics.map(\.code) == [.deprecatedKey])
        #expect(project.bot(named: "x")?.config.poe.rateCard == "free")
    }

    @Test func `a deprecated key beside its new name is an error`() throws {
        #expect(
            try problems("poe: {custom_rate_card: free, rate_card: dear}\n").contains {
                $0.hasPrefix("bots.d/x.yaml:2:7 BOT037")
            })
    }

    @Test(arguments: [
        ("pricing: {markup: 1.3, per_message: 0.1}\n", "bots.d/x.yaml:2:"),
        ("pricing: {input_usd_per_million: 1}\n", "bots.d/x.yaml:2:34 BOT023 in 'pricing', "),
        ("model: {base_url: https://x.y}\n", ""),
    ])
    func `keys that contradict each other, or need each other, are errors`(bot: String, start: String) throws {
        guard !start.isEmpty else {
            let text = "model: {id: amazon.nova-micro-v1:0, base_url: https://x.y}\n"
            let problems = try TestProject(["bots.d/x.yaml": text]).problems()
            #expect(problems.contains { $0.hasPrefix("bots.d/x.yaml:1:47 BOT037 in 'model', 'base_url' only goes") })
            return
        }
        let found = try problems(bot)
        #expect(found.contains { $0.hasPrefix(start) && !$0.contains("BOT030") }, "\(found)")
    }

    @Test func `what a template sets and a bot contradicts says how to take it back`() throws {
        let project = try TestProject([
            "bots.d/x.yaml": "model: amazon.nova-micro-v1:0\npricing: {per_message: 0.1}\n",
            "templates/DEFAULT_CHAT_CONFIG.yaml": "pricing: {markup: 1.3}\n",
        ]).load()
        let contradiction = try #require(project.diagnostics.first { $0.code == .contradictingKeys })
        #expect(contradiction.location?.description == "bots.d/x.yaml:2:24")
        #expect(contradiction.help == ["write 'markup: null' beside it to take the other one back"])
        #expect(contradiction.notes.first?.location?.description == "templates/DEFAULT_CHAT_CONFIG.yaml:1:19")
    }

    @Test func `a misspelt key is not also a missing one`() throws {
        let problems = try TestProject(["bots.d/x.yaml": "modle: amazon.nova-micro-v1:0\n"]).problems()
        #expect(problems == ["bots.d/x.yaml:1:1 BOT012 unknown key 'modle'"])
    }

    @Test func `a missing key is found beside other mistakes`() throws {
        let problems = try problems("smoke: [{name: a}]\nlimits: {idle_timeout: 5}\n")
        #expect(problems.map { $0.split(separator: " ")[1] } == ["BOT023", "BOT026"])
    }

    @Test(arguments: [
        ("attachments: {max_size: 10}", "needs a unit"), ("attachments: {max_size: 10XB}", "must be a size such as"),
        ("attachments: {max_size: 1B}", "must be a size from 1KiB to 100MiB"),
        ("cost: {input_usd_per_million: \"0,25\"}", "must be an amount of US dollars"),
        ("cost: {input_usd_per_million: 1e3}", "must be an amount of US dollars"),
        ("cost: {input_usd_per_million: 9e9}", "must be US dollars from 0 to 100000"),
        ("parameters: {temperature: 0.10000000000000000000000000000000000000000000000001}", "with at most 40 digits"),
        ("model: {id: x.y, region: us--east}", "must be a region"),
        ("attachments: {allowed_hosts: [a..b]}", "must be a host"), ("cost: {input_usd_per_million: -1}", "must be"),
        ("poe: {parameter_controls: atuo}", "'atuo' is no value of 'poe.parameter_controls'"),
    ])
    func `sizes and money say how they are written`(bot: String, message: String) throws {
        let model = bot.hasPrefix("model") ? "" : "model: amazon.nova-micro-v1:0\n"
        let found = try TestProject(["bots.d/x.yaml": model + bot + "\n"]).problems().filter { !$0.contains("BOT030") }
        #expect(found.count == 1 && found[0].contains(message), "\(found)")
    }

    @Test(arguments: [
        ("1KiB", 1024), ("10MB", 10_000_000), ("1.5MiB", 1_572_864), ("0B", 0), ("2kB", 2000), ("1GiB", 1 << 30),
    ])
    func `a size is read exactly`(text: String, bytes: Int) {
        #expect(SizeText.bytes(of: text) == bytes)
        #expect(SizeText.bytes(of: SizeText.text(ofBytes: bytes)) == bytes)
    }

    @Test(arguments: ["", "10", "MB", ".5MB", "1.MB", "1.2345MB", "1.0001B", "0.5B", "10 MB", "-1MB", "99999999999GiB"])
    func `what is no size is none`(text: String) {
        #expect(SizeText.bytes(of: text) == nil)
    }

    @Test(arguments: [("0.25", "0.25"), ("$0.25", "0.25"), ("0.250 USD", "0.25"), ("12", "12")])
    func `money is read exactly`(text: String, amount: String) {
        #expect(MoneyText.amount(of: text)?.text == amount)
    }

    @Test(arguments: ["", "$", "USD", "$1.", "1. USD", "0,25", "-1", "1e3", "€1", "$1 USD", "1.2.3"])
    func `what is no money is none`(text: String) {
        #expect(MoneyText.amount(of: text) == nil)
    }

    @Test func `controls of a condition cannot hold another condition`() throws {
        let bot = """
            poe:
              parameter_controls:
                sections:
                  - controls:
                      - control: condition
                        condition: {comparator: eq, left: {parameter_name: a}, right: {literal: true}}
                        controls: [{control: condition}]
            """
        let found = try problems(bot + "\n").filter { !$0.contains("BOT030") }
        #expect(found.count == 1 && found[0].contains("BOT022"), "\(found)")
    }

    @Test func `an environment that is null has defaults, and its bots are judged`() throws {
        let project = try TestProject([
            "botctl.yaml": "environments:\n  staging: null\n", "bots.d/x.yaml": "model: nosuch.model\n",
        ]).load()
        #expect(project.environment.name == "staging")
        #expect(project.environment.upstream == .aws)
        #expect(project.bots.count == 1)
    }

    @Test func `a prompt file that is null names none`() throws {
        let problems = try problems("system_prompt: {file: null}\n")
        #expect(problems == ["bots.d/x.yaml:2:16 BOT023 'system_prompt' names no file"])
    }

    @Test(arguments: ["${env:0123456789abcdef-0123456789abcde}", "${0123456789abcdef0123456789abcdef:x}"])
    func `a secret in the place of a reference's parts is not shown`(reference: String) throws {
        let problems = try problems("poe: {access_key: \"\(reference)\"}\n")
        #expect(problems.count == 1)
        #expect(!problems[0].contains("0123456789abcdef"))
    }

    @Test func `values for a bot whose file is broken are not values for no bot`() throws {
        let problems = try TestProject([
            "botctl.yaml": "environments: {local: {bots: {x: {enabled: false}}}}\n", "bots.d/x.yaml": "model: [\n",
        ]).problems()
        #expect(problems.allSatisfy { !$0.contains("BOT081") }, "\(problems)")
    }

    @Test func `a hidden file is no template`() throws {
        let project = try TestProject([
            "bots.d/x.yaml": "model: amazon.nova-micro-v1:0\n", "templates/.hidden.yaml": "nonsense: 1\n",
        ]).load()
        #expect(project.diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("labels.team=a.b", ["labels", "team"], "a.b"), ("retry.max_attempts=5", ["retry", "max_attempts"], "5"),
        ("retry={max_attempts: 5}", ["retry", "max_attempts"], "5"),
        ("parameters.additional.top_k=40", ["parameters", "additional"], "{\"top_k\":40}"),
        (
            "parameters.additional.thinking.type=\"on\"", ["parameters", "additional"],
            "{\"thinking\":{\"type\":\"on\"}}"
        ),
    ])
    func `the command line sets single values, keys of one's own too`(
        assignment: String, path: [String], text: String
    ) throws {
        let project = try TestProject(["bots.d/x.yaml": "model: amazon.nova-micro-v1:0\n"]).load(set: [assignment])
        #expect(project.bot(named: "x")?.effective.value(at: path)?.text == text)
    }

    @Test(arguments: ["bots.d/team/y.yaml", "bots.d/z.YAML", "botctl.yml"])
    func `a file that somebody may think is read is an error`(name: String) throws {
        let problems = try TestProject([
            "bots.d/x.yaml": "model: amazon.nova-micro-v1:0\n", name: "description: overlooked\n",
        ]).problems()
        #expect(problems.count == 1 && problems[0].contains("BOT015"), "\(problems)")
    }

    @Test(arguments: [
        "parameters: {stop_sequences: [\"\"]}", "poe: {handle: \"\"}", "smoke: [{name: a, prompt: \"\"}]",
        "smoke: [{name: a, prompt: b, expect: {contains: \"\"}}]",
    ])
    func `a text that must say something cannot be empty`(bot: String) throws {
        let problems = try problems(bot + "\n")
        #expect(problems.count == 1 && problems[0].contains("a text that is not empty"), "\(problems)")
    }

    @Test func `a key without effect yet that is null is no news`() throws {
        #expect(try problems("guardrail: null\nretry: {max_attempts: null}\n").isEmpty)
    }
}
