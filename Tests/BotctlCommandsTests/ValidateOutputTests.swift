import Foundation
import JSONCoding
import TestSupport
import Testing

/// The formats of `validate`, and where they go.
struct ValidateOutputTests {
    private static let broken = [
        "bots.d/key.yaml": "model: amazon.nova-micro-v1:0\nparameters: {temprature: 0.7}\n",
        "bots.d/good.yaml": "model: amazon.nova-micro-v1:0\n", "templates/DEFAULT_CHAT_CONFIG.yaml": template,
    ]
    private static let template = "smoke: [{name: pong, prompt: Say pong., expect: {contains: pong}}]\n"
    private static let formats = ["human", "json", "github", "sarif", "junit"]

    /// Runs a command line in a project on disk, and gives what it left in files.
    private func run(_ arguments: String..., files: [String: String] = broken) async throws -> (
        result: World.Result, written: [String: String]
    ) {
        let root = FileManager.default.temporaryDirectory.path + "/botctl-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        for (path, text) in files {
            let file = root + "/project/" + path
            try FileManager.default.createDirectory(
                atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        }
        let result = await World(directory: root + "/project").run(arguments)
        var written: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: root + "/project") where name.contains("out") {
            written[name] = try String(contentsOfFile: root + "/project/" + name, encoding: .utf8)
        }
        return (result, written)
    }

    @Test(arguments: formats)
    func `each format goes to standard output`(format: String) async {
        let result = await World(Self.broken).run("validate", "-o", format)
        #expect(result.status == 3)
        #expect(result.output.contains("BOT012"))
        #expect(result.error == (["human", "github"].contains(format) ? "invalid: 1 error in 1 file\n" : ""))
    }

    @Test(arguments: formats)
    func `each format goes to a file, whole, and then standard output holds nothing`(format: String) async throws {
        let (result, written) = try await run("validate", "-o", "\(format)=out.txt")
        #expect(result.status == 3)
        #expect(result.output == "")
        #expect(result.error == "invalid: 1 error in 1 file\n")
        #expect(written["out.txt"]?.contains("BOT012") == true)
    }

    @Test func `several formats are written in one run`() async throws {
        let (result, written) = try await run("validate", "-o", "human", "-o", "sarif=out.sarif", "-o", "junit=out.xml")
        #expect(result.output.contains("error[BOT012]"))
        #expect(written.keys.sorted() == ["out.sarif", "out.xml"])
        #expect(written["out.sarif"]?.contains("\"bots.d/key.yaml\"") == true)
    }

    @Test func `a valid project leaves its word in a file for people`() async throws {
        let (result, written) = try await run(
            "validate", "-o", "human=out.txt",
            files: [
                "bots.d/good.yaml": "model: amazon.nova-micro-v1:0\n",
                "templates/DEFAULT_CHAT_CONFIG.yaml": Self.template,
            ])
        #expect(result.status == 0)
        #expect(written["out.txt"]?.contains("ok: 1 bot in 1 file, environment local\n") == true)
    }

    @Test(arguments: [
        (["-o", "human", "-o", "sarif"], "only one output can go to standard output, not human and sarif"),
        (["-o", "xml"], "'xml' is no format; formats: human, json, github, sarif, junit"),
        (["-o", "sarf"], "did you mean 'sarif'?"), (["-o", "sarif="], "'sarif=' names no file; write sarif=FILE"),
        (["-o", "sarif=a", "-o", "json=a"], "two outputs name the same file"),
    ])
    func `outputs that make no sense are a usage error`(arguments: [String], message: String) async {
        let result = await World(Self.broken).run(["validate"] + arguments)
        #expect(result.status == 64)
        #expect(result.output == "")
        #expect(result.error.contains(message))
    }

    @Test func `the variable names a format too, and a flag wins over it`() async throws {
        let world = World(Self.broken)
        let json = await world.run(["validate"], variables: ["BOTCTL_OUTPUT": "json"])
        #expect(try JSONParser.parse(Array(json.output.utf8))["valid"] == false)
        let human = await world.run(["validate", "-o", "human"], variables: ["BOTCTL_OUTPUT": "json"])
        #expect(human.output.hasPrefix("bots.d/key.yaml:2:14: error[BOT012]"))
        let wrong = await world.run(["validate"], variables: ["BOTCTL_OUTPUT": "xml"])
        #expect(wrong.status == 64)
        #expect(wrong.error.contains("BOTCTL_OUTPUT: 'xml' is no format"))
    }

    @Test func `in a GitHub job nothing changes by itself`() async {
        let plain = await World(Self.broken).run("validate")
        let job = await World(Self.broken).run(["validate"], variables: ["GITHUB_ACTIONS": "true", "CI": "true"])
        #expect(job.output == plain.output)
    }

    @Test func `a terminal gets lines that fit, a pipe gets them whole`() async {
        let long = ["bots.d/key.yaml": "model: amazon.nova-micro-v1:0\nlimits: {zzzzzzzzzzz: 1}\n"]
        let terminal = await World(long, width: 60, isTerminal: true).run("validate")
        #expect(
            terminal.output.split(separator: "\n").allSatisfy { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "").count <= 60 }
        )
        let pipe = await World(long, width: 60).run("validate")
        #expect(
            pipe.output.contains("help: valid here: max_concurrent, requests_per_minute, first_token_timeout, idle"))
    }

    @Test(arguments: ["json", "sarif", "junit", "github"])
    func `a run that fails says so in every output`(format: String) async throws {
        let (result, written) = try await run("validate", "-e", "nowhere", "-o", format, "-o", "\(format)=out.txt")
        #expect(result.status == 1)
        #expect(result.error.hasPrefix("error: there is no environment 'nowhere'\n"))
        #expect(result.output.contains("there is no environment 'nowhere'"))
        #expect(written["out.txt"] == result.output)
    }

    @Test func `one file that cannot be written keeps no other from being written`() async throws {
        let (result, written) = try await run("validate", "-o", "json", "-o", "junit=bots.d", "-o", "sarif=out.sarif")
        #expect(result.status == 1)
        #expect(try JSONParser.parse(Array(result.output.utf8))["valid"] == false)
        #expect(result.error.hasPrefix("error: cannot write bots.d: it is no file\n"))
        #expect(written["out.sarif"]?.contains("BOT012") == true)
    }

    @Test(arguments: ["sarif", "github", "junit", "human", "sarif=out.sarif"])
    func `a command without a format of the variable writes for people`(format: String) async {
        let world = World(["bots.d/good.yaml": "model: amazon.nova-micro-v1:0\n"])
        let result = await world.run(["list"], variables: ["BOTCTL_OUTPUT": format])
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("BOT "))
    }

    @Test(arguments: ["validate", "list"])
    func `a format that no command has is one and the same error`(command: String) async {
        let result = await World(Self.broken).run([command], variables: ["BOTCTL_OUTPUT": "sarf"])
        #expect(result.status == 64)
        #expect(result.error == "error: BOTCTL_OUTPUT: 'sarf' is no format; did you mean 'sarif'?\n")
    }

    @Test func `a result that nobody got is a failure`() async {
        let result = await World([:]).run(["explain", "BOT012"], outputLoss: "no space left on device")
        #expect(result.status == 1)
        #expect(result.error == "error: cannot write to standard output: no space left on device\n")
    }
}
