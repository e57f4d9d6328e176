import Testing

/// What commands say of a project that is deployed, with nobody at the places that it names.
@Suite(.timeLimit(.minutes(1)))
struct DeployedProjectTests {
    private static let variables = ["POE_ACCESS_KEY": "0123456789abcdefghijklmnopqrstuv"]
    /// A label that is longer than names can be, so that nobody is asked for it.
    private static let nowhere = String(repeating: "x", count: 64) + ".invalid"

    private func project(poe: String = "https://api.poe.com") async throws -> TemporaryProject {
        let project = try TemporaryProject.shipped([
            "botctl.yaml": """
            environments:
              local: {gateway: {url: "http://127.0.0.1:1"}, poe: {base_url: "\(poe)"}}
            """,
            "bots.d/a-bot-with-a-long-name.yaml": "model: amazon.nova-micro-v1:0\n",
        ])
        #expect(await run(["deploy", "--yes"], in: project).status == 0)
        return project
    }

    private func run(
        _ arguments: [String], in project: TemporaryProject, width: Int = 80, isTerminal: Bool = false
    ) async -> World.Result {
        await World(directory: project.root, width: width, isTerminal: isTerminal)
            .run(arguments, variables: Self.variables.merging(["NO_COLOR": "1", "TERM": "dumb"]) { $1 })
    }

    @Test func `a smoke test tells each bot once, and where the gateway is looked for`() async throws {
        let result = await run(["smoke"], in: try await project())
        #expect(result.status == 4)
        #expect(result.output.contains("no gateway at http://127.0.0.1:1: no connection: Connection refused"))
        #expect(!result.error.contains("seed"))
        #expect(result.error.contains("help: nothing answers at http://127.0.0.1:1, which 'gateway.url' of 'local'"))
        let elsewhere = await run(["smoke", "--url", "http://127.0.0.1:2"], in: try await project())
        #expect(!elsewhere.error.contains("gateway.url"))
    }

    @Test func `a sync tells each bot once, in words for people`() async throws {
        let result = await run(["sync"], in: try await project(poe: "https://\(Self.nowhere)"))
        #expect(result.status == 1)
        #expect(result.output.contains("no connection: no host '\(Self.nowhere)' is found"))
        #expect(!result.output.contains("Error"))
        #expect(!result.error.contains("seed"))
    }

    @Test func `the id of a key is never broken, however narrow the terminal`() async throws {
        let project = try await project()
        let made = await run(
            ["key", "new", "--bot", "A-Bot-With-A-Long-Name", "--note", "a notebook of somebody", "--expires", "30d"],
            in: project)
        let id = try #require(made.error.firstMatch(of: /key-[0-9a-z]+/)).0
        let list = await run(["key", "list"], in: project, isTerminal: true)
        let lines = list.output.split(separator: "\n")
        #expect(lines.contains { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "").hasPrefix(id + "  ") })
        #expect(lines.contains { $0.contains("2026-11-21") && $0.contains("2026-12-21") })
    }

    @Test func `of a key that ends soon the minute is shown`() async throws {
        let project = try await project()
        _ = await run(["key", "new", "--bot", "seed", "--expires", "1h"], in: project)
        let list = await run(["key", "list"], in: project)
        #expect(list.output.contains(/2026-11-2[12] \d\d:\d\d/))
    }

    @Test func `a key for a bot that is not deployed yet says what comes first`() async throws {
        let project = try await project()
        try project.write("model: amazon.nova-micro-v1:0\n", to: "bots.d/new.yaml")
        let waiting = await run(["key", "new", "--bot", "new"], in: project)
        #expect(waiting.status == 1)
        #expect(waiting.error.contains("error: 'new' is not deployed in local\n  help: 'botctl deploy' does"))
        let misspelt = await run(["key", "new", "--bot", "sede"], in: project)
        #expect(misspelt.error.contains("'sede' is not deployed\n  help: did you mean 'seed'?"))
    }

    @Test func `what changes of a bot stands in columns`() async throws {
        let project = try await project()
        try project.write(
            "model: amazon.nova-lite-v1:0\nlabels: {a: b}\nparameters: {max_tokens: 100}\n", to: "bots.d/seed.yaml")
        let diff = await run(["diff"], in: project)
        #expect(diff.output.contains("    labels.a               (unset) -> b  "))
        #expect(diff.output.contains("    parameters.max_tokens  4096 -> 100  "))
    }
}
