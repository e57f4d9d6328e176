import BotConfiguration
import Diagnostics
import TestSupport
import Testing

/// How grave a rule is, is the project's choice.
struct PolicyTests {
    private func severities(_ settings: String, bot: String = "model: acme.m", strict: Bool = false) throws -> [String]
    {
        try JudgedFiles(["botctl.yaml": settings, "bots.d/x.yaml": bot], strict: strict).diagnostics
            .map { "\($0.severity.rawValue) \($0.code.rawValue)" }
    }

    @Test(arguments: [
        ("{}", ["error BOT055"]), ("rules: {BOT055: warning}", ["warning BOT055"]), ("rules: {BOT055: off}", []),
        ("rules: {BOT055: error}", ["error BOT055"]),
    ])
    func `a rule is as grave as the project says`(settings: String, expected: [String]) throws {
        #expect(try severities(settings) == expected)
    }

    @Test func `strict makes errors of warnings, but nothing of what is off`() throws {
        #expect(try severities("rules: {BOT055: warning}", strict: true) == ["error BOT055"])
        #expect(try severities("rules: {BOT055: off}", strict: true) == [])
        #expect(try severities("{}", bot: model + "smoke: []", strict: true) == ["error BOT062"])
    }

    @Test func `what files say that is a rule obeys too`() throws {
        let bot = model + "poe: {custom_rate_card: Free}"
        #expect(try severities("{}", bot: bot) == ["warning BOT034"])
        #expect(try severities("rules: {BOT034: error}", bot: bot) == ["error BOT034"])
        #expect(try severities("rules: {BOT034: off}", bot: bot) == [])
    }

    @Test func `a rule about several bots obeys too`() throws {
        let bot = model + "fallback: {to: nobody}"
        #expect(try severities("rules: {BOT030: off}", bot: bot) == ["error BOT064"])
        #expect(try severities("rules: {BOT030: off, BOT064: warning}", bot: bot) == ["warning BOT064"])
        let silenced = model + "fallback: {to: nobody} # botctl:ignore BOT064 -- comes with the next change"
        #expect(try severities("rules: {BOT030: off}", bot: silenced) == [])
    }

    @Test func `an end of life is never an error`() throws {
        let bot = "model: amazon.nova-premier-v1:0"
        #expect(try severities("{}", bot: bot, strict: true) == ["warning BOT056"])
        #expect(try severities("rules: {BOT056: off}", bot: bot, strict: true) == [])
        let checked = try JudgedFiles(["botctl.yaml": "rules: {BOT056: error}", "bots.d/x.yaml": bot])
        #expect(
            checked.lines == [
                "botctl.yaml:1:17 error BOT022 'BOT056' is never an error: the dates of the catalog may be too early",
                "bots.d/x.yaml:1:8 warning BOT056 the end of life that was announced for 'amazon.nova-premier-v1:0' was on 2026-09-14",
            ])
    }

    @Test func `unknown models can be allowed for one run`() throws {
        #expect(try JudgedFiles(bot: "model: acme.m", strict: true, allowsUnknownModels: true).lines == [])
    }

    @Test(arguments: [
        (
            "rules: {BOT555: off}", "botctl.yaml:1:9 error BOT082 there is no rule 'BOT555'",
            "'botctl explain CODE' says which codes are rules"
        ),
        ("rules:\n  bot062: off", "botctl.yaml:2:3 error BOT082 there is no rule 'bot062'", "did you mean 'BOT062'?"),
        (
            "rules: {smoke: off}", "botctl.yaml:1:9 error BOT082 there is no rule 'smoke'",
            "'botctl explain CODE' says which codes are rules"
        ),
        (
            "rules: {BOT012: off}",
            "botctl.yaml:1:9 error BOT082 'BOT012' is no rule: nothing can change its severity",
            "'botctl explain CODE' says which codes are rules"
        ),
        (
            "environments: {production: {}, staging: {}}\ndefault_environment: prodution",
            "botctl.yaml:2:22 error BOT083 'default_environment' names 'prodution', which is no environment",
            "did you mean 'production'?"
        ),
        (
            "default_environment: live",
            "botctl.yaml:1:22 error BOT083 'default_environment' names 'live', which is no environment",
            "environments of this project: local"
        ),
    ])
    func `settings that name nothing are errors`(settings: String, line: String, help: String) throws {
        let checked = try JudgedFiles(["botctl.yaml": settings, "bots.d/x.yaml": model])
        #expect(checked.lines == [line])
        #expect(checked.help == [help])
    }

    @Test func `a key in plain text is not shown by any finding`() throws {
        let key = "0123456789abcdef0123456789abcdef"
        let checked = try JudgedFiles(bot: "poe: {access_key: \(key), handle: x, cost_label: y}\nmodel: acme.m")
        #expect(checked.diagnostics.map(\.code) == [.secretInPlainText, .unknownModel])
        #expect(!"\(checked.diagnostics)".contains(key))
    }

    @Test func `a key in the facts of a model is not shown either`() throws {
        let facts = "id: acme.m\npassword: hunter2\naws_secret_access_key: hunter3\n"
        let files = ["bots.d/x.yaml": model, "catalog.d/x.yaml": facts]
        let checked = try JudgedFiles(files)
        #expect(checked.diagnostics.map(\.code) == [.unknownKey, .unknownKey])
        #expect(!"\(checked.diagnostics)".contains("hunter"))
        let memory = InMemoryFiles(
            files: Dictionary(uniqueKeysWithValues: files.map { ("/p/" + $0, Array($1.utf8)) }))
        let read = ProjectSources.facts(at: ProjectLocation(root: "/p"), files: memory)
        #expect(read.diagnostics.count == 2)
        #expect(!"\(read.diagnostics)".contains("hunter"))
    }
}
