package import FileAccess

/// Files that exist only in memory.
package struct InMemoryFiles: FileReading {
    /// The content of every file by its absolute path; directories follow from the paths.
    package var files: [String: [UInt8]]

    package init(files: [String: [UInt8]]) { self.files = files }

    package func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8] {
        guard let bytes = files[path] else {
            let isDirectory = kind(of: path) == .directory
            throw FileAccessError(
                code: isDirectory ? .isDirectory : .notFound, path: path,
                description: "reading \(path): \(isDirectory ? "it is a directory" : "no such file or directory")")
        }
        guard bytes.count <= limitInBytes else {
            throw FileAccessError(
                code: .tooLarge, path: path, description: "reading \(path): it is larger than \(limitInBytes) bytes")
        }
        return bytes
    }

    package func entries(of directory: String) throws(FileAccessError) -> [String] {
        guard kind(of: directory) == .directory else {
            throw FileAccessError(
                code: .notFound, path: directory, description: "listing \(directory): no such file or directory")
        }
        let names = files.keys.filter { $0.hasPrefix(directory + "/") }
            .compactMap { $0.dropFirst(directory.count + 1).split(separator: "/").first.map(String.init) }
        return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func resolvedPath(of path: String) -> String? { kind(of: path) == nil ? nil : path }

    package func kind(of path: String) -> FileKind? {
        if files[path] != nil { return .file }
        return files.keys.contains { $0.hasPrefix(path + "/") } ? .directory : nil
    }
}
