import BotConfiguration
import Diagnostics
import FileAccess
import JSONCoding
import ModelCatalog
import TestSupport
import Testing

struct SmokeAttachmentTests {
    private func project(_ attachments: String, _ files: [String: String] = [:]) -> TestProject {
        TestProject(
            [
                "bots.d/x.yaml": """
                model: amazon.nova-lite-v1:0
                smoke:
                  - name: sees
                    prompt: What is it?
                    attachments: \(attachments)
                """
            ].merging(files) { $1 })
    }

    @Test func `a file is read with the project, and what is kept of it has its name and its bytes`() throws {
        let bot = try #require(try project("[pictures/cat.png]", ["pictures/cat.png": "miau"]).load().bots.first)
        #expect(bot.smoke.map(\.attachments) == [[ConfigFile(path: "cat.png", bytes: Array("miau".utf8))]])
        let stored = try #require(bot.storedSmoke)
        let text = #""attachments":[{"base64":"bWlhdQ==","name":"cat.png"}],"name":"sees""#
        #expect(stored.value.text(.compact).contains(text))
        #expect(try SmokeCase.decode(stored: stored.bytes) == bot.smoke)
    }

    @Test func `what counts is what a file holds, not where it is`() throws {
        let first = try project("[a/cat.png]", ["a/cat.png": "miau"]).load().bots.first?.storedSmoke
        let moved = try project("[b/cat.png]", ["b/cat.png": "miau"]).load().bots.first?.storedSmoke
        let other = try project("[a/cat.png]", ["a/cat.png": "mrrr"]).load().bots.first?.storedSmoke
        #expect(first != nil && first?.digest == moved?.digest && first?.digest != other?.digest)
    }

    @Test(arguments: [
        ("[cat.png]", [:], "bots.d/x.yaml:5:19 BOT015 'cat.png' cannot be read: no such file"),
        ("[../cat.png]", [:], "bots.d/x.yaml:5:19 BOT032 '../cat.png' is not inside the project"),
        ("[/etc/passwd]", [:], "bots.d/x.yaml:5:19 BOT032 '/etc/passwd' is not inside the project"),
        ("[cat.png]", ["cat.png": ""], "bots.d/x.yaml:5:19 BOT015 'cat.png' is empty"),
        (
            "[cat.png]", ["cat.png": String(repeating: "x", count: 262_145)],
            "bots.d/x.yaml:5:19 BOT015 'cat.png' cannot be read: it is larger than 262144 bytes"
        ),
        ("[[cat.png]]", ["cat.png": "x"], "bots.d/x.yaml:5:19 BOT020"),
        ("[a, a, a, a, a]", ["a": "x"], "bots.d/x.yaml:5:31 BOT021"),
    ])
    func `a file that cannot be taken is an error where it is named`(
        attachments: String, files: [String: String], problem: String
    ) throws {
        let problems = try project(attachments, files).problems()
        #expect(problems.count == 1 && problems.first?.hasPrefix(problem) == true, "\(problems)")
    }

    @Test func `a slip of the pen gets a hint`() throws {
        let found = try project("[smoke/pictre.png]", ["smoke/picture.png": "x"]).load().diagnostics
        #expect(found.first?.help == ["did you mean 'smoke/picture.png'?"])
    }

    @Test func `the files of all cases of a bot have a bound together`() throws {
        let one = "{name: NAME, prompt: a, attachments: [f, f, f, f]}"
        let cases = (0..<3).map { one.replacing("NAME", with: "c\($0)") }.joined(separator: ", ")
        let bot = "model: amazon.nova-lite-v1:0\nsmoke: [\(cases)]\n"
        let file = String(repeating: "x", count: 200_000)
        let problems = try TestProject(["bots.d/x.yaml": bot, "f": file]).problems()
        #expect(problems.count == 1 && problems.first?.contains("have together more than 2MiB") == true, "\(problems)")
    }
}
