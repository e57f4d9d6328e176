import FileAccess
import Synchronization

/// A project's files as they were first read, with edits that only exist here.
///
/// Every file is read once, so that edits always meet the bytes that they were made for.
final class EditedFiles: FileReading {
    private let base: any FileReading
    /// By path without links.
    private let contents = Mutex<[String: [UInt8]]>([:])

    init(_ base: any FileReading) { self.base = base }

    func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8] {
        let key = base.resolvedPath(of: path) ?? path
        let known = contents.withLock { $0[key] }
        let bytes = if let known { known } else { try base.read(path, limitInBytes: limitInBytes) }
        guard bytes.count <= limitInBytes else {
            throw FileAccessError(
                code: .tooLarge, path: path, description: "reading \(path): it is larger than \(limitInBytes) bytes")
        }
        // Of two readers at once the first decides.
        return contents.withLock { contents in
            if let earlier = contents[key] { return earlier }
            contents[key] = bytes
            return bytes
        }
    }

    /// Gives a file other bytes, here only.
    func replace(_ resolvedPath: String, with bytes: [UInt8]) { contents.withLock { $0[resolvedPath] = bytes } }

    func entries(of directory: String) throws(FileAccessError) -> [String] { try base.entries(of: directory) }

    func kind(of path: String) -> FileKind? { base.kind(of: path) }

    func resolvedPath(of path: String) -> String? { base.resolvedPath(of: path) }
}
