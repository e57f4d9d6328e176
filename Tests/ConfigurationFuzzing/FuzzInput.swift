import Foundation
package import TestSupport

/// The bytes that a fuzzer makes up, as the files of a project.
///
/// A record separator (U+001E, which no YAML file may hold) ends a file: the bytes are `bots.d/bot.yaml`, the default
/// template, `botctl.yaml` and a file of `catalog.d`, of which the later ones may be absent.
package enum FuzzInput {
    /// The root of every project made of fuzzed bytes.
    package static let root = "/p"

    /// Where each file of the project is, in the order of the input.
    private static let paths = [
        "bots.d/bot.yaml", "templates/DEFAULT_CHAT_CONFIG.yaml", "botctl.yaml", "catalog.d/models.yaml",
    ]

    /// The project that some bytes stand for.
    package static func files(of input: [UInt8]) -> InMemoryFiles {
        var files: [String: [UInt8]] = [:]
        let parts = input.split(separator: 0x1E, maxSplits: paths.count - 1, omittingEmptySubsequences: false)
        for (path, part) in zip(paths, parts) where path == paths[0] || !part.isEmpty {
            files["\(root)/\(path)"] = Array(part)
        }
        // The fallback of the seeds, so that not every input that names a bot is refused for it.
        files["\(root)/bots.d/other.yaml"] = Array("model: amazon.nova-micro-v1:0\n".utf8)
        return InMemoryFiles(files: files)
    }

    /// The inputs in a folder, by file name.
    package static func inputs(in folder: String) -> [(name: String, bytes: [UInt8])] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").map { (name, Array($0)) }
        }
    }
}
