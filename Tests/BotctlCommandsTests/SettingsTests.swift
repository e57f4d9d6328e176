import JSONCoding
import TestSupport
import Testing

struct SettingsTests {
    private static let files = [
        "botctl.yaml": """
        default_environment: staging
        environments:
          local: {upstream: simulator}
          staging:
            state: /nowhere/at/all
            gateway: {url: https://bots.example.com}
        gateway:
          listen: 127.0.0.1:9000
          limits: {body: 5MB}
        rules: {BOT062: off}
        """,
        "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters:\n  temperature: 0.7\n",
        "bots.d/claude.yaml": "model: anthropic.claude-sonnet-5-5\nparameters: {max_tokens: 1000}\n",
    ]

    @Test(arguments: [
        (["config", "show"], "config-show"), (["config", "show", "--origin"], "config-show-origin"),
        (["config", "show", "--origin", "-e", "local", "-o", "json"], "config-show-json"),
        (["explain", "parameters"], "explain-keys"), (["explain", "limits.request_timeout"], "explain-key"),
        (["explain", "claude.parameters"], "explain-bot"),
        (["explain", "claude.parameters.temperature", "-o", "json"], "explain-bot-json"),
    ])
    func `a result is known`(arguments: [String], name: String) async {
        let result = await World(Self.files).run(arguments, variables: ["BOTCTL_LOG_LEVEL": "debug"])
        #expect(result.status == 0)
        let text = result.output + "--- standard error\n" + result.error
        #expect(Golden.difference(of: text, from: Golden.folder() + "/settings/\(name).txt") == nil)
    }

    @Test(arguments: ["bot", "template", "project", "facts"])
    func `the schema of each kind of file is one JSON document`(kind: String) async throws {
        let result = await World([:]).run("schema", kind)
        #expect(result.status == 0)
        let document = try JSONParser.parse(Array(result.output.utf8))
        #expect(document["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test func `a variable goes before the file, and the file before the default`() async throws {
        let result = await World(Self.files).run(
            "config", "show", "-o", "json", variables: ["BOTCTL_LISTEN": "127.0.0.1:1"])
        let settings = try JSONParser.parse(Array(result.output.utf8))["settings"]?.array ?? []
        func origin(_ name: String) -> String? { settings.first { $0["name"]?.string == name }?["origin"]?.string }
        #expect(origin("gateway.listen") == "BOTCTL_LISTEN")
        #expect(origin("gateway.limits.body") == "botctl.yaml:9:18")
        #expect(origin("gateway.drain_timeout") == "default")
    }

    @Test(arguments: [
        ["config", "show"], ["list"], ["diff"], ["history"], ["smoke"], ["show", "a"], ["explain", "a.model"],
    ])
    func `a broken botctl.yaml stops a command with one document for scripts and the next step`(
        arguments: [String]
    ) async throws {
        let world = World(["botctl.yaml": "environments: {a: [}", "bots.d/a.yaml": "model: amazon.nova-micro-v1:0"])
        let people = await world.run(arguments)
        #expect(people.status == 3)
        #expect(people.error.hasPrefix("botctl.yaml:1:20: error[BOT001]"))
        let result = await world.run(arguments + ["-o", "json"])
        #expect(result.status == 3)
        #expect(result.error.hasPrefix("error: "))
        let error = try JSONParser.parse(Array(result.output.utf8))["error"]
        #expect(error?["hint"] == "run 'botctl validate -o json' for each problem")
    }

    @Test func `what is no code, no bot and no key is an error with a suggestion`() async {
        let result = await World(Self.files).run("explain", "claude.parameters.temprature")
        #expect(result.status == 1)
        #expect(result.error.contains("did you mean 'claude.parameters.temperature'?"))
    }

    @Test func `keys are explained outside of a project too`() async {
        let result = await World([:]).run("explain", "model.region")
        #expect(result.status == 0)
        #expect(result.output.contains("us-east-1"))
    }

    @Test(arguments: [
        ["config", "show", "--origin"], ["explain", "limits"], ["explain", "claude.smoke"], ["explain"], ["list"],
        ["show", "claude"], ["show", "claude", "--origin"], ["new", "--for-all", "anthropic", "--dry-run"],
    ])
    func `lines fit a terminal, and nothing is cut`(arguments: [String]) async {
        let world = World(
            Self.files.merging([
                "templates/DEFAULT_CHAT_CONFIG.yaml":
                    "smoke: [{name: pong, prompt: Reply with the single word pong., expect: {contains: pong}}]\n"
            ]) { $1 }, width: 80, isTerminal: true)
        let lines = await world.run(arguments, variables: ["BOTCTL_ENVIRONMENT": "local"]).output
            .replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\n")
        #expect(!lines.isEmpty)
        #expect(lines.filter { $0.count > 80 || $0.hasSuffix(" ") || $0.contains("…") } == [])
    }

    @Test(arguments: [
        ("environments", "environments.NAME.state "), ("smoke", "smoke[].prompt "), ("limits", "limits.idle_timeout "),
    ])
    func `keys within a key are shown with their whole paths`(key: String, path: String) async {
        #expect(await World([:]).run("explain", key).output.contains("\n" + path))
    }

    @Test func `a directory that is named and is no project is an error that names it`() async {
        let result = await World(["other/notes.txt": ""]).run("list", "-C", "/project/other")
        #expect(result.status == 1)
        #expect(result.error.contains("/project/other is no botctl project"))
    }
}
