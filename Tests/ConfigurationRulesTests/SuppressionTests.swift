import Diagnostics
import Testing

/// A comment silences a rule in one place, and is itself told where it silences nothing.
struct SuppressionTests {
    @Test(arguments: [
        "model: acme.m # botctl:ignore BOT055",
        "model: acme.m # botctl:ignore BOT055 -- it is newer than the catalog",
        "# botctl:ignore BOT055\nmodel: acme.m",
        "# botctl:ignore BOT055\n# another comment\n\nmodel: acme.m",
        "description: x\n\n# botctl:ignore-file BOT055\n\nmodel: acme.m",
        "model:\n  region: eu-west-1\n  # botctl:ignore BOT055\n  id: acme.m\n"
            + "#botctl:ignore BOT063\nsmoke: [{name: a, prompt: Hello.}]",
        "\u{FEFF}# botctl:ignore BOT055\r\nmodel: acme.m\r\n",
    ])
    func `a comment silences what it names`(bot: String) throws {
        #expect(try JudgedFiles(bot: bot).lines == [])
    }

    @Test(arguments: [
        // The next line is another.
        "# botctl:ignore BOT055\ndescription: x\nmodel: acme.m", "description: x # botctl:ignore BOT055\nmodel: acme.m",
        // Another rule.
        "model: acme.m # botctl:ignore BOT062",
    ])
    func `it silences nothing else, and is told when it silences nothing`(bot: String) throws {
        #expect(Set(try JudgedFiles(bot: bot).diagnostics.map(\.code)) == [.unknownModel, .unusedSuppression])
    }

    @Test func `one comment may name several rules`() throws {
        let bot = "model: acme.m-latest # botctl:ignore BOT055, BOT057 -- a test"
        #expect(try JudgedFiles(bot: bot).lines == [])
        let idle = try JudgedFiles(bot: "model: amazon.nova-micro-v1:0 # botctl:ignore BOT055 BOT057")
        #expect(
            idle.lines == [
                "bots.d/x.yaml:1:31 warning BOT068 'BOT055' is silenced here, and there is nothing of it",
                "bots.d/x.yaml:1:31 warning BOT068 'BOT057' is silenced here, and there is nothing of it",
            ])
    }

    @Test func `a comment in a template silences what is told of the template`() throws {
        let checked = try JudgedFiles([
            "templates/DEFAULT_CHAT_CONFIG.yaml":
                "# botctl:ignore BOT063\nsmoke: [{name: a, prompt: Hello.}]", "bots.d/x.yaml": model,
        ])
        #expect(checked.lines == [])
    }

    @Test func `what no rule says cannot be silenced`() throws {
        let checked = try JudgedFiles(bot: model + "foo: 1 # botctl:ignore BOT012")
        #expect(
            checked.lines == [
                "bots.d/x.yaml:2:1 error BOT012 unknown key 'foo'",
                "bots.d/x.yaml:2:8 error BOT069 'BOT012' is no rule: it cannot be silenced",
            ])
    }

    @Test(arguments: [
        ("# botctl:ignore", "the comment names no rule to silence", "write the code, such as 'botctl:ignore BOT062'"),
        ("# botctl:ignore BOT62", "there is no rule 'BOT62'", "did you mean 'BOT062'?"),
        ("# botctl:ignore bot055", "there is no rule 'bot055'", "did you mean 'BOT055'?"),
        ("# botctl:ignore BOT044", "there is no rule 'BOT044'", "'botctl explain' lists the codes that are rules"),
        ("# botctl:ignore BOT999", "there is no rule 'BOT999'", "'botctl explain' lists the codes that are rules"),
        ("# botctl:ignore BOT062 because of this", "there is no rule 'because'", "write reasons after '--'"),
        (
            "# botctl:ignore-line BOT062", "there is no 'botctl:ignore-line'",
            "write 'botctl:ignore' for a line, or 'botctl:ignore-file'"
        ),
    ])
    func `a comment that means to silence and cannot is an error`(
        comment: String, message: String, help: String
    ) throws {
        let checked = try JudgedFiles(bot: comment + "\n" + model)
        #expect(checked.lines == ["bots.d/x.yaml:1:1 error BOT069 \(message)"])
        #expect(checked.help == [help])
    }

    @Test(arguments: [
        ("# botctl: ignore BOT062", "# botctl:ignore BOT062"), ("# botctl-ignore BOT62", "# botctl:ignore BOT062"),
        ("# BOTCTL:IGNORE BOT062 -- why", "# botctl:ignore BOT062"),
        ("#botctl ignore bot055", "# botctl:ignore BOT055"),
        ("# botctl_ignore BOT055, BOT062", "# botctl:ignore BOT055, BOT062"),
        ("# botctl: ignore file BOT062", "# botctl:ignore-file BOT062"),
        ("# Botctl:Ignore-File", "# botctl:ignore-file BOT062"), ("# botctlignore BOT055", "# botctl:ignore BOT055"),
    ])
    func `a comment that is nearly one is an error`(comment: String, correction: String) throws {
        let checked = try JudgedFiles(bot: comment + "\n" + model)
        #expect(
            checked.lines == [
                "bots.d/x.yaml:1:1 error BOT069 the comment silences nothing: it must start with 'botctl:ignore'"
            ])
        #expect(checked.help == ["write '\(correction)'"])
    }

    @Test(arguments: [
        "# botctl ignores hidden files", "# botctl: ignore what stands below", "# botctl new wrote this",
        "# see BOT062 of botctl", "# botctl", "#", "# ignore BOT062",
    ])
    func `a comment for people is none`(comment: String) throws {
        #expect(try JudgedFiles(bot: comment + "\n" + model).lines == [])
    }

    @Test func `a text that looks like a comment silences nothing`() throws {
        let bot = "model: acme.m\nsystem_prompt: |\n  # botctl:ignore-file BOT055\n"
        #expect(try JudgedFiles(bot: bot).diagnostics.map(\.code) == [.unknownModel])
    }

    @Test func `whether a comment is needed does not depend on what this run allows`() throws {
        let bot = "model: acme.m # botctl:ignore BOT055"
        #expect(try JudgedFiles(bot: bot, allowsUnknownModels: true).lines == [])
        #expect(try JudgedFiles(["bots.d/x.yaml": bot, "botctl.yaml": "rules: {BOT055: off}"]).lines == [])
    }

    @Test func `while something cannot be judged no comment is called idle`() throws {
        let bots = ["bots.d/x.yaml": model + "# botctl:ignore-file BOT057", "bots.d/y.yaml": "model: ["]
        #expect(try JudgedFiles(bots).diagnostics.map(\.code) == [.yamlSyntax])
        let files = [
            "botctl.yaml": "environments: {a: {}, b: {bots: {x: {model: {id: acme.m}}}}} # botctl:ignore BOT055",
            "bots.d/x.yaml": model,
        ]
        #expect(try JudgedFiles(files).lines == [])
        #expect(try JudgedFiles(files, environment: "a").lines == [])
    }

    @Test func `a file may keep its idle comments`() throws {
        #expect(try JudgedFiles(bot: model + "# botctl:ignore-file BOT057, BOT068").lines == [])
        #expect(
            try JudgedFiles(bot: model + "# botctl:ignore-file BOT068").lines == [
                "bots.d/x.yaml:2:1 warning BOT068 'BOT068' is silenced here, and there is nothing of it"
            ])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a file full of comments is read quickly`() throws {
        let count = 30_000
        let bot = model + String(repeating: "# botctl:ignore BOT062\n", count: count)
        #expect(try JudgedFiles(bot: bot).diagnostics.count == count)
    }

    @Test func `a comment that names a rule twice is idle once`() throws {
        let bot = model + "# botctl:ignore" + String(repeating: " BOT062 BOT057", count: 5000)
        #expect(try JudgedFiles(bot: bot).diagnostics.map(\.code) == [.unusedSuppression, .unusedSuppression])
    }

    @Test func `a bot that says that it is pinned is told whatever a comment says`() throws {
        let bot = "model:\n  # botctl:ignore BOT057, BOT055\n  id: acme.m-latest\n"
        #expect(try JudgedFiles(bot: bot).lines == [])
        let lines = try JudgedFiles(bot: bot + "  pinned: true\n").lines
        #expect(
            lines == [
                "bots.d/x.yaml:3:7 error BOT057 'acme.m-latest' floats: the vendor decides which version is the latest"
            ])
    }
}
