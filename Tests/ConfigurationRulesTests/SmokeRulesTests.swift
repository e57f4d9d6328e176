import Diagnostics
import Testing

/// A deploy can only tell whether a bot works where its answers are asked for something.
struct SmokeRulesTests {
    @Test func `a bot without smoke cases is worth a warning at its first key`() throws {
        let checked = try JudgedFiles([
            "templates/DEFAULT_CHAT_CONFIG.yaml": "limits: {max_concurrent: 3}",
            "bots.d/x.yaml": "# A comment first.\n" + model,
        ])
        #expect(
            checked.lines == [
                "bots.d/x.yaml:2:1 warning BOT062 'x' has no smoke case, so that a deploy cannot tell whether it works"
            ])
        #expect(checked.help.first?.contains("expect: {contains: pong}") == true)
    }

    @Test func `an empty list takes the template's cases away, and is shown`() throws {
        let lines = try JudgedFiles(bot: model + "smoke: []").lines
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("bots.d/x.yaml:2:8 warning BOT062") == true)
    }

    @Test func `a case that any answer passes is worth a warning`() throws {
        let smoke = """
            smoke:
              - {name: a, prompt: Hello.}
              - {name: b, prompt: Hello., expect: {}}
              - {name: c, prompt: Hello., expect: {first_event_within: 5s}}
            """
        #expect(
            try JudgedFiles(bot: model + smoke).lines == [
                "bots.d/x.yaml:3:5 warning BOT063 the smoke case 'a' asserts nothing: any answer passes",
                "bots.d/x.yaml:4:5 warning BOT063 the smoke case 'b' asserts nothing: any answer passes",
            ])
    }

    @Test func `a template's case is told once, not for every bot`() throws {
        let checked = try JudgedFiles([
            "templates/DEFAULT_CHAT_CONFIG.yaml": "smoke: [{name: a, prompt: Hello.}]",
            "bots.d/x.yaml": model, "bots.d/y.yaml": model,
        ])
        #expect(
            checked.lines == [
                "templates/DEFAULT_CHAT_CONFIG.yaml:1:9 warning BOT063 the smoke case 'a' asserts nothing: any answer passes"
            ])
    }

    @Test func `cases that are wrong are not missing`() throws {
        let checked = try JudgedFiles([
            "templates/DEFAULT_CHAT_CONFIG.yaml": "enabled: true", "bots.d/x.yaml": model + "smoke: [{nmae: a}]",
        ])
        #expect(!checked.lines.contains { $0.contains("BOT062") || $0.contains("BOT063") })
    }

    @Test(arguments: [
        (
            "model: amazon.nova-micro-v1:0\ntemplate: OTER", "templates/OTHER.yaml", "enabled: true",
            DiagnosticCode.unknownTemplate
        ),
        ("model: amazon.nova-micro-v1:0", "templates/DEFAULT_CHAT_CONFIG.yaml", "smoke: [", .yamlSyntax),
        (
            "model: eu.amazon.nova-micro-v1:0", "templates/DEFAULT_CHAT_CONFIG.yaml", "model: {region: eu-west-1",
            .yamlSyntax
        ),
        (
            "model: amazon.nova-micro-v1:0\nenabled: true", "templates/DEFAULT_CHAT_CONFIG.yaml", "enabled: [",
            .yamlSyntax
        ),
    ])
    func `of a template that says nothing nothing is missed`(
        bot: String, file: String, template: String, code: DiagnosticCode
    ) throws {
        #expect(try JudgedFiles(["bots.d/x.yaml": bot, file: template]).diagnostics.map(\.code) == [code])
    }
}
