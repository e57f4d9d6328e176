import Diagnostics
import Testing

/// Values stand where they say something.
struct OverrideRulesTests {
    private let template = [
        "templates/DEFAULT_CHAT_CONFIG.yaml": JudgedFiles.template + """
            parameters: {temperature: 0.7, stop_sequences: [A, B], additional: {top_k: 40, other: {a: 1}}}
            labels: {team: core}
            limits: {max_concurrent: 64}
            """
    ]

    private func check(_ bot: String) throws -> JudgedFiles {
        try JudgedFiles(template.merging(["bots.d/x.yaml": model + bot]) { $1 })
    }

    @Test(arguments: [
        ("parameters: {temperature: 0.70}", "bots.d/x.yaml:2:27", "parameters.temperature"),
        ("parameters: {stop_sequences: ['A', B]}", "bots.d/x.yaml:2:30", "parameters.stop_sequences"),
        ("parameters: {additional: {other: {a: 1}}}", "bots.d/x.yaml:2:26", "parameters.additional"),
        ("parameters: {additional: {none: null}}", "bots.d/x.yaml:2:26", "parameters.additional"),
        ("labels: {team: core}", "bots.d/x.yaml:2:16", "labels.team"),
        ("limits: {max_concurrent: null}", "bots.d/x.yaml:2:26", "limits.max_concurrent"),
    ])
    func `a value that changes nothing is dead`(bot: String, place: String, path: String) throws {
        let checked = try check(bot)
        #expect(checked.lines == ["\(place) warning BOT060 '\(path)' says what its template says anyway"])
        #expect(checked.help == ["remove it"])
    }

    @Test(arguments: ["limits: {idle_timeout: 2m}", "enabled: true", "aliases: []", "poe: {handle: null}"])
    func `a value that only the schema default says too is a decision`(bot: String) throws {
        #expect(try check(bot).lines == [])
    }

    @Test(arguments: ["null", "[]"])
    func `no smoke cases, said as the template says it, is told once`(smoke: String) throws {
        for template in ["smoke: []", "description: none"] {
            let checked = try JudgedFiles([
                "templates/DEFAULT_CHAT_CONFIG.yaml": template, "bots.d/x.yaml": model + "smoke: \(smoke)",
            ])
            #expect(checked.diagnostics.map(\.code) == [.noSmokeCases])
            #expect(checked.diagnostics.first?.location?.description == "bots.d/x.yaml:2:8")
        }
    }

    @Test(arguments: [
        "parameters: {temperature: 0.8}", "parameters: {stop_sequences: [B, A]}", "parameters: {temperature: null}",
        "parameters: {additional: {top_k: 41}}", "parameters: {additional: {top_k: null}}",
        "labels: {team: other}", "labels: {other: core}", "aliases: [y]",
        "limits: {idle_timeout: 1m}", "name: x",
    ])
    func `a value that changes something is not`(bot: String) throws {
        #expect(try check(bot).lines == [])
    }

    @Test func `a value that the model refuses and the template says anyway is told once`() throws {
        let files = template.merging([
            "bots.d/x.yaml": "model: anthropic.claude-sonnet-5-5\nparameters: {temperature: 0.7, max_tokens: 9}"
        ]) { $1 }
        let checked = try JudgedFiles(files)
        #expect(checked.diagnostics.map(\.code) == [.modelRefusesParameter])
        #expect(checked.diagnostics.first?.fix?.summary == "remove 'parameters.temperature'")
        let silenced = files.merging(["botctl.yaml": "rules: {BOT031: off}"]) { $1 }
        #expect(try JudgedFiles(silenced).diagnostics.map(\.code) == [.deadOverride])
    }

    @Test(arguments: [
        "parameters: {stop_sequences: [A, B, 3]}", "aliases: [Sonnet_X]",
        "parameters: {temperature: 0.7, temprature: 1}",
    ])
    func `a value of which a part is wrong is not dead`(bot: String) throws {
        #expect(try !check(bot).diagnostics.contains { $0.code == .deadOverride })
    }

    @Test func `an old name of a key beside the new one is one mistake`() throws {
        for poe in ["{custom_rate_card: a, rate_card: b}", "{rate_card: b, custom_rate_card: a}"] {
            #expect(try check("poe: \(poe)").diagnostics.map(\.code) == [.contradictingKeys])
        }
    }

    @Test func `the note shows the value that says it already`() throws {
        #expect(
            try check("labels: {team: core}").notes
                == ["templates/DEFAULT_CHAT_CONFIG.yaml:3:16 the same value is here"])
    }

    private func bots(_ count: Int, _ text: String) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (1...count).map { ("bots.d/b\($0).yaml", model + text) })
    }

    @Test func `a value that all bots of a template share belongs in it`() throws {
        let checked = try JudgedFiles(bots(4, "parameters: {max_tokens: 50}\n"))
        #expect(
            checked.lines == [
                "bots.d/b1.yaml:2:26 warning BOT061 all 4 bots of 'DEFAULT_CHAT_CONFIG' set 'parameters.max_tokens' to the same value"
            ])
        #expect(checked.help == ["set it once in templates/DEFAULT_CHAT_CONFIG.yaml, and remove it from the bots"])
        #expect(checked.notes == ["bots.d/b2.yaml:2:26 here too", "bots.d/b3.yaml:2:26 here too", "and in 1 more"])
    }

    @Test func `two bots, or one that differs, share nothing`() throws {
        #expect(try JudgedFiles(bots(2, "parameters: {max_tokens: 50}")).lines == [])
        let other = ["bots.d/b3.yaml": model + "parameters: {max_tokens: 51}"]
        #expect(try JudgedFiles(bots(4, "parameters: {max_tokens: 50}").merging(other) { $1 }).lines == [])
    }

    @Test func `one model for all bots is no reason to move it into the template`() throws {
        #expect(try JudgedFiles(bots(3, "")).lines == [])
    }

    @Test func `a template that no bot uses is told, those that are taken by themselves are not`() throws {
        let checked = try JudgedFiles([
            "templates/OLD.yaml": "# Not used.\nenabled: false", "templates/DEFAULT_IMAGE_CONFIG.yaml": "enabled: true",
            "templates/USED.yaml": JudgedFiles.template, "bots.d/x.yaml": model + "template: USED",
        ])
        #expect(checked.lines == ["templates/OLD.yaml:2:1 warning BOT067 no bot uses the template 'OLD'"])
    }

    @Test func `with a file that cannot be read nobody knows what is unused`() throws {
        let checked = try JudgedFiles([
            "templates/OLD.yaml": "enabled: false", "bots.d/x.yaml": "model: [", "bots.d/y.yaml": model,
        ])
        #expect(checked.diagnostics.map(\.code) == [.yamlSyntax])
    }
}
