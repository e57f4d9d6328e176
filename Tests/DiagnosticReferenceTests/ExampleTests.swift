import BotConfiguration
import ConfigurationRules
import DiagnosticReference
import Diagnostics
import FileAccess
import ModelCatalog
import TestSupport
import Testing
import WallClock

/// What the pages show is what botctl says.
struct ExampleTests {
    private func diagnostics(of example: ExampleProject) throws -> [Diagnostic] {
        let files = InMemoryFiles(
            files: Dictionary(uniqueKeysWithValues: example.files.map { ("/p/" + $0.path, $0.bytes) }))
        let sources = ProjectSources.read(ProjectLocation(root: "/p"), files: files)
        let projects = sources.hasBrokenSettings ? [] : try sources.projects(in: nil, catalog: .embedded)
        return ConfigurationCheck(today: Timestamp(millisecondsSinceEpoch: 1_795_230_000_000))
            .diagnostics(of: sources, in: projects)
    }

    @Test(arguments: DiagnosticPage.all.map(\.code))
    func `the wrong example of a code shows it, and no other error`(code: DiagnosticCode) throws {
        let found = try diagnostics(of: DiagnosticPage(code).wrong)
        #expect(found.contains { $0.code == code })
        #expect(found.filter { $0.severity == .error && $0.code != code } == [])
    }

    @Test(arguments: DiagnosticPage.all.map(\.code))
    func `the right example of a code does not show it`(code: DiagnosticCode) throws {
        let found = try diagnostics(of: DiagnosticPage(code).right)
        #expect(found.filter { $0.code == code || $0.severity == .error } == [])
    }
}
