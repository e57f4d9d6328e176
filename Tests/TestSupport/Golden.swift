import Foundation

/// Compares output with what is committed.
///
/// With `BOTCTL_RECORD=1` the file is written anew and the comparison still fails, so that no CI run can record.
package enum Golden {
    /// How the output differs from the golden file, as lines with `-` and `+`; nil when it does not.
    ///
    /// - Parameters:
    ///   - actual: What the code under test made.
    ///   - path: The golden file.
    /// - Returns: The difference, or what stands in the way of comparing.
    package static func difference(of actual: String, from path: String) -> String? {
        if ProcessInfo.processInfo.environment["BOTCTL_RECORD"] == "1" {
            do {
                let directory = (path as NSString).deletingLastPathComponent
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
                try actual.write(toFile: path, atomically: true, encoding: .utf8)
                return "recorded \(path): read it, then run the tests without BOTCTL_RECORD"
            } catch {
                return "could not record \(path): \(error)"
            }
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            return "there is no golden file \(path); BOTCTL_RECORD=1 writes it. Output:\n\(actual)"
        }
        let expected = String(decoding: data, as: UTF8.self)
        return expected == actual ? nil : "\(path) differs:\n" + lines(of: expected, against: actual)
    }

    private static func lines(of expected: String, against actual: String) -> String {
        let old = expected.components(separatedBy: "\n")
        let new = actual.components(separatedBy: "\n")
        var result: [String] = []
        let changes = new.difference(from: old)
        var removed: [Int: String] = [:]
        var inserted: [Int: String] = [:]
        for change in changes {
            switch change {
            case .remove(let offset, let element, _): removed[offset] = element
            case .insert(let offset, let element, _): inserted[offset] = element
            }
        }
        for (offset, element) in removed.sorted(by: { $0.key < $1.key }) {
            result.append("-\(offset + 1): \(element)")
        }
        for (offset, element) in inserted.sorted(by: { $0.key < $1.key }) {
            result.append("+\(offset + 1): \(element)")
        }
        return result.joined(separator: "\n")
    }

    /// The folder `Golden` beside a test's file.
    package static func folder(beside file: String = #filePath) -> String {
        (file as NSString).deletingLastPathComponent + "/Golden"
    }

    /// The names of the cases in a folder, sorted.
    package static func cases(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
}
