private import Synchronization

/// Files that remember what was asked of them, whatever the answer was, so that all of it can be watched.
package final class RecordedFiles: FileReading {
    private let files: any FileReading
    private let stamps = Mutex<[String: FileStamp?]>([:])

    /// Records what is asked of other files, which must be those of the machine.
    package init(_ files: any FileReading) { self.files = files }

    /// A watch over everything that was asked for, each as it was when it was first asked for.
    package var watch: FileWatch { FileWatch(stamps.withLock { $0 }) }

    package func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8] {
        record(path)
        return try files.read(path, limitInBytes: limitInBytes)
    }

    package func readUnlessLink(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8]? {
        record(path)
        return try files.readUnlessLink(path, limitInBytes: limitInBytes)
    }

    package func entries(of directory: String) throws(FileAccessError) -> [String] {
        record(directory)
        return try files.entries(of: directory)
    }

    package func kind(of path: String) -> FileKind? {
        record(path)
        return files.kind(of: path)
    }

    package func resolvedPath(of path: String) -> String? { files.resolvedPath(of: path) }

    package func isLink(_ path: String) -> Bool { files.isLink(path) }

    /// The stamp comes before the look: what changes in between is seen as a change, not missed.
    private func record(_ path: String) {
        guard stamps.withLock({ $0[path] }) == nil else { return }
        let stamp = FileStamp(of: path)
        stamps.withLock { stamps in
            if stamps[path] == nil { stamps[path] = .some(stamp) }
        }
    }
}
