import BotConfiguration
import Diagnostics
import FileAccess
import ModelCatalog
import TestSupport
import Testing

/// Files of which nothing can be had, whoever runs the tests.
struct UnreadableFilesTests {
    /// The files of a project, some of which may not be read.
    private struct GuardedFiles: FileReading {
        let open: InMemoryFiles
        let guarded: String

        private func refuse(_ path: String, while doing: String) throws(FileAccessError) {
            guard path == guarded else { return }
            throw FileAccessError(
                code: .permissionDenied, path: path, description: "\(doing) \(path): permission denied")
        }

        func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8] {
            try refuse(path, while: "reading")
            return try open.read(path, limitInBytes: limitInBytes)
        }

        func entries(of directory: String) throws(FileAccessError) -> [String] {
            try refuse(directory, while: "listing")
            return try open.entries(of: directory)
        }

        func kind(of path: String) -> FileKind? { open.kind(of: path) }
        func resolvedPath(of path: String) -> String? { open.resolvedPath(of: path) }
    }

    private static let project = InMemoryFiles(
        files: [
            "/p/bots.d/a.yaml": Array("model: amazon.nova-micro-v1:0\n".utf8),
            "/p/bots.d/b.yaml": Array("model: amazon.nova-micro-v1:0\nsystem_prompt: {file: b.md}\n".utf8),
            "/p/b.md": Array("Be brief.\n".utf8),
            "/p/templates/DEFAULT_CHAT_CONFIG.yaml": Array("parameters: {max_tokens: 100}\n".utf8),
            "/p/catalog.d/new.yaml": Array("{id: acme.new-v1:0, display_name: New, maker: Acme}\n".utf8),
            "/p/botctl.yaml": Array("environments: {local: {}}\n".utf8),
        ])

    @Test(
        arguments: [
            ("bots.d/a.yaml", DiagnosticCode.unreadableFile, "bots.d/a.yaml"),
            ("bots.d", .noBots, "bots.d"),
            ("b.md", .unreadableFile, "bots.d/b.yaml"),
            ("templates/DEFAULT_CHAT_CONFIG.yaml", .unreadableFile, "templates/DEFAULT_CHAT_CONFIG.yaml"),
            ("templates", .unreadableFile, "templates"),
            ("catalog.d/new.yaml", .unreadableFile, "catalog.d/new.yaml"),
            ("catalog.d", .unreadableFile, "catalog.d"),
            ("botctl.yaml", .unreadableFile, "botctl.yaml"),
        ])
    func `what may not be read is an error with its path`(path: String, code: DiagnosticCode, file: String) async {
        let files = GuardedFiles(open: Self.project, guarded: "/p/\(path)")
        for sources in [
            ProjectSources.read(ProjectLocation(root: "/p"), files: files),
            await ProjectSources.load(ProjectLocation(root: "/p"), files: files),
        ] {
            let errors = sources.fileDiagnostics.filter { $0.severity == .error }
            #expect(errors.map(\.code) == [code])
            #expect(errors.map(\.file) == [file])
            #expect(errors.allSatisfy { $0.message.contains("permission denied") })
        }
    }

    @Test func `a project that may be read has no errors, read in either way`() async throws {
        let location = ProjectLocation(root: "/p")
        let read = ProjectSources.read(location, files: Self.project)
        let loaded = await ProjectSources.load(location, files: Self.project)
        #expect(read.fileDiagnostics.containsErrors == false)
        #expect(read.fileDiagnostics == loaded.fileDiagnostics)
        let project = try read.project(catalog: .embedded)
        let made = try await loaded.makeProject(catalog: .embedded)
        #expect(project.bots.map(\.stored) == made.bots.map(\.stored))
        #expect(project.bots.count == 2)
    }

    @Test func `many files read on all cores come in the order of their names`() async throws {
        var files: [String: [UInt8]] = [:]
        for number in 100..<400 {
            let model = number.isMultiple(of: 7) ? "nosuchkey: 1\nmodel: x" : "model: amazon.nova-micro-v1:0"
            files["/p/bots.d/bot-\(number).yaml"] = Array("\(model)\naliases: [alias-\(number / 2)]\n".utf8)
        }
        let location = ProjectLocation(root: "/p")
        let read = ProjectSources.read(location, files: InMemoryFiles(files: files))
        let loaded = await ProjectSources.load(location, files: InMemoryFiles(files: files))
        #expect(read.botFileNames == loaded.botFileNames)
        #expect(read.fileDiagnostics == loaded.fileDiagnostics)
        let project = try read.project(catalog: .embedded)
        let made = try await loaded.makeProject(catalog: .embedded)
        #expect(project.bots.map(\.name) == made.bots.map(\.name))
        #expect(project.bots.map(\.stored.digest) == made.bots.map(\.stored.digest))
        #expect(project.mergedBots.map(\.name) == made.mergedBots.map(\.name))
        #expect(project.diagnostics == made.diagnostics)
    }
}
