package import FileAccess

/// Files with others laid over them: what a project would be, before anything is written.
package struct OverlayFiles: FileReading {
    private let base: any FileReading
    private let overlay: [String: [UInt8]]
    private let replaced: Set<String>

    /// Lays files over others.
    ///
    /// - Parameters:
    ///   - overlay: The content of each file by its absolute path; the directories above it then exist too.
    ///   - base: What lies beneath.
    ///   - directories: Directories that hold nothing but what is laid over them.
    package init(
        _ overlay: [String: [UInt8]], over base: any FileReading, replacing directories: Set<String> = []
    ) {
        self.overlay = overlay
        replaced = directories
        self.base = base
    }

    package func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8] {
        guard let bytes = overlay[path] else { return try base.read(path, limitInBytes: limitInBytes) }
        guard bytes.count <= limitInBytes else {
            throw FileAccessError(
                code: .tooLarge, path: path, description: "reading \(path): it is larger than \(limitInBytes) bytes")
        }
        return bytes
    }

    package func entries(of directory: String) throws(FileAccessError) -> [String] {
        let added = overlay.keys.compactMap { path -> String? in
            guard path.hasPrefix(directory + "/") else { return nil }
            return path.dropFirst(directory.utf8.count + 1).split(separator: "/").first.map(String.init)
        }
        if replaced.contains(directory) { return Self.sorted(added) }
        guard !added.isEmpty else { return try base.entries(of: directory) }
        let existing = base.kind(of: directory) == nil ? [] : try base.entries(of: directory)
        return Self.sorted(existing + added)
    }

    private static func sorted(_ names: [String]) -> [String] {
        Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func kind(of path: String) -> FileKind? {
        if overlay[path] != nil { return .file }
        return base.kind(of: path) ?? (overlay.keys.contains { $0.hasPrefix(path + "/") } ? .directory : nil)
    }

    package func resolvedPath(of path: String) -> String? {
        if let resolved = base.resolvedPath(of: path) { return resolved }
        guard kind(of: path) != nil, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return nil }
        // A directory above it may be a link, as is true of many a temporary one.
        return resolvedPath(of: String(path[..<slash])).map { $0 + path[slash...] }
    }
}
