import JSONCoding
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct OnboardingTests {
    private let bot = "bots.d/claude-opus-5.5.yaml"

    private func difference(_ result: World.Result, _ name: String) -> String? {
        Golden.difference(of: result.masked, from: Golden.folder() + "/onboarding/\(name).txt")
    }

    // MARK: - init

    @Test func `a project from nothing passes the strictest check, and runs nowhere else's files over`() async throws {
        let project = try TemporaryProject([".gitignore": "*.log\n"])
        let world = World(directory: project.root)
        #expect(difference(await world.run("init"), "init") == nil)
        #expect(project.text(".gitignore") == "*.log\n.botctl/\n")
        let check = await world.run("validate", "--strict")
        #expect(check.status == 0, "\(check.output)")
        #expect(check.output == "")

        let files = project.files
        let again = await world.run("init")
        #expect(again.status == 7)
        #expect(again.error.contains("botctl.yaml is there already; nothing was written"))
        #expect(project.files == files)
    }

    @Test func `a project can be made elsewhere, with any model`() async throws {
        let project = try TemporaryProject()
        let world = World(directory: project.root)
        let result = await world.run("init", "a/b", "--model", "anthropic.claude-sonnet-5-5", "-o", "json")
        #expect(result.status == 0)
        #expect(
            project.text("a/b/bots.d/claude-sonnet-5.5.yaml")?.hasSuffix("model: anthropic.claude-sonnet-5-5\n") == true
        )
        #expect(try JSONParser.parse(Array(result.output.utf8))["bot"]?.string == "claude-sonnet-5.5")
        #expect(await world.run("validate", "--strict", "-C", "a/b").status == 0)
        let unknown = await world.run("init", "c", "--model", "acme.rocket")
        #expect(unknown.status == 3)
        #expect(!project.files.contains { $0.hasPrefix("c/") })
    }

    @Test(arguments: ["bots.d/x.yaml", "templates/DEFAULT_CHAT_CONFIG.yaml", "botctl.yaml", "schemas/bot.schema.json"])
    func `nothing of a project that is there is touched`(path: String) async throws {
        let project = try TemporaryProject([path: "mine"])
        let result = await World(directory: project.root).run("init")
        #expect(result.status == 7)
        #expect(project.files == [path])
        #expect(project.text(path) == "mine")
    }

    // MARK: - new

    @Test func `a new bot is the fewest lines that are valid`() async throws {
        let project = try TemporaryProject.shipped()
        let world = World(directory: project.root)
        #expect(difference(await world.run("new", "--model", "anthropic.claude-opus-5-5"), "new") == nil)
        #expect(
            project.text(bot) == """
                # yaml-language-server: $schema=../schemas/bot.schema.json
                model: anthropic.claude-opus-5-5

                """)
        #expect(project.text("schemas/bot.schema.json")?.contains("\"system_prompt\"") == true)
        #expect(await world.run("validate").status == 0)
        #expect(difference(await world.run("new", "--model", "anthropic.claude-opus-5-5"), "new-again") == nil)
        #expect(
            difference(await world.run("new", "seed", "--model", "anthropic.claude-opus-5-5"), "new-taken") == nil)
        #expect(difference(await world.run("new", "--model", "anthropic.claude-opos-5-5"), "new-unknown") == nil)
    }

    @Test func `a dry run shows the file and writes nothing`() async throws {
        let project = try TemporaryProject.shipped()
        let before = project.files
        let world = World(directory: project.root)
        let result = await world.run(
            "new", "far", "--model", "deepseek.r1-v1:0", "--region", "us-west-2", "--dry-run", "-o", "json")
        #expect(result.status == 0)
        #expect(project.files == before)
        let document = try JSONParser.parse(Array(result.output.utf8))
        #expect(document["written"]?.bool == false)
        #expect(document["bots"]?.array?.first?["upstream_model"]?.string == "us.deepseek.r1-v1:0")
    }

    @Test func `a region that cannot call the model is refused with those that can`() async throws {
        let project = try TemporaryProject.shipped()
        let world = World(directory: project.root)
        let result = await world.run("new", "--model", "deepseek.r1-v1:0", "--region", "eu-west-1")
        #expect(difference(result, "new-region") == nil)
    }

    @Test(arguments: [["x", "--model", "amazon.nova-pro-v1:0"], ["--for-all", "amazon"]])
    func `a template that is not there stops it`(arguments: [String]) async throws {
        let project = try TemporaryProject.shipped()
        let before = project.files
        let result = await World(directory: project.root).run(["new"] + arguments + ["--template", "NOPE"])
        #expect(result.status == 3)
        #expect(result.error.contains("there is no template 'NOPE'"))
        #expect(project.files == before)
    }

    @Test func `what is no model's id is not sent to onboarding, which would refuse it`() async throws {
        let project = try TemporaryProject.shipped()
        let world = World(directory: project.root)
        for command in [["new", "x", "--model"], ["onboard"], ["init", "d", "--model"]] {
            let result = await world.run(command + ["claude-sonnet"])
            #expect(result.status == 3)
            #expect(result.error.contains("'claude-sonnet' is no model id"))
            #expect(result.error.contains("did you mean 'anthropic.claude-sonnet-5-5'?"))
            #expect(!result.error.contains("writes its facts"))
        }
    }

    @Test func `the bots and reasons of a whole provider fit eighty columns uncut`() async throws {
        let project = try TemporaryProject.shipped()
        let result = await World(directory: project.root, width: 80, isTerminal: true).run(
            "new", "--for-all", "anthropic", "--dry-run")
        #expect(result.status == 0)
        let plain = result.output.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
        #expect(plain.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(!plain.contains("…"))
        #expect(plain.contains("- came to its end of life"))
    }

    @Test func `all models of a provider get their bots in one go`() async throws {
        let project = try TemporaryProject.shipped()
        let world = World(directory: project.root, width: 400)
        #expect(difference(await world.run("new", "--for-all", "amazon"), "new-for-all") == nil)
        #expect(await world.run("validate").status == 0)
        let again = await world.run("new", "--for-all", "amazon", "-o", "json")
        #expect(try JSONParser.parse(Array(again.output.utf8))["bots"]?.array?.isEmpty == true)
        let unknown = await world.run("new", "--for-all", "amazom")
        #expect(unknown.status == 1)
        #expect(unknown.error.contains("did you mean 'Amazon'?"))
    }

    @Test(arguments: [["new"], ["new", "x", "--for-all", "amazon"], ["new", "--model", "a", "--for-all", "b"]])
    func `arguments that contradict each other are refused`(arguments: [String]) async throws {
        #expect(await World([:]).run(arguments).status == 64)
    }

    @Test func `a model's id in the place of the name is told from a name`() async throws {
        let project = try TemporaryProject.shipped()
        let world = World(directory: project.root)
        let id = await world.run("new", "amazon.nova-pro-v1:0")
        #expect(id.status == 64)
        #expect(id.error.contains("is a model's id"))
        #expect(id.error.contains("'botctl new --model amazon.nova-pro-v1:0'"))
        #expect(id.error.contains("'botctl onboard amazon.nova-pro-v1:0'"))
        let name = await world.run("new", "support")
        #expect(name.status == 64)
        #expect(name.error.contains("botctl new support --model ID"))
        let maker = await world.run("new", "--for-all", "mystral")
        #expect(maker.status == 1)
        #expect(maker.error.contains("did you mean 'mistral'?"))
    }

    @Test(arguments: [
        ["new", "--model", "amazon.nova-pro-v1:0"], ["new", "--for-all", "amazon"],
        ["onboard", "amazon.nova-pro-v1:0"],
    ])
    func `over a broken botctl.yaml nothing is written`(arguments: [String]) async throws {
        let project = try TemporaryProject.shipped(["botctl.yaml": "environmens: 1\n"])
        let before = project.files
        let result = await World(directory: project.root).run(arguments)
        #expect(result.status == 3)
        #expect(result.error.contains("botctl.yaml is invalid"))
        #expect(project.files == before)
    }

    // MARK: - onboard

    @Test func `a model of the catalog is onboarded in one command`() async throws {
        let project = try TemporaryProject.shipped()
        let world = World(directory: project.root)
        #expect(difference(await world.run("onboard", "anthropic.claude-opus-5-5"), "onboard") == nil)
        #expect(project.files.contains(bot))
        #expect(await world.run("validate").status == 0)
        // The second time there is nothing to write, and it is asked again.
        #expect(difference(await world.run("onboard", "anthropic.claude-opus-5-5"), "onboard-again") == nil)
    }

    @Test func `a model in no catalog gets its facts`() async throws {
        let project = try TemporaryProject.shipped()
        let world = World(directory: project.root)
        let result = await world.run("onboard", "acme.rocket-2-v1:0", "--context-tokens", "200000")
        #expect(difference(result, "onboard-unknown") == nil)
        #expect(result.error.contains("no model service was asked whether there is such a model"))
        #expect(result.error.contains("botctl onboard acme.rocket-2-v1:0 --live"))
        #expect(project.text("catalog.d/rocket-2.yaml")?.contains("\nid: acme.rocket-2-v1:0\n") == true)
        #expect(project.text("schemas/facts.schema.json") != nil)
        let check = await world.run("validate")
        #expect(check.status == 0, "\(check.output)")
    }

    @Test func `a profile's prefix and a dry run go through every step and write nothing`() async throws {
        let project = try TemporaryProject.shipped()
        let before = project.files
        let result = await World(directory: project.root).run(
            "onboard", "us.acme.rocket-2-v1:0", "--name", "mine", "--dry-run")
        #expect(difference(result, "onboard-dry-run") == nil)
        #expect(project.files == before)
    }

    @Test func `the report for scripts has every step and file`() async throws {
        let project = try TemporaryProject.shipped()
        let result = await World(directory: project.root).run("onboard", "anthropic.claude-opus-5-5", "-o", "json")
        #expect(result.status == 0)
        let document = try JSONParser.parse(Array(result.output.utf8))
        let steps = (document["steps"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(steps == ["facts", "scaffold", "validate", "write", "boot", "smoke"])
        #expect(document["bot"]?.string == "claude-opus-5.5")
        #expect(document["files"]?.array?.count == 1)
        #expect(document["files"]?.array?.first?["written"]?.bool == true)
        #expect(document["smoke"]?["result"]?.string == "pass")
        #expect(document["upstream"]?.string == "simulator")
        #expect((document["total_ms"]?.integer ?? .max) < 10_000)
    }

    @Test(arguments: [
        (["nova-lite"], 3, "'nova-lite' is no model id"),
        (["acme.*"], 3, "'acme.*' is no model id"),
        (["acme.a b"], 3, "'acme.a b' is no model id"),
        (["amazon.titan-embed-text-v2:0"], 3, "serves no bot"),
        (["luma.ray-v2:0"], 3, "--model-output s3://"),
        (["anthropic.claude-haiku-4-5"], 3, "not served by bedrock-runtime"),
        (["anthropic.claude-haiku-4-5"], 3, "can be called"),
        (["amazon.nova-pro-v1:0", "--name", "Bad"], 3, "'Bad' cannot be a bot's name"),
        (["amazon.nova-pro-v1:0", "--region", "nowhere"], 3, "nowhere"),
        (["amazon.nova-pro-v1:0", "--template", "NONE"], 3, "NONE"),
        (["amazon.nova-pro-v1:0", "-e", "nowhere"], 1, "nowhere"),
    ])
    func `what cannot be is said, and leaves nothing behind`(
        arguments: [String], status: Int32, message: String
    ) async throws {
        let project = try TemporaryProject.shipped()
        let before = project.files
        let result = await World(directory: project.root).run(["onboard"] + arguments)
        #expect(result.status == status, "\(result.error)")
        #expect(result.error.contains(message), "\(result.error)")
        #expect(project.files == before)
    }

    @Test func `a bot that fails its smoke test stays, and the command says why it failed`() async throws {
        let project = try TemporaryProject([
            "bots.d/seed.yaml": "model: amazon.nova-lite-v1:0\n",
            "templates/DEFAULT_CHAT_CONFIG.yaml":
                "smoke: [{name: sum, prompt: What is 2 and 2?, expect: {contains: four hundred}}]\n",
        ])
        let result = await World(directory: project.root).run("onboard", "amazon.nova-micro-v1:0")
        #expect(result.status == 4)
        #expect(result.error.contains("sum fail"))
        #expect(result.error.contains("the files stay, as they are valid"))
        #expect(project.files.contains("bots.d/nova-micro.yaml"))
    }

    @Test func `a broken file of another bot does not stand in the way`() async throws {
        let project = try TemporaryProject.shipped(["bots.d/broken.yaml": "modle: x\n"])
        let result = await World(directory: project.root).run("onboard", "amazon.nova-micro-v1:0")
        #expect(result.status == 0, "\(result.error)")
        #expect(result.error.contains("no problem in bots.d/nova-micro.yaml\n"))
        #expect(result.error.contains("in other files: 'botctl validate' shows them"))
    }

    @Test func `onboarding goes on to a deploy, which needs a yes`() async throws {
        let project = try TemporaryProject.shipped()
        let world = World(directory: project.root)
        let key = ["POE_ACCESS_KEY": "0123456789abcdefghijklmnopqrstuv"]
        let refused = await world.run(["onboard", "amazon.nova-micro-v1:0", "--deploy"], variables: key)
        #expect(refused.status == 7)
        // It is refused before anything is done, not when the files are written.
        #expect(refused.error.contains("nobody is here to confirm the deploy; nothing was written"))
        #expect(!project.files.contains("bots.d/nova-micro.yaml"))
        let result = await world.run(["onboard", "amazon.nova-micro-v1:0", "--deploy", "--yes"], variables: key)
        #expect(result.status == 0, "\(result.error)")
        #expect(result.error.contains("serial 1"))
        #expect(result.error.contains("server URL  http://127.0.0.1:8080/bots/nova-micro"))
        #expect(result.error.contains("what ${env:POE_ACCESS_KEY_NOVA_MICRO}, or else ${env:POE_ACCESS_KEY} holds"))
        #expect(!(result.output + result.error).contains("0123456789abcdefghijklmnopqrstuv"))
        #expect(project.files.contains(".botctl/state/local/manifest"))
        #expect(await world.run("onboard", "amazon.nova-pro-v1:0", "--deploy", "--dry-run").status == 64)
        // Where nothing is to be deployed nobody has to confirm it.
        let again = await world.run(
            ["onboard", "amazon.nova-micro-v1:0", "--deploy", "-o", "json"], variables: key)
        #expect(again.status == 0, "\(again.error)")
        let document = try JSONParser.parse(Array(again.output.utf8))
        #expect(document["poe"]?["server_url"]?.string == "http://127.0.0.1:8080/bots/nova-micro")
        #expect(
            document["poe"]?["access_key"]?.array?.compactMap(\.string) == [
                "${env:POE_ACCESS_KEY_NOVA_MICRO}", "${env:POE_ACCESS_KEY}",
            ])
    }

    @Test func `a deploy that is refused leaves the report of what was written`() async throws {
        let project = try TemporaryProject.shipped(["bots.d/broken.yaml": "modle: x\n"])
        let result = await World(directory: project.root).run(
            "onboard", "amazon.nova-micro-v1:0", "--deploy", "--yes", "-o", "json")
        #expect(result.status == 3)
        let document = try JSONParser.parse(Array(result.output.utf8))
        #expect(document["files"]?.array?.first?["written"]?.bool == true)
        #expect(document["smoke"]?["result"]?.string == "pass")
        #expect(document["error"]?["status"]?.integer == 3)
    }

    @Test func `an id that looks like a slip needs somebody's yes`() async throws {
        let project = try TemporaryProject.shipped()
        let before = project.files
        let world = World(directory: project.root)
        for format in ["human", "json"] {
            let result = await world.run("onboard", "amazon.nova-prov1:0", "-o", format)
            #expect(result.status == 7)
            #expect(result.error.contains("did you mean 'amazon.nova-pro-v1:0'? If not, pass --yes"))
            #expect(project.files == before)
        }
        // Nothing can be regretted of a dry run; another number is another version.
        #expect(await world.run("onboard", "amazon.nova-prov1:0", "--dry-run").status == 0)
        #expect(await world.run("onboard", "amazon.nova-micro-v2:0", "--dry-run").status == 0)
        #expect(project.files == before)
        #expect(await world.run("onboard", "amazon.nova-prov1:0", "--yes").status == 0)
    }

    @Test(arguments: [
        (["amazon.nova-canvas-v2:0"], 0, "kind: image"), (["amazon.nova-canvas-v2:0", "--kind", "chat"], 0, ""),
        (["amazon.titan-embed-text-v9:0"], 3, ""), (["luma.ray-v3:0"], 3, "--model-output s3://bucket/prefix"),
        (["acme.rocket-2-v1:0", "--kind", "image"], 3, ""), (["amazon.nova-pro-v1:0", "--kind", "image"], 3, ""),
    ])
    func `a new model makes what its relatives make`(arguments: [String], status: Int32, text: String) async throws {
        let project = try TemporaryProject.shipped()
        let result = await World(directory: project.root).run(["onboard", "--dry-run"] + arguments)
        #expect(result.status == status, "\(result.error)")
        #expect((result.output + result.error).contains(text), "\(result.output)\(result.error)")
        #expect(result.output.contains("kind:") == text.hasPrefix("kind:"))
    }

    @Test func `an id in other letters is a slip, also in a dry run`() async throws {
        let project = try TemporaryProject.shipped()
        let result = await World(directory: project.root).run("onboard", "Amazon.Nova-Pro-v1:0", "--dry-run")
        #expect(result.status == 3)
        #expect(result.error.contains("did you mean 'amazon.nova-pro-v1:0'?"))
    }

    @Test func `a model that no region lists any more is told before it is made`() async throws {
        let project = try TemporaryProject.shipped()
        let result = await World(directory: project.root).run("onboard", "anthropic.claude-v2:1", "--dry-run")
        #expect(result.error.hasPrefix("note   facts"))
        #expect(result.error.contains("'botctl catalog list' shows the models that can be called"))
    }

    @Test func `a bot that changes pictures is asked with a picture of the project, over whatever template`()
        async throws
    {
        let cut = "model: stability.stable-fast-upscale-v1:0\nsmoke: []\n"
        let project = try TemporaryProject.shipped(["bots.d/cut.yaml": cut])
        let world = World(directory: project.root)
        let model = "stability.stable-image-remove-background-v1:0"
        let result = await world.run("onboard", model)
        #expect(result.status == 0, "\(result.error)")
        #expect(result.error.contains("lighthouse pass"))
        #expect(result.error.contains("with smoke/picture.png"))
        #expect(project.files.contains("smoke/picture.png"))
        #expect(await world.run("validate").status == 0)
        let key = ["POE_ACCESS_KEY": "0123456789abcdefghijklmnopqrstuv"]
        // The other bot has no case of its own: that it asks for a picture is all that is seen of it.
        let deploy = await world.run(["deploy", "--yes"], variables: key)
        #expect(deploy.status == 0, "\(deploy.error)")
        let again = try TemporaryProject.shipped(["bots.d/cut.yaml": "model: stability.stable-fast-upscale-v1:0\n"])
        try again.write(
            project.text("templates/DEFAULT_IMAGE_CONFIG.yaml") ?? "", to: "templates/DEFAULT_IMAGE_CONFIG.yaml")
        let other = World(directory: again.root)
        #expect(await other.run("show", "cut", "--origin").output.contains("left out: the model needs one"))
        #expect(await other.run("validate").output.contains("BOT062"))
    }

    @Test func `a template that is broken breaks the bots over it`() async throws {
        let project = try TemporaryProject([
            "bots.d/seed.yaml": "model: amazon.nova-lite-v1:0\n",
            "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temprature: 1}\n",
        ])
        let before = project.files
        let result = await World(directory: project.root).run("onboard", "amazon.nova-micro-v1:0")
        #expect(result.status == 3, "\(result.error)")
        #expect(result.error.contains("templates/DEFAULT_CHAT_CONFIG.yaml:1:14: error[BOT012]"))
        #expect(project.files == before)
    }

    @Test func `a maker without a model that chats is told what could be made`() async throws {
        let project = try TemporaryProject.shipped()
        let result = await World(directory: project.root).run("new", "--for-all", "stability")
        #expect(result.status == 1)
        #expect(result.output == "")
        #expect(result.error.contains("Stability AI has no model that chats"))
        #expect(result.error.contains("'botctl new --model stability."))
    }

    @Test func `a message is told once`() async throws {
        let project = try TemporaryProject.shipped()
        let result = await World(directory: project.root).run("onboard", "nova lite")
        #expect(result.error.split(separator: "is no model id", omittingEmptySubsequences: false).count == 2)
        #expect(result.error.hasPrefix("failed facts"))
        let json = await World(directory: project.root).run("onboard", "nova lite", "-o", "json")
        let steps = try JSONParser.parse(Array(json.output.utf8))["steps"]?.array
        #expect(steps?.first?["text"]?.string == "'nova lite' is no model id")
    }

    @Test func `facts say why they are there`() async throws {
        let project = try TemporaryProject.shipped([
            "bots.d/seed.yaml": """
            model: amazon.nova-lite-v1:0
            smoke: [{name: sum, prompt: What is 2 and 2?, expect: {contains: four hundred}}]

            """
        ])
        let world = World(directory: project.root)
        let corrected = await world.run("onboard", "amazon.nova-lite-v1:0", "--context-tokens", "5000")
        #expect(corrected.status == 4)
        let facts = project.text("catalog.d/nova-lite.yaml")
        #expect(facts?.contains("# What this project says of a model in place of botctl's catalog") == true)
        #expect(corrected.error.contains("catalog.d/nova-lite.yaml stays, as it is valid"))
        let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123abc123"
        let profile = await world.run("onboard", arn, "--name", "own")
        #expect(profile.status == 0, "\(profile.error)")
        #expect(project.text("catalog.d/own.yaml")?.contains("# An inference profile of an AWS account") == true)
        #expect(await world.run("validate").status == 0)
    }

    @Test(arguments: ["anthropic.claude-opus-5-5", "acme.rocket-2-v1:0"])
    func `nothing is longer than a terminal of eighty columns`(model: String) async throws {
        let project = try TemporaryProject(["bots.d/seed.yaml": "model: amazon.nova-lite-v1:0\n"])
        let result = await World(directory: project.root, width: 80, isTerminal: true).run(
            "onboard", model, "--dry-run", "--yes")
        #expect(result.status == 0)
        for line in (result.output + result.error).split(separator: "\n") {
            let plain = line.replacing(#/\u{1B}\[[0-9;]*[mK]/#, with: "").split(separator: "\r").last ?? ""
            #expect(plain.count <= 80, "\(plain)")
        }
    }

    @Test(arguments: [["TERM": "dumb"], ["CI": "true"]])
    func `a terminal that cannot be drawn over gets lines only`(variables: [String: String]) async throws {
        let project = try TemporaryProject.shipped()
        let result = await World(directory: project.root, isTerminal: true).run(
            ["onboard", "amazon.nova-micro-v1:0", "--dry-run"], variables: variables)
        #expect(result.status == 0)
        #expect(!result.error.contains("\r"))
        #expect(!result.error.contains("\u{1B}[K"))
    }

    @Test func `without credentials the real service is not called`() async throws {
        let project = try TemporaryProject.shipped()
        let result = await World(directory: project.root).run(
            ["onboard", "amazon.nova-micro-v1:0", "--live"], variables: ["AWS_EC2_METADATA_DISABLED": "true"])
        #expect(result.status == 1)
        #expect(result.error.contains("AWS_ACCESS_KEY_ID"))
        #expect(project.files.count == 2)
    }
}
