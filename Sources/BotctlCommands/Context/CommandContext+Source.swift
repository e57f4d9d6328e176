import Deployment
import FileAccess

extension CommandContext {
    /// The commit that a directory is checked out at, read from its repository; nil where there is none.
    ///
    /// Whether files differ from the commit is not known: that would need git itself.
    func sourceRevision(of directory: String) -> Manifest.Source? {
        var current = directory
        while files.kind(of: current + "/.git") == nil {
            guard let slash = current.lastIndex(of: "/"), slash != current.startIndex else { return nil }
            current = String(current[..<slash])
        }
        guard let head = line(of: current + "/.git/HEAD") else { return nil }
        guard head.hasPrefix("ref: ") else { return Manifest.Source(revision: head, dirty: nil) }
        let reference = String(head.dropFirst(5))
        let revision = line(of: current + "/.git/" + reference) ?? packedRevision(of: reference, in: current)
        return revision.map { Manifest.Source(revision: $0, dirty: nil) }
    }

    private func line(of path: String) -> String? {
        guard let bytes = try? files.read(path, limitInBytes: 4096) else { return nil }
        let line = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        return line.isEmpty ? nil : line
    }

    private func packedRevision(of reference: String, in repository: String) -> String? {
        guard let bytes = try? files.read(repository + "/.git/packed-refs", limitInBytes: 16 << 20) else { return nil }
        for line in bytes.split(separator: 0x0A) {
            let parts = line.split(separator: 0x20)
            if parts.count == 2, parts[1].elementsEqual(reference.utf8) {
                return String(decoding: parts[0], as: UTF8.self)
            }
        }
        return nil
    }
}
