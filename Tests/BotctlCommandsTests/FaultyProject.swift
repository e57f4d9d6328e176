import Foundation
import Testing

/// A project with something wrong in it: a folder of `Faulty`, named by what is wrong.
///
/// The folder holds the project's files; `arguments.txt`, one argument of `validate` a line, where it needs some; and
/// what a person and a script are told: `expected.txt` and `expected.json`. Of a file `NAME.repeat` the last line
/// stands as often as its first line says, so that a megabyte is not committed.
struct FaultyProject: CustomTestStringConvertible {
    let folder: String
    /// The project's files by path.
    let files: [String: [UInt8]]
    let arguments: [String]

    /// All of them, in the order of their names.
    static let all: [FaultyProject] = {
        let root = (#filePath as NSString).deletingLastPathComponent + "/Faulty"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.sorted().map { FaultyProject(folder: "\(root)/\($0)") }
    }()

    var testDescription: String { (folder as NSString).lastPathComponent }

    /// What a person is told.
    var expectedText: String { folder + "/expected.txt" }

    /// What a script is told.
    var expectedJSON: String { folder + "/expected.json" }

    private static let aside: Set<String> = ["arguments.txt", "expected.txt", "expected.json"]

    private init(folder: String) {
        var files: [String: [UInt8]] = [:]
        for path in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            var isDirectory: ObjCBool = false
            let full = "\(folder)/\(path)"
            guard !Self.aside.contains(path), FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory),
                !isDirectory.boolValue, let bytes = FileManager.default.contents(atPath: full)
            else { continue }
            if path.hasSuffix(".repeat") {
                files[String(path.dropLast(".repeat".count))] = Self.expanded(bytes)
            } else {
                files[path] = Array(bytes)
            }
        }
        self.folder = folder
        self.files = files
        arguments = Self.lines(of: FileManager.default.contents(atPath: folder + "/arguments.txt") ?? Data())
    }

    private static func lines(of data: Data) -> [String] {
        String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func expanded(_ data: Data) -> [UInt8] {
        let lines = lines(of: data)
        let count = lines.first?.split(separator: " ").lazy.compactMap { Int($0) }.first ?? 1
        let start = lines.dropFirst().dropLast().map { $0 + "\n" }.joined()
        return Array((start + String(repeating: (lines.last ?? "") + "\n", count: count)).utf8)
    }
}
