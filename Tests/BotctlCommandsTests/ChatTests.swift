import JSONCoding
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ChatTests {
    private static let pong = "Reply with the single word pong."

    private func chat(
        _ arguments: String..., files: [String: String] = [:], isTerminal: Bool = false, input: [String] = []
    ) async throws -> World.Result {
        let project = try TemporaryProject.shipped(files)
        let world = World(directory: project.root, isTerminal: isTerminal, input: input)
        return await world.run(["chat"] + arguments)
    }

    @Test func `an answer is all that is on standard output`() async throws {
        let result = try await chat("seed", Self.pong)
        #expect(result.status == 0)
        #expect(result.output == "pong\n")
        #expect(result.error == "")
    }

    @Test func `words need no quotes`() async throws {
        let result = try await chat("seed", "Reply", "with", "the", "single", "word", "pong.")
        #expect(result.output == "pong\n")
    }

    @Test func `without a prompt and a terminal standard input is the question`() async throws {
        let result = try await chat("seed", input: ["Reply with the single ", "word pong.\n"])
        #expect(result.status == 0)
        #expect(result.output == "pong\n")
        let empty = try await chat("seed")
        #expect(empty.status == 64)
        #expect(empty.error.contains("there is no question"))
    }

    @Test func `what comes by standard input stands below the prompt`() async throws {
        let result = try await chat("seed", "Be brief.", input: ["", "Reply with the single ", "word pong.\n"])
        #expect(result.status == 0)
        #expect(result.output == "pong\n")
        #expect(result.error == "")
        // A person who types is not waited for.
        let typed = try await chat("seed", Self.pong, isTerminal: true, input: ["Reply with the single word ping."])
        #expect(typed.output == "pong\n")
    }

    @Test func `who waits for standard input that does not come is told so, once`() async throws {
        let silence = Array(repeating: "", count: 120)
        let result = try await chat("seed", Self.pong, input: silence + ["\n"])
        #expect(result.output == "pong\n")
        #expect(result.error == "waiting for standard input, which is no terminal; '</dev/null' sends nothing\n")
    }

    @Test(arguments: ["SEED", "Seed", "SECOND"])
    func `the case of a name does not matter, as it does not at the doors`(name: String) async throws {
        let files = ["bots.d/seed.yaml": "model: amazon.nova-micro-v1:0\naliases: [second]\n"]
        let result = try await chat(name, Self.pong, files: files)
        #expect(result.output == "pong\n")
        let shown = await World(["bots.d/seed.yaml": "model: amazon.nova-micro-v1:0\naliases: [second]\n"])
            .run("show", name)
        #expect(shown.status == 0)
    }

    @Test(arguments: [
        ("127.0.0.1:8080", "write http://127.0.0.1:8080"), ("localhost:8080", "write http://localhost:8080"),
        ("bots.example.com", "write https://bots.example.com"), ("ftp://a.example", "write https://a.example"),
    ])
    func `a gateway without a scheme is told how it is written`(url: String, hint: String) async {
        for arguments in [["chat", "x", "Hello"], ["smoke"]] {
            let result = await World([:]).run(
                arguments + ["--url", url], variables: ["POE_ACCESS_KEY": "key"])
            #expect(result.status == 64)
            #expect(result.error.contains("  help: \(hint)\n"), "\(result.error)")
        }
    }

    @Test func `a terminal without a prompt is a conversation until an empty line`() async throws {
        let result = try await chat(
            "seed", isTerminal: true,
            input: [Self.pong + "\n", "", "", "Reply with the single word ping.\n", "", "", "\n"])
        #expect(result.status == 0)
        #expect(result.output == "pong\nping\n")
        #expect(result.error.contains("over simulator"))
    }

    @Test func `several bots answer under their names, in their order`() async throws {
        let files = ["bots.d/other.yaml": "model: amazon.nova-micro-v1:0\naliases: [second]\n"]
        let result = try await chat("@second @seed", Self.pong, files: files)
        #expect(result.status == 0)
        #expect(result.output == "@other\npong\n\n@seed\npong\n")
    }

    @Test func `who may have meant two bots is told how both are asked`() async throws {
        let files = ["bots.d/other.yaml": "model: amazon.nova-micro-v1:0\naliases: [second]\n"]
        let result = try await chat("seed", "@second", Self.pong, files: files)
        #expect(result.output == "pong\n")
        #expect(result.error == "'@second' is a part of the question; '@seed @second' asks both bots\n")
        #expect(try await chat("seed", "@nobody", Self.pong, files: files).error == "")
        #expect(try await chat("@seed", "@second", Self.pong, files: files).error == "")
    }

    @Test func `a value can be laid over the bot`() async throws {
        let result = try await chat("seed", "Hello", "--set", "enabled=false")
        #expect(result.status == 1)
        #expect(result.error.hasPrefix("error: seed: "))
    }

    @Test func `an unknown bot is an error with the one that was meant`() async throws {
        let result = try await chat("sed", "Hello")
        #expect(result.status == 1)
        #expect(result.error == "error: there is no bot 'sed'\n  help: did you mean 'seed'?\n")
    }

    @Test func `errors in other files stand in nobody's way, those of the bot do`() async throws {
        let files = ["bots.d/broken.yaml": "model: 7\nfrobnicate: 1\n"]
        let other = try await chat("seed", Self.pong, files: files)
        #expect(other.status == 0)
        #expect(other.error.contains("in other files of the project"))
        let own = try await chat("broken", Self.pong, files: files)
        #expect(own.status == 3)
        #expect(own.error.contains("bots.d/broken.yaml:2:1"))
    }

    @Test func `each event is a line of JSON`() async throws {
        let result = try await chat("seed", Self.pong, "--json")
        #expect(result.status == 0)
        let lines = try result.output.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
        #expect(lines.allSatisfy { $0["bot"] == "seed" })
        #expect(lines.first?["event"] == "begin")
        #expect(lines.first?["format_version"] == 1)
        #expect(lines.first?["upstream"] == "simulator")
        #expect(lines.compactMap { $0["event"] == "text" ? $0["text"]?.string : nil }.joined() == "pong")
        #expect(lines.last?["event"] == "end")
        #expect(lines.last?["result"] == "answered")
    }

    @Test func `what stops the command is a line of JSON too`() async throws {
        let result = try await chat("sed", "Hello", "--json")
        let line = try JSONParser.parse(Array(result.output.utf8))
        #expect(result.output.split(separator: "\n").count == 1)
        #expect(line["event"] == "failure")
        #expect(line["error"]?["status"] == 1)
    }

    @Test func `a file that cannot be read is named before anybody is asked`() async throws {
        let result = try await chat("seed", "What is it?", "--attach", "no.png")
        #expect(result.status == 1)
        #expect(result.error.hasPrefix("error: cannot read 'no.png': "))
    }

    @Test func `a gateway that is not there is an error that says what starts one`() async throws {
        let result = await World([:]).run(
            "chat", "x", "Hello", "--url", "http://127.0.0.1:1", variables: ["POE_ACCESS_KEY": "key"])
        #expect(result.status == 1)
        #expect(result.error.contains("'botctl up' starts one"))
        let keyless = await World([:]).run("chat", "x", "Hello", "--url", "http://127.0.0.1:1")
        #expect(keyless.error.contains("no access key for 'x'"))
    }

    @Test func `a key that the project refers to goes to the environment's own gateway only`() async throws {
        let project = try TemporaryProject.shipped([
            "botctl.yaml": "environments: {local: {gateway: {url: \"http://127.0.0.1:1/\"}}}\n"
        ])
        let variables = ["POE_ACCESS_KEY_SEED": "0123456789abcdefghijklmnopqrstuv"]
        func ask(at url: String) async -> World.Result {
            await World(directory: project.root).run("chat", "seed", "Hello", "--url", url, variables: variables)
        }
        #expect(await ask(at: "http://127.0.0.1:1").error.contains("'botctl up' starts one"))
        #expect(await ask(at: "http://127.0.0.1:2").error.contains("no access key for 'seed'"))
    }

    @Test(arguments: ["http://bots.example.com", "http://134744072/"])
    func `no key is sent in clear across the internet`(url: String) async throws {
        let result = await World([:]).run("chat", "x", "Hello", "--url", url, variables: ["POE_ACCESS_KEY": "key"])
        #expect(result.status == 1)
        #expect(result.error.contains("without encryption"))
    }

    @Test(arguments: [
        ["chat"], ["chat", "@"], ["chat", "x", "y", "--deployed", "--url", "http://a"],
        ["chat", "x", "y", "--deployed", "--set", "a=b"], ["chat", "x", "y", "--url", "http://a", "--live"],
    ])
    func `what contradicts itself is a usage error`(arguments: [String]) async {
        #expect(await World([:]).run(arguments).status == 64)
    }
}
