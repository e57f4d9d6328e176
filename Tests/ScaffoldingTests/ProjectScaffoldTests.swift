import BotConfiguration
import FileAccess
import ModelCatalog
import Scaffolding
import TestSupport
import Testing

struct ProjectScaffoldTests {
    @Test func `a project from nothing is valid, and its comments point to schemas that it has`() throws {
        let scaffold = try ProjectScaffold(modelID: "anthropic.claude-sonnet-5-5", catalog: .embedded)
        var files = InMemoryFiles(files: [:])
        for file in scaffold.files { files.files["/p/\(file.path)"] = Array(file.text.utf8) }
        let sources = ProjectSources.read(ProjectLocation(root: "/p"), files: files)
        let project = try sources.project(catalog: .embedded)
        #expect(sources.fileDiagnostics == [])
        #expect(project.diagnostics == [])
        #expect(project.bots.map(\.name) == [scaffold.bot])
        #expect(project.bots.first?.smoke.count == 1)
        for file in scaffold.files where file.path.hasSuffix(".yaml") {
            let directory = file.path.split(separator: "/").dropLast().joined(separator: "/")
            let line = try #require(file.lines.first { $0.contains("$schema=") })
            let link = try #require(line.split(separator: "=").last)
            let up = link.hasPrefix("../") ? String(link.dropFirst(3)) : String(link)
            #expect(directory.isEmpty == !link.hasPrefix("../"))
            #expect(files.files["/p/\(up)"] != nil, "\(file.path): \(link)")
        }
    }

    @Test(
        arguments: [
            (nil, ".botctl/\n"), ("", ".botctl/\n"), ("node_modules", "node_modules\n.botctl/\n"),
            ("a\nb\n", "a\nb\n.botctl/\n"), ("a\r\n.botctl/\r\n", nil), ("/.botctl\n", nil), (".botctl/  \n", nil),
        ] as [(String?, String?)])
    func `git ignores the state once`(before: String?, after: String?) {
        #expect(ProjectScaffold.ignoring(in: before) == after)
    }

    @Test func `a survey of a maker says why it passes over a model`() throws {
        let survey = try #require(MakerSurvey(of: "anthropic", in: .embedded, today: "2026-11-21"))
        #expect(survey.maker == "Anthropic")
        #expect(survey.wanted.contains { $0.id == "anthropic.claude-sonnet-5-5" })
        let reasons = Dictionary(uniqueKeysWithValues: survey.skipped.map { ($0.modelID, $0.reason) })
        #expect(reasons["anthropic.claude-haiku-4-5"] == "not served by bedrock-runtime")
        #expect(reasons["anthropic.claude-v2:1"] == "old, in preview or gated: no region lists it")
        #expect(reasons["anthropic.claude-haiku-4-5-20251001-v1:0"] == "came to its end of life on 2026-10-15")
        #expect(reasons["anthropic.claude-opus-4-1-20250805-v1:0"] == "closed to new accounts, ends on 2027-01-08")
        #expect(MakerSurvey(of: "mistral", in: .embedded, today: "2026-11-21")?.maker == "Mistral AI")
        #expect(MakerSurvey(of: "Mistral AI", in: .embedded, today: "2026-11-21") != nil)
        #expect(MakerSurvey(of: "nobody", in: .embedded, today: "2026-11-21") == nil)
    }

    @Test func `an overlay shows files that are not written, among those that are`() throws {
        let base = InMemoryFiles(files: ["/p/bots.d/a.yaml": [1], "/p/b": [2]])
        let files = OverlayFiles(["/p/bots.d/b.yaml": [3], "/p/new/c": [4]], over: base)
        #expect(try files.entries(of: "/p/bots.d") == ["a.yaml", "b.yaml"])
        #expect(try files.entries(of: "/p/new") == ["c"])
        #expect(try files.entries(of: "/p") == ["b", "bots.d", "new"])
        #expect(files.kind(of: "/p/new") == .directory)
        #expect(files.kind(of: "/p/new/c") == .file)
        #expect(files.kind(of: "/p/nothing") == nil)
        #expect(try files.read("/p/bots.d/b.yaml", limitInBytes: 10) == [3])
        #expect(throws: FileAccessError.self) { try files.read("/p/new/c", limitInBytes: 0) }
        #expect(throws: FileAccessError.self) { try files.entries(of: "/elsewhere") }
    }
}
