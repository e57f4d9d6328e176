import DiagnosticRendering
import Diagnostics
import Testing

struct DiagnosticRendererTests {
    private func rendered(_ text: String, _ range: Range<Int>, width: Int = 80) -> [String] {
        let location = SourceText(name: "bots.d/x.yaml", bytes: Array(text.utf8)).location(of: range)
        return DiagnosticRenderer(TextLayout(width: width))
            .render(Diagnostic(.unknownKey, "unknown key", at: location))
            .split(separator: "\n").map(String.init)
    }

    @Test func `a diagnostic shows place, message, line, caret, help and notes`() {
        let text = SourceText(
            name: "bots.d/claude.yaml", bytes: Array("model: m\nparameters:\n  temprature: 0.7\n".utf8))
        let diagnostic = Diagnostic(
            .unknownKey, "unknown key 'temprature' in 'parameters'", at: text.location(of: 23..<33),
            help: ["did you mean 'temperature'?"],
            notes: [.init("the template sets it", at: text.location(of: 0..<1))])
        #expect(
            DiagnosticRenderer(TextLayout(width: 80)).render(diagnostic) == """
                bots.d/claude.yaml:3:3: error[BOT012]: unknown key 'temprature' in 'parameters'
                  3 |   temprature: 0.7
                    |   ^^^^^^^^^^
                  help: did you mean 'temperature'?
                  note: the template sets it, bots.d/claude.yaml:1:1
                  1 | model: m
                    | -

                """)
    }

    @Test(arguments: [
        ("a: bcd", 3..<6, "    |    ^^^"), ("\ta: b", 1..<2, "    |     ^"), ("日本: b", 8..<9, "    |       ^"),
        ("👩‍👩‍👧 x", 19..<20, "    |    ^"), ("e\u{301}x: 1", 3..<4, "    |  ^"), ("日本: b", 0..<6, "    | ^^^^"),
        ("a", 1..<1, "    |  ^"), ("\u{FEFF}a: b", 6..<7, "    |    ^"),
        ("\u{1112}\u{1161}\u{11AB}: x", 11..<12, "    |     ^"),
        ("\u{1B}[1m: b", 6..<7, "    |       ^"), ("\u{202E}a: b", 6..<7, "    |     ^"),
        ("❤️: b", 8..<9, "    |     ^"), ("🏳️‍🌈: b", 16..<17, "    |     ^"), ("🇩🇪🇫🇷: b", 18..<19, "    |       ^"),
        ("👍🏽: b", 8..<9, "    |   ^"), ("1️⃣: b", 9..<10, "    |     ^"), ("👩‍👩‍👧x", 0..<4, "    | ^^"),
    ])
    func `the caret stands below what is meant`(text: String, range: Range<Int>, caret: String) {
        #expect(rendered(text, range).dropFirst(2).first == caret)
    }

    @Test func `a long line is cut around the caret`() {
        let text = String(repeating: "a", count: 500) + "XYZ" + String(repeating: "b", count: 500)
        let lines = rendered(text, 500..<503, width: 60)
        #expect(lines.allSatisfy { $0.count <= 60 })
        let caret = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) } ?? 0
        #expect(Array(lines[1])[caret..<caret + 3] == ["X", "Y", "Z"])
        #expect(lines[1].contains("…a") && lines[1].hasSuffix("…"))
    }

    @Test func `what a terminal would obey is made visible`() {
        let file = "x\u{9B}.yaml"
        let text = SourceText(name: file, bytes: Array("\u{1B}]0;a\u{202E}: b\u{9B}\n".utf8))
        let diagnostic = Diagnostic(
            .unknownKey, "unknown key '\u{1B}[2J\n'", at: text.location(of: 0..<1), help: ["\u{1B}[1m"],
            notes: [.init("\u{2066}here", at: text.location(of: 0..<1))])
        let lines = DiagnosticRenderer(TextLayout(width: 80)).render(diagnostic)
            .split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "x\u{FFFD}.yaml:1:1: error[BOT012]: unknown key '\u{FFFD}[2J\\n'",
                "  1 | \u{FFFD}]0;a\u{FFFD}: b\u{FFFD}", "    | ^", "  help: \u{FFFD}[1m",
                "  note: \u{FFFD}here, x\u{FFFD}.yaml:1:1",
            ])
    }

    @Test func `a page breaks long lines between words, and hangs what follows`() {
        let text = SourceText(name: "bots.d/x.yaml", bytes: Array("model: m\nmodle: x\n".utf8))
        let diagnostic = Diagnostic(
            .unknownKey, "unknown key 'modle', which is not among the keys of a bot or a template",
            at: text.location(of: 9..<14),
            help: ["valid here: name, aliases, kind, template, enabled, description, labels, model, parameters"],
            notes: [.init("of the keys that are set twice, this is the one that counts", at: text.location(of: 0..<5))],
            fix: Fix("rename 'modle' to 'model' and remove the other key of the same name", edits: []))
        #expect(
            DiagnosticRenderer(TextLayout(width: 60, wrapsText: true)).render(diagnostic) == """
                bots.d/x.yaml:2:1: error[BOT012]: unknown key 'modle', which
                    is not among the keys of a bot or a template
                  2 | modle: x
                    | ^^^^^
                  help: valid here: name, aliases, kind, template, enabled,
                        description, labels, model, parameters
                  fix: rename 'modle' to 'model' and remove the other key of
                       the same name (botctl validate --fix)
                  note: of the keys that are set twice, this is the one that
                        counts, bots.d/x.yaml:1:1
                  1 | model: m
                    | -----

                """)
        let oneLine = DiagnosticRenderer(TextLayout(width: 60)).render(diagnostic)
        #expect(oneLine.hasPrefix("bots.d/x.yaml:2:1: error[BOT012]: \(diagnostic.message)\n"))
    }

    @Test func `a note's line is shown where it is another one, with line numbers below each other`() {
        let bot = SourceText(
            name: "bots.d/x.yaml", bytes: Array(String(repeating: "\n", count: 99).utf8) + Array("a: b c".utf8))
        let template = SourceText(name: "templates/T.yaml", bytes: Array("a: c".utf8))
        let diagnostic = Diagnostic(
            .deadOverride, "no change", at: bot.location(of: 99..<100),
            notes: [
                .init("same line", at: bot.location(of: 102..<103)), .init("there", at: template.location(of: 0..<1)),
            ])
        #expect(
            DiagnosticRenderer(TextLayout(width: 80)).render(diagnostic) == """
                bots.d/x.yaml:100:1: warning[BOT060]: no change
                  100 | a: b c
                      | ^
                  note: same line, bots.d/x.yaml:100:4
                  note: there, templates/T.yaml:1:1
                    1 | a: c
                      | -

                """)
    }

    @Test(arguments: [
        ("did you mean 'model'?", "  help: did you mean 'model'? (botctl validate --fix)\n"),
        ("remove it", "  help: remove it (botctl validate --fix)\n"),
        ("write true for 'enabled'", "  help: write true for 'enabled' (botctl validate --fix)\n"),
        ("valid here: name", "  help: valid here: name\n  fix: rename 'modle' to 'model' (botctl validate --fix)\n"),
    ])
    func `a fix that the help tells is not told again`(help: String, shown: String) {
        let diagnostic = Diagnostic(
            .unknownKey, "x", at: nil, file: "a", help: [help], fix: Fix("rename 'modle' to 'model'", edits: []))
        #expect(DiagnosticRenderer(TextLayout(width: 80)).render(diagnostic) == "a: error[BOT012]: x\n" + shown)
    }

    @Test func `colours come and go with the layout`() {
        let diagnostic = Diagnostic(.unknownKey, "x", at: nil, file: "a", help: ["y"], fix: Fix("z", edits: []))
        let colored = DiagnosticRenderer(TextLayout(width: 80, usesColor: true)).render(diagnostic)
        #expect(colored.contains("\u{1B}[1;31merror[BOT012]\u{1B}[0m") && colored.contains("\u{1B}[32mfix:\u{1B}[0m"))
        #expect(!DiagnosticRenderer(TextLayout(width: 80)).render(diagnostic).contains("\u{1B}"))
    }

    @Test func `a file without a place is named all the same`() {
        let diagnostic = Diagnostic(.unreadableFile, "permission denied", at: nil, file: "bots.d/x.yaml")
        #expect(
            DiagnosticRenderer(TextLayout(width: 80)).render(diagnostic)
                == "bots.d/x.yaml: error[BOT015]: permission denied\n")
    }

    @Test func `a summary counts in words`() {
        let error = Diagnostic(.unknownKey, "", at: nil, file: "a")
        let warning = Diagnostic(.noSmokeCases, "", at: nil, file: "b")
        #expect(DiagnosticSummary([error, error, warning]).text == "2 errors, 1 warning in 2 files")
        #expect(DiagnosticSummary([]).text == "no problems")
    }
}
