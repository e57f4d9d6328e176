import TestSupport
import Testing

struct ManualTests {
    @Test func `the committed manual is that of this botctl`() async {
        let result = await World([:]).run("generate", "manual")
        #expect(result.status == 0)
        #expect(
            Golden.difference(of: result.output, from: ShippedBotsTests.root + "/docs/man/botctl.1") == nil,
            "'botctl generate manual > docs/man/botctl.1' writes it")
    }

    @Test func `it has a section for every command`() async {
        let page = await World([:]).run("generate", "manual").output
        for command in ["init", "onboard", "validate", "deploy", "up", "generate manual"] {
            #expect(page.contains("\n.SS botctl \(command)\n"))
        }
        #expect(!page.contains("\n.SS botctl help"))
        #expect(page.contains("\nHow log lines look on standard error. One of: human, json.\n"))
        #expect(page.contains("\n.SH ENVIRONMENT\n") && page.contains("\n.B BOTCTL_OUTPUT\n"))
        #expect(page.contains("\n.TP 13n\n1. facts\n") && page.contains("\n.TP 4n\n1.\nvalidates"))
        // Every line is text or a macro that man(7) knows.
        let macros = ["TH", "SH", "SS", "TP", "PP", "PD", "B", "I", "RS", "RE", "nf", "fi", "br", "\\\""]
        for line in page.split(separator: "\n") where line.hasPrefix(".") {
            let macro = line.dropFirst().prefix { $0 != " " }
            #expect(macros.contains(String(macro)), "\(line)")
        }
    }
}
