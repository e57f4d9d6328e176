import FileAccess
import Foundation
import TestSupport
import Testing

/// A project on disk that is gone when the test is over.
private final class DiskProject {
    let root: String

    init(_ files: [String: Data]) throws {
        root = NSTemporaryDirectory() + "botctl-fix-\(UUID().uuidString)"
        for (path, data) in files { try write(data, to: path) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func write(_ data: Data, to path: String) throws {
        let file = URL(fileURLWithPath: root + "/" + path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    func data(of path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: root + "/" + path)) }

    func text(of path: String) throws -> String { String(decoding: try data(of: path), as: UTF8.self) }

    func validate(_ arguments: String...) async -> World.Result {
        await World(directory: root).run(["validate", "--allow-unknown-model"] + arguments)
    }
}

/// Writes nothing and says why.
private struct FullDisk: FileWriting {
    private func fail(_ path: String) -> FileAccessError {
        FileAccessError(code: .noSpace, path: path, description: "writing \(path): no space left on device")
    }

    func write(_ bytes: [UInt8], to path: String) throws(FileAccessError) { throw fail(path) }
    func create(_ bytes: [UInt8], at path: String) throws(FileAccessError) { throw fail(path) }
    func createDirectories(_ path: String) throws(FileAccessError) { throw fail(path) }
    func remove(_ path: String) throws(FileAccessError) { throw fail(path) }
}

struct FixTests {
    private static let folder = Golden.folder() + "/fix"

    private static func data(_ path: String) -> Data? { FileManager.default.contents(atPath: folder + "/" + path) }

    private func project(of name: String) throws -> DiskProject {
        var files = ["bots.d/bot.yaml": try #require(Self.data(name + "/bot.yaml"))]
        files["templates/DEFAULT_CHAT_CONFIG.yaml"] = Self.data(name + "/template.yaml")
        return try DiskProject(files)
    }

    @Test(arguments: Golden.cases(in: FixTests.folder))
    func `a file is repaired, and its comments and layout stay`(name: String) async throws {
        let project = try project(of: name)
        let before = try project.data(of: "bots.d/bot.yaml")

        let dryRun = await project.validate("--fix", "--dry-run")
        #expect(try project.data(of: "bots.d/bot.yaml") == before)
        let run = await project.validate("--fix")
        let after = try project.text(of: "bots.d/bot.yaml")
        let shown = """
            $ botctl validate --fix --dry-run
            \(dryRun.output)\(dryRun.error)[\(dryRun.status)]
            $ botctl validate --fix
            \(run.output)\(run.error)[\(run.status)]

            """
        #expect(Golden.difference(of: after, from: Self.folder + "/\(name)/fixed.yaml") == nil)
        #expect(Golden.difference(of: shown, from: Self.folder + "/\(name)/output.txt") == nil)

        let again = await project.validate("--fix")
        #expect(again.error.hasSuffix("; nothing could be fixed\n"))
        #expect(again.status == run.status)
        #expect(try project.text(of: "bots.d/bot.yaml") == after)
    }

    private static let model = "model: amazon.nova-micro-v1:0\n"
    private static let misspelt = Data((model + "descripton: x\n").utf8)

    @Test func `all files of a project are repaired in one run`() async throws {
        let project = try DiskProject([
            "botctl.yaml": Data("environments:\n  local:\n    overides: {enabled: no}\n".utf8),
            "templates/DEFAULT_CHAT_CONFIG.yaml": Data("limits: {max_concurent: 4} # all\n".utf8),
            "bots.d/a.yaml": Self.misspelt, "bots.d/b.yml": Self.misspelt,
        ])
        let result = await project.validate("--fix")
        #expect(result.status == 0)
        #expect(try project.text(of: "botctl.yaml") == "environments:\n  local:\n    overrides: {enabled: false}\n")
        #expect(try project.text(of: "templates/DEFAULT_CHAT_CONFIG.yaml") == "limits: {max_concurrent: 4} # all\n")
        #expect(try project.text(of: "bots.d/b.yml") == Self.model + "description: x\n")
        #expect(result.error.hasSuffix("; fixed 5 problems in 4 files\n"))
    }

    @Test func `a link out of the project is left as it is, and so is what it leads to`() async throws {
        let elsewhere = try DiskProject(["bot.yaml": Self.misspelt])
        let project = try DiskProject(["bots.d/a.yaml": Data(Self.model.utf8)])
        try FileManager.default.createSymbolicLink(
            atPath: project.root + "/bots.d/b.yaml", withDestinationPath: elsewhere.root + "/bot.yaml")
        let result = await project.validate("--fix")
        #expect(result.status == 3)
        #expect(result.output.contains("bots.d/b.yaml: error[BOT032]: the file is a link out of the project\n"))
        #expect(try elsewhere.data(of: "bot.yaml") == Self.misspelt)
    }

    @Test func `a link within the project stays a link, and what it leads to is repaired once`() async throws {
        let project = try DiskProject(["bots.d/a.yaml": Data(), "shared/bot.yaml": Self.misspelt])
        try FileManager.default.removeItem(atPath: project.root + "/bots.d/a.yaml")
        for name in ["a", "b"] {
            try FileManager.default.createSymbolicLink(
                atPath: project.root + "/bots.d/\(name).yaml", withDestinationPath: "../shared/bot.yaml")
        }
        let result = await project.validate("--fix")
        #expect(result.status == 0)
        #expect(try project.text(of: "shared/bot.yaml") == Self.model + "description: x\n")
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: project.root + "/bots.d/a.yaml")
        #expect(link == "../shared/bot.yaml")
    }

    @Test func `scripts get the repairs and the diff`() async throws {
        let project = try DiskProject(["bots.d/a.yaml": Self.misspelt])
        let result = await project.validate("--fix", "--dry-run", "-o", "json")
        let expected = Self.folder + "/../results/validate-fix-json.txt"
        #expect(Golden.difference(of: result.output, from: expected) == nil)
        #expect(try project.data(of: "bots.d/a.yaml") == Self.misspelt)
    }

    @Test func `flags that make no sense together are a usage error`() async throws {
        let project = try DiskProject(["bots.d/a.yaml": Self.misspelt])
        #expect(await project.validate("--dry-run").status == 64)
        #expect(await project.validate("--fix", "--set", "enabled=true").status == 64)
        #expect(try project.data(of: "bots.d/a.yaml") == Self.misspelt)
    }

    // Root writes everywhere.
    @Test(.enabled(if: getuid() != 0))
    func `a file that cannot be written is left and makes the run fail`() async throws {
        let project = try DiskProject([
            "bots.d/a.yaml": Data((Self.model + "enabled: true\n# botctl:ignore BOT033\n").utf8)
        ])
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: project.root + "/bots.d")
        defer {
            try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: project.root + "/bots.d")
        }
        let result = await project.validate("--fix")
        #expect(result.status == 1)
        #expect(result.output.contains("bots.d/a.yaml: not fixed: it cannot be written"))
    }

    @Test func `a file that cannot be written goes before what is still wrong`() async throws {
        let project = try DiskProject(["bots.d/a.yaml": Self.misspelt + Data("nothing: 1\n".utf8)])
        let result = await World(directory: project.root).run(["validate", "--fix"], writer: FullDisk())
        #expect(result.status == 1)
        #expect(result.output.hasPrefix("bots.d/a.yaml: not fixed: it cannot be written"))
        #expect(result.error.hasSuffix("; nothing was fixed, 1 file left as it is\n"))
    }

    @Test(arguments: ["smokes: {a: b}", "fallbacks: [nova]"])
    func `a key is not renamed to one that cannot hold its value`(line: String) async throws {
        let project = try DiskProject(["bots.d/a.yaml": Data((Self.model + line + "\n").utf8)])
        let result = await project.validate("--fix")
        #expect(result.status == 3)
        #expect(result.output.contains("error[BOT012]") && result.error.hasSuffix("; nothing could be fixed\n"))
    }
}
