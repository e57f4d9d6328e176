/// Files as the configuration loader and the secret resolver see them: bounded reads of small files.
///
/// Paths are absolute, or relative to the working directory of the process.
package protocol FileReading: Sendable {
    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - path: The file; links are followed.
    ///   - limitInBytes: The most that is read; a larger file is an error, never cut.
    /// - Returns: The bytes of the file.
    /// - Throws: ``FileAccessError``.
    func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8]

    /// Reads a whole file, if it stands at the path itself.
    ///
    /// - Parameters:
    ///   - path: The file; directories on the way to it may be links.
    ///   - limitInBytes: The most that is read; a larger file is an error, never cut.
    /// - Returns: The bytes of the file; nil when a link stands at the path.
    /// - Throws: ``FileAccessError``.
    func readUnlessLink(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8]?

    /// The names in a directory without `.` and `..`, sorted by their bytes.
    ///
    /// - Throws: ``FileAccessError``.
    func entries(of directory: String) throws(FileAccessError) -> [String]

    /// What stands at a path after following links, or nil when nothing does or it cannot be reached.
    func kind(of path: String) -> FileKind?

    /// The absolute path of what stands at a path, without links, `.` and `..`; nil when nothing does.
    func resolvedPath(of path: String) -> String?

    /// Whether what stands at a path is a link, wherever it leads.
    func isLink(_ path: String) -> Bool
}

extension FileReading {
    package func readUnlessLink(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8]? {
        isLink(path) ? nil : try read(path, limitInBytes: limitInBytes)
    }

    package func isLink(_ path: String) -> Bool { resolvedPath(of: path).map { $0 != path } ?? false }

    /// Whether a directory has an entry of that name, be it a link that leads nowhere.
    package func holdsEntry(at path: String) -> Bool {
        if kind(of: path) != nil { return true }
        guard let slash = path.lastIndex(of: "/") else { return false }
        let directory = slash == path.startIndex ? "/" : String(path[..<slash])
        return (try? entries(of: directory))?.contains(String(path[path.index(after: slash)...])) ?? false
    }
}

/// What stands at a path.
package enum FileKind: Hashable, Sendable {
    case file, directory, other
}
