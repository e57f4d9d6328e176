import JSONCoding
import TestSupport
import Testing

struct ListShowDiffTests {
    private static let files = [
        "botctl.yaml": """
        environments:
          local: {upstream: simulator}
          staging:
            state: /nowhere/at/all
            overrides: {limits: {max_concurrent: 5}}
        """,
        "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters:\n  temperature: 0.7\n  max_tokens: 4096\n",
        "bots.d/claude.yaml": "model: anthropic.claude-sonnet-5-5\nparameters: {max_tokens: 1000}\n",
        "bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\n",
    ]

    @Test(arguments: [
        (["show", "claude"], "show"), (["show", "claude", "--origin"], "show-origin"),
        (["show", "claude", "--origin", "-e", "staging", "--set", "parameters.max_tokens=5"], "show-origin-staging"),
        (["show", "claude", "-o", "json"], "show-json"), (["list"], "list"), (["diff"], "diff"),
        (["diff", "-o", "json"], "diff-json"), (["history"], "history"),
    ])
    func `a result is known`(arguments: [String], name: String) async {
        let result = await World(Self.files).run(arguments)
        #expect(result.status == 0)
        let text = result.output + "--- standard error\n" + result.error
        #expect(Golden.difference(of: text, from: Golden.folder() + "/results/\(name).txt") == nil)
    }

    @Test func `changes make the exit status 2 only where that is asked for`() async {
        #expect(await World(Self.files).run("diff").status == 0)
        #expect(await World(Self.files).run("diff", "--detailed-exitcode").status == 2)
    }

    @Test func `list shows the bots that are named`() async throws {
        let result = await World(Self.files).run("list", "nova", "-o", "json")
        let bots = try JSONParser.parse(Array(result.output.utf8))["bots"]?.array ?? []
        #expect(bots.map { $0["name"] } == ["nova"])
    }

    @Test(arguments: ["show", "list"])
    func `an unknown bot is an error with a suggestion`(command: String) async {
        let result = await World(Self.files).run(command, "cluade")
        #expect(result.status == 1)
        #expect(result.error == "error: there is no bot 'cluade'\n  help: did you mean 'claude'?\n")
    }

    @Test func `a deploy that nobody confirms is refused, and so is one with nothing to smoke`() async {
        let result = await World(Self.files).run("deploy")
        #expect(result.status == 7)
        #expect(result.error.contains("nobody is here to confirm the deploy"))
        let smoke = await World(Self.files).run("smoke")
        #expect(smoke.status == 1)
        #expect(smoke.error.contains("nothing is deployed in local"))
    }

    @Test func `a state store of a kind that is not available yet says so`() async {
        let files = Self.files.merging(["botctl.yaml": "environments: {prod: {state: s3://b/p}, dev: {}}"]) { $1 }
        let result = await World(files).run("list", "-e", "prod")
        #expect(result.status == 1)
        #expect(result.error.contains("state stores of the kind 's3' are not available yet"))
        #expect(await World(files).run("validate", "-e", "prod").status == 0)
        let check = await World(files).run("validate", "-e", "prod", "--strict")
        #expect(check.status == 3)
        #expect(check.output.contains("[BOT027]: 'environments.prod.state': state in S3 is not available yet"))
        // Other environments have no need of it.
        for command in [
            "list -e dev", "diff -e dev", "show nova -e prod", "new -e prod --model amazon.nova-pro-v1:0 --dry-run",
        ] {
            let result = await World(files).run(command.split(separator: " ").map(String.init))
            #expect(result.status == 0, "\(command): \(result.error)")
        }
    }

    @Test(arguments: [["serve", "--listen", "nowhere"], ["simulate", "--listen", "1.2.3.4:99999"]])
    func `an address that is none is a usage error`(arguments: [String]) async {
        #expect(await World(Self.files).run(arguments).status == 64)
    }

    @Test func `a broken botctl.yaml stops every command with its diagnostic`() async {
        let files = Self.files.merging(["botctl.yaml": "environments: {prod: {"]) { $1 }
        for command in ["list", "diff", "history", "smoke", "deploy"] {
            let result = await World(files).run(command, "-e", "prod")
            #expect(result.status == 3)
            #expect(result.error.contains("botctl.yaml:1:"))
        }
        let validate = await World(files).run("validate", "-e", "prod", "-o", "json")
        #expect(validate.status == 3)
        #expect(validate.output.contains("BOT001"))
    }

    @Test func `a usage error is JSON too where JSON is asked for`() async throws {
        let result = await World(Self.files).run("list", "-o", "json", "--bogus")
        #expect(result.status == 64)
        #expect(try JSONParser.parse(Array(result.output.utf8))["error"]?["status"] == 64)
        #expect(await World(Self.files).run(["list"], variables: ["BOTCTL_OUTPUT": "xml"]).status == 64)
    }

    @Test func `what a terminal would obey is shown, not sent`() async {
        let files = Self.files.merging([
            "bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\ndescription: \"a\\e[31mb\"\n"
        ]) { $1 }
        for arguments in [["show", "nova"], ["diff"]] {
            #expect(await !World(files).run(arguments).output.contains("\u{1B}"))
        }
    }

    @Test func `each fact about a model has its own place`() async {
        let files = Self.files.merging([
            "catalog.d/rocket.yaml": "id: acme.rocket-2-v1:0\nkind: text\ncontext_tokens: 200000\n",
            "bots.d/rocket.yaml": "model: acme.rocket-2-v1:0\n",
        ]) { $1 }
        let result = await World(files).run("diff")
        #expect(result.output.contains("facts.context_tokens      200000  catalog.d/rocket.yaml:3:17\n"))
        #expect(result.output.contains("catalog.d/rocket.yaml:1:5\n"))
    }

    @Test func `diff shows the bots that are named`() async {
        let files = Self.files.merging([
            "bots.d/other.yaml": "model: amazon.nova-pro-v1:0\naliases: [second]\nlimits: {idle_timeout: 90s}\n"
        ]) { $1 }
        let world = World(files)
        let named = await world.run("diff", "second")
        #expect(named.output.hasPrefix("+ other"))
        #expect(named.output.contains("limits.idle_timeout       1m30s"))
        #expect(!named.output.contains("nova  "))
        #expect(named.error.contains("1 to add"))
        let unknown = await world.run("diff", "othr")
        #expect(unknown.status == 1)
        #expect(unknown.error.contains("did you mean 'other'?"))
    }

    @Test func `a value that the model does not take is not shown as if it did`() async {
        let files = Self.files.merging([
            "bots.d/sonnet.yaml": "model: anthropic.claude-sonnet-5-5\n",
            "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: 0.7}\n",
        ]) { $1 }
        let result = await World(files).run("diff", "sonnet")
        #expect(result.output.contains("0.7  (left out: the model refuses it)"))
    }

    @Test func `a guardrail that nobody wrote has no mode`() async {
        #expect(await !World(Self.files).run("show", "nova", "--origin").output.contains("guardrail"))
        let files = Self.files.merging([
            "bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\nguardrail: {id: gr1, version: \"1\"}\n"
        ]) { $1 }
        #expect(await World(files).run("show", "nova").output.contains("guardrail.mode"))
    }

    @Test(arguments: [
        (["statsu"], "did you mean 'botctl list'?"), (["plan"], "did you mean 'botctl diff'?"),
        (["rolback"], "as with 'git revert', and run 'botctl deploy'"), (["undo"], "'botctl history' shows"),
        (["depoly"], "did you mean 'botctl deploy'?"),
        (["deploy", "--dry-run"], "'botctl diff' shows what it would do"),
        (["explain", "ThrottlingExcepton"], "did you mean 'ThrottlingException'?"),
    ])
    func `near misses are told what there is`(arguments: [String], hint: String) async {
        let result = await World(Self.files).run(arguments)
        #expect(result.status != 0)
        #expect(result.error.contains(hint), "\(result.error)")
    }
}
