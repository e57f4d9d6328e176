import FileAccess

/// A machine without a file: for what must not depend on the one it runs on.
struct NoFiles: FileReading {
    func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8] { throw Self.missing(path) }

    func entries(of directory: String) throws(FileAccessError) -> [String] { throw Self.missing(directory) }

    func kind(of path: String) -> FileKind? { nil }

    func resolvedPath(of path: String) -> String? { nil }

    private static func missing(_ path: String) -> FileAccessError {
        FileAccessError(code: .notFound, path: path, description: "reading \(path): no such file")
    }
}
