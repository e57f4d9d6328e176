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
        let all = ["botctl", command] + words + [""]
        let result = await (world ?? self.world).run(
            ["---completion", command, "--", argument, "\(all.count - 1)", "0"] + all)
        return (result, result.output.split(separator: "\n").map(String.init))
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
        #expect(!models.contains("amazon.nova-canvas-v1:0"))
        #expect(await offered("new", "--for-all").1.contains("anthropic"))
    }

    @Test func `codes are offered beside bots`() async {
        let names = await offered("explain", "positional@0").1
        #expect(names.contains("BOT012"))
        #expect(names.contains("nova"))
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
