import BotConfiguration
import Diagnostics
import FileAccess
import Foundation
import ModelCatalog
import Testing

/// Links in a project: what they lead to may be what a file of the project must never show.
struct LinkedFilesTests {
    private let root: String
    private let outside: String

    init() throws {
        let base = NSTemporaryDirectory() + "botctl-links-\(UUID().uuidString)"
        root = base + "/project"
        outside = base + "/outside.yaml"
        try FileManager.default.createDirectory(atPath: root + "/bots.d", withIntermediateDirectories: true)
        try "SECRET: hunter2\n".write(toFile: outside, atomically: true, encoding: .utf8)
    }

    private func load() throws -> Project {
        defer { try? FileManager.default.removeItem(atPath: (root as NSString).deletingLastPathComponent) }
        return try ProjectSources.read(ProjectLocation(root: root), files: LocalFiles())
            .project(in: nil, catalog: .embedded)
    }

    @Test(arguments: ["bots.d/x.yaml", "botctl.yaml", "templates/T.yaml", "catalog.d/x.yaml"])
    func `a link out of the project is an error that shows nothing of where it leads`(name: String) throws {
        let path = root + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: outside)
        let found = try load().diagnostics.filter { $0.file == name }
        #expect(found.map(\.code) == [.pathOutsideProject])
        #expect(!found.contains { "\($0)".contains("hunter2") })
    }

    @Test func `a link inside the project is read`() throws {
        try "model: amazon.nova-micro-v1:0\n".write(
            toFile: root + "/shared.yaml", atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(
            atPath: root + "/bots.d/x.yaml", withDestinationPath: "../shared.yaml")
        #expect(try load().bots.map(\.name) == ["x"])
    }
}
