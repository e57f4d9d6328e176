import TestSupport
import Testing

struct HelpTests {
    private static let commands = [
        "init", "new", "onboard", "validate", "list", "show", "explain", "diff", "deploy", "history", "serve",
        "simulate", "smoke", "up",
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
}
