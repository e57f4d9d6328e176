import Foundation

/// A folder on disk that goes when its test ends.
final class TemporaryProject: Sendable {
    let root: String

    /// Makes a folder with these files, by path relative to it.
    init(_ files: [String: String] = [:]) throws {
        root = NSTemporaryDirectory() + "botctl-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        for (path, text) in files { try write(text, to: path) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// A project with the template that the repository ships, and these files.
    static func shipped(_ files: [String: String] = [:]) throws -> TemporaryProject {
        let template = "templates/DEFAULT_CHAT_CONFIG.yaml"
        let text = try String(contentsOfFile: "\(ShippedBotsTests.root)/\(template)", encoding: .utf8)
        return try TemporaryProject(
            [template: text, "bots.d/seed.yaml": "model: amazon.nova-lite-v1:0\n"].merging(files) { $1 })
    }

    func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: "\(root)/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    /// The text of a file; nil where there is none.
    func text(_ path: String) -> String? { try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) }

    /// Every file, by path relative to the folder.
    var files: [String] {
        (FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []).filter { path in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isDirectory)
                && !isDirectory.boolValue
        }.sorted()
    }
}

extension World.Result {
    /// Both streams as a golden file holds them, with times replaced.
    var masked: String {
        "--- exit \(status)\n--- stdout\n\(output)--- stderr\n\(error)"
            .replacing(/[ ]*\d+ ms/, with: " TIME").replacing(/[ ]*\d+\.\d s\b/, with: " TIME")
    }
}
