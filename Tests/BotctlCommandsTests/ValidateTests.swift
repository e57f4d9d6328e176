import JSONCoding
import TestSupport
import Testing

struct ValidateTests {
    private static let smoke = "smoke: [{name: pong, prompt: Say pong., expect: {contains: pong}}]\n"
    private static let broken = [
        "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: 0.7}\n" + smoke,
        "bots.d/good.yaml": "model: amazon.nova-micro-v1:0\n",
        "bots.d/a-key.yaml": "model: amazon.nova-micro-v1:0\nparameters:\n  temprature: 0.7\n",
        "bots.d/b-type.yaml": "model: amazon.nova-micro-v1:0\nparameters: {max_tokens: many}\n",
        "bots.d/c-range.yaml": "model: amazon.nova-micro-v1:0\nparameters: {temperature: 7}\n",
        "bots.d/d-missing.yaml": "description: there is no model\n",
        "bots.d/e-syntax.yaml": "model: {id: amazon.nova-micro-v1:0\n",
        "bots.d/f-name.yaml": "model: amazon.nova-micro-v1:0\nname: good\n",
    ]

    @Test func `everything that is wrong is shown in one run, each at its place`() async {
        let result = await World(Self.broken, width: 80).run("validate")
        #expect(result.status == 3)
        #expect(Golden.difference(of: result.output, from: Golden.folder() + "/validate/broken.txt") == nil)
        #expect(result.error == "invalid: 6 errors in 6 files\n")
    }

    @Test func `a valid project says so on standard error and nothing on standard output`() async {
        let result = await World(["bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\n" + Self.smoke]).run("validate")
        #expect(result.status == 0)
        #expect(result.output == "")
        #expect(result.error == "ok: 1 bot in 1 file, environment local\n")
    }

    @Test func `warnings leave a project valid, and strict makes errors of them`() async {
        let world = World(["bots.d/nova.yaml": "model: amazon.nova-micro-v1:0"])
        let result = await world.run("validate")
        #expect(result.status == 0)
        #expect(result.output.contains("bots.d/nova.yaml:1:1: warning[BOT062]"))
        let strict = await world.run("validate", "--strict")
        #expect(strict.status == 3)
        #expect(strict.output.contains("bots.d/nova.yaml:1:1: error[BOT062]"))
    }

    @Test func `an unknown model stops validate and deploy, but no command that only looks`() async {
        let world = World(["bots.d/new.yaml": "model: acme.new-model\n" + Self.smoke])
        for command in [["validate"], ["deploy", "--yes"], ["up"]] {
            let result = await world.run(command)
            #expect(result.status == 3)
            #expect((result.output + result.error).contains("bots.d/new.yaml:1:8: error[BOT055]"))
        }
        #expect(await world.run("validate", "--allow-unknown-model").status == 0)
        for command in [["list"], ["show", "new"], ["diff"]] { #expect(await world.run(command).status == 0) }
    }

    @Test func `scripts get one JSON document with a format version`() async throws {
        let result = await World(Self.broken).run("validate", "-o", "json")
        let document = try JSONParser.parse(Array(result.output.utf8))
        #expect(result.status == 3)
        #expect(document["format_version"] == 1)
        #expect(document["valid"] == false)
        #expect(document["diagnostics"]?.array?.count == 6)
        #expect(document["diagnostics"]?.array?.first?["line"] == 3)
    }

    @Test func `a project that is not there is an error with the next step, also as JSON`() async throws {
        let result = await World([:]).run("validate", "-o", "json")
        #expect(result.status == 1)
        #expect(result.error.contains("name it with -C"))
        let document = try JSONParser.parse(Array(result.output.utf8))
        #expect(document["error"]?["status"] == 1)
    }

    @Test func `an unknown environment is an error that names those there are`() async {
        let result = await World(["bots.d/nova.yaml": "model: amazon.nova-micro-v1:0"]).run("validate", "-e", "prod")
        #expect(result.status == 1)
        #expect(result.error == "error: there is no environment 'prod'\n  help: environments of this project: local\n")
    }

    @Test func `a misspelt flag is a usage error`() async {
        let result = await World([:]).run("validate", "--outptu", "json")
        #expect(result.status == 64)
        #expect(result.output == "")
    }

    @Test(arguments: ["bots.d/c-range.yaml", "c-range", "/project/bots.d/c-range.yaml"])
    func `where a bot or its file is named, only that is shown, and the summary says so`(subject: String) async throws {
        let result = await World(Self.broken).run("validate", subject)
        #expect(result.status == 3)
        #expect(result.output.hasPrefix("bots.d/c-range.yaml:2:27: error"))
        #expect(result.output.split(separator: "\n").count { $0.hasPrefix("bots.d/") } == 1)
        #expect(
            result.error
                == "invalid: 1 error in 1 file; only bots.d/c-range.yaml is shown, not 5 errors in 5 files\n")
        let json = await World(Self.broken).run("validate", subject, "-o", "json").output
        let document = try JSONParser.parse(Array(json.utf8))
        #expect(document["diagnostics"]?.array?.count == 1)
        #expect(document["not_shown"] == 5)
    }

    @Test func `an error in what bots share is about each of them`() async {
        let world = World([
            "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: warm}\n",
            "bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\n",
        ])
        let result = await world.run(["validate", "nova"])
        #expect(result.status == 3)
        #expect(result.output.contains("templates/DEFAULT_CHAT_CONFIG.yaml:1:"))
    }

    @Test func `a file that is not read is no file of the project`() async {
        let world = World(["bots.d/nova.yaml": "model: amazon.nova-micro-v1:0\n", "broken.yaml": "a: [\n"])
        let result = await world.run(["validate", "broken.yaml"])
        #expect(result.status == 1)
        #expect(result.error.contains("'broken.yaml' is neither a bot nor a file of this project"))
    }

    @Test func `a named file without a fault is valid, whatever the others are`() async {
        let files = Self.broken.filter { $0.key != "bots.d/f-name.yaml" }
        let result = await World(files).run("validate", "good", "templates/DEFAULT_CHAT_CONFIG.yaml")
        #expect(result.output == "")
        #expect(
            result.error == """
                ok: 1 bot in 2 files, environment local; only bots.d/good.yaml, templates/DEFAULT_CHAT_CONFIG.yaml are \
                shown, not 5 errors in 5 files

                """)
        #expect(result.status == 0)
    }

    @Test(arguments: [
        ("godo", "did you mean 'good'?"), ("bots.d/god.yaml", "did you mean 'bots.d/good.yaml'?"),
        ("bot.d/good.yml", "did you mean 'bots.d/good.yaml'?"),
        // Folder and ending are no likeness.
        (
            "bots.d/nope.yaml",
            "name a bot as 'botctl list' does, or its file; without a name everything is shown"
        ),
    ])
    func `what is neither a bot nor a file is an error with a suggestion`(subject: String, hint: String) async {
        let result = await World(Self.broken).run("validate", subject)
        #expect(result.status == 1)
        #expect(
            result.error
                == "error: '\(subject)' is neither a bot nor a file of this project\n  help: \(hint)\n")
    }

    @Test func `a mistake in botctl.yaml hides nothing about the bots`() async {
        let world = World([
            "botctl.yaml": "gatewy: {}\nenvironments: {staging: {upstream: aws}}\n",
            "bots.d/a.yaml": "modle: amazon.nova-micro-v1:0\n", "bots.d/b.yaml": "model: nosuch.model-v1:0\n",
        ])
        for arguments in [["validate"], ["validate", "-e", "elsewhere"]] {
            let result = await world.run(arguments)
            #expect(result.status == 3)
            #expect(result.output.contains("botctl.yaml:1:1: error[BOT012]"))
            #expect(result.output.contains("bots.d/a.yaml:1:1: error[BOT012]"))
        }
        #expect(await world.run("validate").output.contains("bots.d/b.yaml:1:8: error[BOT055]"))
    }
}
