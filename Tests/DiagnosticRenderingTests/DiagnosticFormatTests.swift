import DiagnosticRendering
import Diagnostics
import JSONCoding
import TestSupport
import Testing

/// What programs read of a report.
struct DiagnosticFormatTests {
    private static let claude = SourceText(
        name: "bots.d/claude 1.yaml",
        bytes: Array("model: m\nparameters:\n  temprature: 0.7 # 50%\nmodel: 日本\n".utf8))
    private static let template = SourceText(name: "templates/T,1.yaml", bytes: Array("parameters: {}\n".utf8))

    private static let diagnostics = [
        Diagnostic(
            .unknownKey, "unknown key 'temprature' in 'parameters'", at: claude.location(of: 23..<33),
            help: ["did you mean 'temperature'?"],
            notes: [.init("the template has it", at: template.location(of: 0..<10)), .init("3 more [x](y) {z}")],
            fix: Fix(
                "rename 'temprature' to 'temperature'",
                edits: [TextEdit(file: claude.name, range: 23..<33, replacement: "temperature")])),
        Diagnostic(
            .duplicateKey, "the key '<model>' & \"co\" stands twice", at: claude.location(of: 45..<50),
            help: ["keep one, 100%\nof them"]),
        Diagnostic(.noSmokeCases, "the bot has no smoke case", at: claude.location(of: 0..<0)),
        Diagnostic(
            .unreadableFile, "cannot be read: \u{1B}[1m permission denied", at: nil, file: "bots.d/secret:x.yaml"),
    ]

    private static func report(
        _ diagnostics: [Diagnostic], repository: String? = "/repository",
        files: [String] = ["bots.d/claude 1.yaml", "bots.d/nova.yaml"]
    ) -> DiagnosticReport {
        DiagnosticReport(
            diagnostics: diagnostics, files: files, botCount: 1, environments: ["local", "staging"],
            summary: DiagnosticSummary(diagnostics).text,
            paths: RepositoryPaths(project: "/repository/bots", repository: repository), toolVersion: "1.2.3")
    }

    private static func text(_ format: DiagnosticFormat, _ report: DiagnosticReport) -> String {
        format.text(of: report, layout: .file)
    }

    @Test(arguments: DiagnosticFormat.allCases)
    func `a format is known`(format: DiagnosticFormat) {
        let text = Self.text(format, Self.report(Self.diagnostics))
        #expect(text.hasSuffix("\n"))
        #expect(!text.unicodeScalars.contains("\u{1B}"))
        #expect(Golden.difference(of: text, from: Golden.folder() + "/formats/\(format.rawValue).txt") == nil)
    }

    @Test(arguments: DiagnosticFormat.allCases)
    func `a report without problems is known`(format: DiagnosticFormat) {
        let text = Self.text(format, Self.report([]))
        #expect(Golden.difference(of: text, from: Golden.folder() + "/formats/\(format.rawValue)-ok.txt") == nil)
    }

    @Test(arguments: DiagnosticFormat.allCases)
    func `a run that failed is known for one`(format: DiagnosticFormat) {
        let failure = RunFailure(
            message: "there is no directory <a> & b", hint: "name the project's root with -C", status: 1,
            toolVersion: "1.2.3")
        let text = format.text(of: failure)
        #expect(Golden.difference(of: text, from: Golden.folder() + "/formats/\(format.rawValue)-failed.txt") == nil)
    }

    @Test func `repairs of which no file was written are not told as written`() throws {
        var report = Self.report([])
        report.repairs = RepairReport(
            isWritten: true, repairs: [], refusals: [.init(file: "bots.d/a.yaml", reason: "it cannot be written")])
        let fixes = try JSONParser.parse(Array(Self.text(.json, report).utf8))["fixes"]
        #expect(fixes?["written"] == false && fixes?["refused"]?.array?.count == 1)
    }

    @Test func `a project outside of any repository keeps its paths`() throws {
        let text = Self.text(.github, Self.report(Array(Self.diagnostics.prefix(1)), repository: nil))
        #expect(text.hasPrefix("::error file=bots.d/claude 1.yaml,line=3,"))
    }

    @Test func `a file outside of the repository has an absolute URI`() throws {
        let place = SourceText(name: "/elsewhere/a b.yaml", bytes: [0x61]).location(of: 0..<1)
        let log = try JSONParser.parse(
            Array(Self.text(.sarif, Self.report([Diagnostic(.unknownKey, "x", at: place)])).utf8))
        let result = log["runs"]?.array?.first?["results"]?.array?.first
        let artifact = result?["locations"]?.array?.first?["physicalLocation"]?["artifactLocation"]
        #expect(artifact == ["uri": "file:///elsewhere/a%20b.yaml"])
    }

    // MARK: - GitHub

    private static func many(_ code: DiagnosticCode, _ count: Int, message: (Int) -> String) -> [Diagnostic] {
        (0..<count).map { number in
            let text = SourceText(name: "bots.d/\(number).yaml", bytes: Array("x: y\n".utf8))
            return Diagnostic(code, message(number), at: text.location(of: 0..<1))
        }
    }

    @Test func `problems of one cause are one annotation, and the worst come first`() {
        let diagnostics =
            Self.many(.unknownModel, 1) { _ in "no model" } + Self.many(.unknownKey, 5) { _ in "unknown key 'x'" }
            + Self.many(.noSmokeCases, 2) { _ in "no smoke" }
        let lines = Self.text(.github, Self.report(diagnostics)).split(separator: "\n")
        #expect(
            lines == [
                "::error file=bots/bots.d/0.yaml,line=1,col=1,endColumn=2,title=BOT012::unknown key 'x'%0Aand 4 more "
                    + "places: bots/bots.d/1.yaml:1:1, bots/bots.d/2.yaml:1:1, bots/bots.d/3.yaml:1:1, …",
                "::error file=bots/bots.d/0.yaml,line=1,col=1,endColumn=2,title=BOT055::no model",
                "::warning file=bots/bots.d/0.yaml,line=1,col=1,endColumn=2,title=BOT062::no smoke%0A"
                    + "and 1 more place: bots/bots.d/1.yaml:1:1",
            ])
    }

    @Test func `more than GitHub shows is counted`() {
        let diagnostics =
            Self.many(.unknownKey, 12) { "unknown key '\($0)'" } + Self.many(.unknownKey, 3) { _ in "again" }
            + Self.many(.noSmokeCases, 11) { "no smoke \($0)" }
        let lines = Self.text(.github, Self.report(diagnostics)).split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("::error ") } == 10)
        #expect(lines.count { $0.hasPrefix("::warning ") } == 10)
        #expect(
            lines.last
                == "::notice title=botctl validate::3 more errors, 1 more warning not shown here; 'botctl validate' shows all"
        )
    }

    // MARK: - SARIF

    @Test func `fingerprints survive lines that come before, and tell equal lines apart`() throws {
        func fingerprints(_ text: String) throws -> [String] {
            let source = SourceText(name: "bots.d/x.yaml", bytes: Array(text.utf8))
            let places = text.utf8.indices.filter { text[$0...].hasPrefix("bad") }
                .map { text.utf8.distance(from: text.startIndex, to: $0) }
            let diagnostics = places.map { Diagnostic(.unknownKey, "bad", at: source.location(of: $0..<$0 + 3)) }
            let log = try JSONParser.parse(Array(Self.text(.sarif, Self.report(diagnostics)).utf8))
            return (log["runs"]?.array?.first?["results"]?.array ?? [])
                .compactMap { $0["partialFingerprints"]?["botctl/v1"]?.string }
        }
        let before = try fingerprints("bad: 1\nx:\n  bad: 1\n")
        #expect(Set(before).count == 2)
        #expect(try fingerprints("new: 1\n\nbad:  1\nx:\n    bad: 1\n") == before)
        #expect(before.map { $0.suffix(2) } == [":1", ":2"])
    }

    // MARK: - JUnit

    @Test func `a file is one test, which fails with all its errors`() {
        let xml = Self.text(.junit, Self.report(Self.diagnostics))
        #expect(
            xml.contains("<testsuite name=\"botctl validate\" tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"0\">"))
        #expect(xml.contains("message=\"unknown key &apos;temprature&apos;") == false)
        #expect(xml.contains("(and 1 more)"))
        #expect(xml.contains("name=\"bots.d/nova.yaml\" file=\"bots/bots.d/nova.yaml\"/>"))
    }
}
