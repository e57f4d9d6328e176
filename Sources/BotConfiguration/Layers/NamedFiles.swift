import FileAccess
import Suggestions

/// Why a file that the configuration names could not be taken.
struct NamedFileError: Error {
    let message: String
    let help: [String]
    var isOutsideProject = false
}

/// The files that the configuration names: those inside the project only.
struct NamedFiles {
    /// The longest prompt, in bytes.
    static let promptLimitInBytes = 262_144

    let files: any FileReading
    let root: String

    /// The text of a file: without a byte order mark, with line feeds.
    ///
    /// - Throws: ``NamedFileError``.
    func prompt(at path: String) throws(NamedFileError) -> String {
        var bytes = try bytes(at: path, limitInBytes: Self.promptLimitInBytes, what: "text")
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw NamedFileError(message: "'\(path)' is not UTF-8 text", help: ["save the file as UTF-8"])
        }
        return normalizingLineBreaks(text)
    }

    /// What a file holds.
    ///
    /// - Parameters:
    ///   - path: Where it is, relative to the project's root.
    ///   - limit: The most bytes that it may have.
    ///   - what: What it is, for help: "put the text itself into the project".
    /// - Returns: All of it.
    /// - Throws: ``NamedFileError``.
    func bytes(at path: String, limitInBytes limit: Int, what: String = "file") throws(NamedFileError) -> [UInt8] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.isEmpty, !path.hasPrefix("/"), !parts.contains(".."), !path.contains("\0") else {
            throw NamedFileError(
                message: "'\(path)' is not inside the project",
                help: ["name the file relative to the project's root, without '..'"], isOutsideProject: true)
        }
        if let resolved = files.resolvedPath(of: root + "/" + path), let base = files.resolvedPath(of: root),
            !resolved.hasPrefix(base == "/" ? "/" : base + "/")
        {
            throw NamedFileError(
                message: "'\(path)' is a link out of the project", help: ["put the \(what) itself into the project"],
                isOutsideProject: true)
        }
        do {
            return try files.read(root + "/" + path, limitInBytes: limit)
        } catch {
            throw NamedFileError(
                message: "'\(path)' cannot be read: \(error.reason)",
                help: [pathMeant(by: path).map { "did you mean '\($0)'?" } ?? "paths start at the project's root"])
        }
    }

    /// A file beside one that is not there, with nearly the same name.
    private func pathMeant(by path: String) -> String? {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[..<$0]) }
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let others = (try? files.entries(of: folder.map { root + "/" + $0 } ?? root)) ?? []
        return Spelling.closest(to: name, among: others.filter { $0 != name })
            .map { other in folder.map { "\($0)/\(other)" } ?? other }
    }

    private func normalizingLineBreaks(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var afterCarriageReturn = false
        for byte in text.utf8 {
            if byte == 0x0A, afterCarriageReturn {
                afterCarriageReturn = false
                continue
            }
            afterCarriageReturn = byte == 0x0D
            bytes.append(byte == 0x0D ? 0x0A : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
