import Testing

struct CompletionTests {
    private let world = World([
        "botctl.yaml": "environments: {local: {}, staging: {upstream: simulator}}",
        "bots.d/nova.yaml": "model: amazon.nova-micro-v1:0", "bots.d/broken.yml": "[", "bots.d/.hidden.yaml": "",
        "bots.d/notes.txt": "", "templates/DEFAULT_CHAT_CONFIG.yaml": "", "templates/SUPPORT.yaml": "",
    ])

    /// What a shell is offered: the parser's own request, as the generated scripts make it.
    private func offered(_ command: String, _ argument: String, words: [String] = [], in world: World? = nil)
        async -> (World.Result, [String])
    {
        let path = command.split(separator: " ").map(String.init)
        let all = ["botctl"] + path + words + [""]
        let result = await (world ?? self.world).run(
            ["---completion"] + path + ["--", argument, "\(all.count - 1)", "0"] + all)
        // The parser remembers for the whole process that a script for zsh was made, and then adds a blank for it.
        return (result, result.output.split(separator: "\n").map(String.init).filter { $0 != " " })
    }

    @Test func `bots are offered by name, broken ones too`() async {
        let (result, names) = await offered("show", "positional@0")
        #expect(result.status == 0, "\(result.error)")
        #expect(names == ["broken", "nova"])
    }

    @Test func `environments, templates and models are offered`() async {
        #expect(await offered("deploy", "--environment").1 == ["local", "staging"])
        #expect(await offered("new", "--template").1 == ["DEFAULT_CHAT_CONFIG", "SUPPORT"])
        let models = await offered("onboard", "positional@0").1
        #expect(models.contains("anthropic.claude-sonnet-5-5"))
        #expect(models.contains("amazon.nova-canvas-v1:0"))
        #expect(!models.contains("amazon.titan-embed-text-v2:0"))
        #expect(await offered("new", "--for-all").1.contains("anthropic"))
    }

    @Test func `explain is offered codes, keys, bots and kinds of files`() async {
        let names = await offered("explain", "positional@0").1
        for name in ["BOT012", "nova", "parameters.temperature", "smoke[].expect.contains", "botctl.yaml"] {
            #expect(names.contains(name))
        }
    }

    @Test func `once a bot is named its keys are offered`() async {
        let all = ["botctl", "explain", "nova.par"]
        let result = await world.run(["---completion", "explain", "--", "positional@0", "2", "8"] + all)
        let keys = result.output.split(separator: "\n").map(String.init).filter { $0 != " " }
        #expect(keys.contains("nova.parameters.temperature"))
        #expect(keys.allSatisfy { $0.hasPrefix("nova.") })
    }

    @Test func `the catalog's ids, makers and regions are offered, with the project's own`() async {
        let world = World(["catalog.d/rocket.yaml": "id: acme.rocket-2-v1:0\nkind: text\n", "bots.d/a.yaml": ""])
        #expect(await offered("catalog show", "positional@0", in: world).1.contains("acme.rocket-2-v1:0"))
        #expect(await offered("new", "--model", in: world).1.contains("acme.rocket-2-v1:0"))
        #expect(await offered("catalog list", "--maker").1.contains("anthropic"))
        #expect(await offered("catalog list", "--region").1.contains("eu-west-1"))
        #expect(await offered("new", "--region").1.contains("eu-west-1"))
    }

    @Test func `validate is offered bots and their files`() async {
        #expect(
            await offered("validate", "positional@0").1 == [
                "broken", "nova", "bots.d/broken.yml", "bots.d/nova.yaml",
            ])
    }

    @Test func `where there is no project nothing is offered and nothing is said`() async {
        for argument in [("show", "positional@0"), ("deploy", "--environment"), ("new", "--template")] {
            let (result, names) = await offered(argument.0, argument.1, in: World([:]))
            #expect(result.status == 0)
            #expect(names == [])
            #expect(result.error == "")
        }
    }

    @Test func `the project that -C names is looked at`() async {
        let (_, names) = await offered("show", "positional@0", words: ["-C", "/project"], in: world)
        #expect(names == ["broken", "nova"])
        #expect(await offered("show", "positional@0", words: ["--directory=/nowhere"]).1 == [])
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `each shell has a script`(shell: String) async {
        let result = await World([:]).run("--generate-completion-script", shell)
        #expect(result.status == 0)
        #expect(result.output.contains("onboard"))
        #expect(result.output.contains("---completion"))
    }
}
