import JSONCoding
import TestSupport
import Testing

struct ExplainTests {
    @Test func `a page is shown for reading, without a project`() async {
        let result = await World([:], width: 80).run("explain", "BOT012")
        #expect(result.status == 0)
        #expect(result.error == "")
        #expect(Golden.difference(of: result.output, from: Golden.folder() + "/explain/BOT012.txt") == nil)
    }

    @Test func `a terminal shows what is to be typed in colour, without quotes around it`() async {
        let result = await World([:], width: 80, isTerminal: true).run("explain", "BOT062")
        #expect(Golden.difference(of: result.output, from: Golden.folder() + "/explain/BOT062-colored.txt") == nil)
    }

    @Test(arguments: ["bot012", "unknown-key", "Unknown-Key"])
    func `a code is found by its name too, case aside`(subject: String) async {
        let world = World([:])
        let byName = await world.run("explain", subject)
        let byCode = await world.run("explain", "BOT012")
        #expect(byName.status == 0)
        #expect(byName.output == byCode.output)
    }

    @Test func `scripts get the page as JSON`() async throws {
        let result = await World([:]).run("explain", "BOT062", "-o", "json")
        let page = try JSONParser.parse(Array(result.output.utf8))
        #expect(page["code"] == "BOT062" && page["name"] == "no-smoke-cases")
        #expect(page["severity"] == "warning" && page["rule"] == true)
        #expect(page["wrong"]?.array?.first?["path"] == "bots.d/nova-micro.yaml")
    }

    @Test func `without an argument all codes are listed`() async throws {
        let result = await World([:]).run("explain")
        #expect(Golden.difference(of: result.output, from: Golden.folder() + "/explain/codes.txt") == nil)
        let json = try JSONParser.parse(Array(await World([:]).run("explain", "-o", "json").output.utf8))
        #expect(json["codes"]?.array?.count == result.output.split(separator: "\n").count - 1)
    }

    @Test(arguments: ["BOT112", "bot9999999"])
    func `a code that does not exist is an error with the next step, and no guess`(code: String) async {
        let result = await World([:]).run("explain", code)
        #expect(result.status == 1)
        #expect(result.output == "")
        #expect(
            result.error == "error: there is no code '\(code.uppercased())'\n"
                + "  help: 'botctl explain' shows all codes\n")
    }

    @Test(arguments: ["BOT12", "bot0012", "12", "B012", "bot-12"])
    func `a code in another spelling is told the right one`(code: String) async {
        let result = await World([:]).run("explain", code)
        #expect(result.status == 1)
        #expect(result.error.contains("did you mean 'BOT012'?"))
    }

    @Test func `a kind of failure is explained as logs name it`() async throws {
        let result = await World([:], width: 80).run("explain", "Unauthorized")
        #expect(result.status == 0)
        #expect(Golden.difference(of: result.output, from: Golden.folder() + "/explain/unauthorized.txt") == nil)
        let json = try JSONParser.parse(Array(await World([:]).run("explain", "modelError", "-o", "json").output.utf8))
        #expect(json["failure_kind"]?["kind"] == "modelError")
        #expect(json["failure_kind"]?["upstream_names"]?.array?.contains("ModelErrorException") == true)
        let upstream = await World([:], width: 80).run("explain", "throttlingexception")
        #expect(
            Golden.difference(of: upstream.output, from: Golden.folder() + "/explain/ThrottlingException.txt") == nil)
    }

    @Test(arguments: [("overladed", "overloaded"), ("misconfigurd", "misconfigured")])
    func `what is nearly a kind of failure is told the kind`(name: String, kind: String) async {
        let result = await World([:]).run("explain", name)
        #expect(result.status == 1)
        #expect(result.error.contains("did you mean '\(kind)'?"))
    }

    @Test(arguments: [["-e", "nowhere"], []])
    func `a key is explained where the project is broken`(arguments: [String]) async {
        let world = World(["botctl.yaml": "environments: {", "bots.d/a.yaml": ""])
        let result = await world.run(["explain", "model.id"] + arguments)
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("model.id\n"))
    }
}
