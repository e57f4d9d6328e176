import JSONCoding
import TestSupport
import Testing

struct HelpTests {
    private static let commands = [
        "init", "new", "onboard", "validate", "list", "show", "explain", "diff", "deploy", "history", "key", "serve",
        "simulate", "smoke", "chat", "sync", "up",
    ]

    @Test(arguments: commands)
    func `the help of a command is known, and holds an example`(command: String) async {
        let result = await World([:], width: 100).run(command, "--help")
        #expect(result.status == 0)
        #expect(result.output.contains("EXAMPLES"))
        #expect(result.output.contains("botctl \(command)"))
        #expect(Golden.difference(of: result.output, from: Golden.folder() + "/help/\(command).txt") == nil)
    }

    @Test func `the help without a command says where to start`() async {
        let result = await World([:]).run()
        #expect(result.status == 0)
        #expect(Golden.difference(of: result.output, from: Golden.folder() + "/help/botctl.txt") == nil)
    }

    @Test func `the version is one line`() async {
        let result = await World([:]).run("--version")
        #expect(result.status == 0)
        #expect(result.output == "0.1.0\n")
    }

    @Test func `what stands in lines of its own fits a narrow terminal`() async throws {
        let dump = try JSONParser.parse(Array(await World([:]).run("--experimental-dump-help").output.utf8))
        let texts = dump["command"].map(Self.discussions) ?? []
        #expect(texts.count > 10)
        let lines = texts.flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix(" ") }
        #expect(lines.filter { $0.count > 78 } == [])
    }

    private static func discussions(of command: JSONValue) -> [String] {
        [command["discussion"]?.string].compactMap(\.self)
            + (command["subcommands"]?.array ?? []).flatMap(discussions)
    }

    @Test(arguments: [
        (["onbord", "x"], "botctl onbord", "did you mean 'botctl onboard'?"),
        (["config", "shwo"], "botctl config shwo", "did you mean 'botctl config show'?"),
        (["help", "valdate"], "botctl valdate", "did you mean 'botctl validate'?"),
        (["frobnicate"], "botctl frobnicate", "'botctl --help' shows the commands"),
    ])
    func `a command that there is not is a usage error`(arguments: [String], command: String, hint: String) async {
        let result = await World([:]).run(arguments)
        #expect(result.status == 64)
        #expect(result.error == "error: there is no command '\(command)'\n  help: \(hint)\n")
    }

    @Test(arguments: [["frobnicate", "-o", "json"], ["list", "--bogus", "-o=json"], ["list", "--bogus", "-ojson"]])
    func `a usage error is one JSON document where that is asked for`(arguments: [String]) async throws {
        let result = await World([:]).run(arguments)
        #expect(result.status == 64)
        #expect(try JSONParser.parse(Array(result.output.utf8))["error"]?["status"] == 64)
    }

    @Test func `a misspelt flag is an error with the right one`() async {
        let result = await World([:]).run("validate", "--strct")
        #expect(result.status == 64)
        #expect(
            result.error == """
                error: unknown option '--strct'
                  help: did you mean '--strict'?
                  usage: botctl validate [<names> ...] [<options>]

                """)
    }

    @Test(arguments: [
        (["catalog", "list", "--capability", "vison"], "did you mean 'vision'?"),
        (
            ["catalog", "list", "--kind", "picture"],
            "one of: text, image, image_edit, video, embedding, rerank, speech"
        ),
        (["list", "-o", "jsn"], "did you mean 'json'?"), (["list", "-o", "xml"], "one of: human, json"),
        (["show"], "<name> The bot's name."), (["list", "--frobnicate"], "'botctl list --help' says more"),
    ])
    func `a value or option that there is not is told in two lines`(arguments: [String], hint: String) async {
        let result = await World([:]).run(arguments)
        #expect(result.status == 64)
        let lines = result.error.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix("error: ") == true)
        #expect(lines.dropFirst().first == "  help: \(hint)")
        #expect(lines.last?.hasPrefix("  usage: botctl \(arguments[0])") == true)
    }

    @Test func `what a command says of its own value is not wrapped in the parser's words`() async {
        let result = await World([:]).run("validate", "-o", "xml")
        #expect(result.error.hasPrefix("error: -o: 'xml' is no format; formats: human, json, github, sarif, junit\n"))
    }

    @Test(arguments: [
        ["-C", "/project", "list"], ["--directory=/project", "list"], ["-C", "/project", "-o", "human", "list"],
        ["-e", "local", "config", "show"], ["-C", "/project", "explain", "BOT012"],
    ])
    func `common options may stand before the command`(arguments: [String]) async {
        let result = await World(["bots.d/a.yaml": "model: amazon.nova-micro-v1:0"]).run(arguments)
        #expect(result.status == 0, "\(result.error)")
    }

    @Test(arguments: [
        (["-C", "/project"], "no command follows '-C /project'"), (["-C"], "no command follows '-C'"),
        (["-C", "/project", "lst"], "there is no command 'botctl lst'"),
        (["-C", "/nowhere", "list"], "there is no directory /nowhere"),
    ])
    func `options before a command that there is not are an error`(arguments: [String], message: String) async {
        let result = await World([:]).run(arguments)
        #expect(result.status != 0)
        #expect(result.error.hasPrefix("error: \(message)\n"))
    }

    @Test func `options before the command do not hide the help`() async {
        #expect(await World([:]).run("-C", "/project", "--help").output.hasPrefix("OVERVIEW: "))
    }
}
