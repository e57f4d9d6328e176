private import Glibc

/// Writes files so that a reader, also after a crash or a power cut, finds a file whole or not at all.
package struct AtomicFileWriter: Sendable {
    /// What the names of unfinished files start with.
    package static let temporaryPrefix = ".botctl-tmp-"

    package init() {}

    /// Replaces a file, or makes it: a temporary file beside it, fsync, rename, fsync of the directory.
    ///
    /// A file that is replaced hands on its permissions, not its owner. A link is replaced, not followed.
    ///
    /// - Throws: ``FileAccessError``; the old file then stands as it was, unless only the last fsync failed: then the
    ///   new one stands, and a power cut may still undo it.
    package func write(_ bytes: [UInt8], to path: String) throws(FileAccessError) {
        let directory = try openDirectory(of: path, while: "writing")
        defer { close(directory) }
        let temporary = try writeTemporary(bytes, beside: path, while: "writing", mode: mode(of: path))
        guard rename(temporary, path) == 0 else {
            let error = FileAccessError.last(while: "writing", path)
            unlink(temporary)
            throw error
        }
        try synchronize(directory, of: path, while: "writing")
    }

    /// Makes a file that must not exist yet.
    ///
    /// - Throws: ``FileAccessError``, with the code `alreadyExists` when it does; see ``write(_:to:)`` for the others.
    package func create(_ bytes: [UInt8], at path: String) throws(FileAccessError) {
        let directory = try openDirectory(of: path, while: "creating")
        defer { close(directory) }
        let temporary = try writeTemporary(bytes, beside: path, while: "creating", mode: nil)
        // Unlike a rename, a link never replaces what is there.
        let error = link(temporary, path) == 0 ? nil : FileAccessError.last(while: "creating", path)
        unlink(temporary)
        if let error { throw error }
        try synchronize(directory, of: path, while: "creating")
    }

    /// Makes a directory and those above it; one that exists is fine.
    ///
    /// - Throws: ``FileAccessError``; directories made before the failure stay.
    package func createDirectories(_ path: String) throws(FileAccessError) {
        let doing = "making the directory"
        try FileAccessError.refuseNUL(in: path, while: doing)
        var current = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            current += current.isEmpty || current.hasSuffix("/") ? String(part) : "/" + part
            if mkdir(current, 0o777) == 0 {
                let parent = try openDirectory(of: current, while: doing)
                defer { close(parent) }
                try synchronize(parent, of: current, while: doing)
                continue
            }
            let reason = errno
            // A parent that only root may write in can still hold the rest of the path.
            guard reason == EEXIST || LocalFiles().kind(of: current) == .directory else {
                throw FileAccessError(systemError: reason, while: doing, current)
            }
        }
        guard LocalFiles().kind(of: path) == .directory else {
            throw FileAccessError(
                code: .notADirectory, path: path, description: "\(doing) \(path): something else is in the way")
        }
    }

    /// Removes a file; one that does not exist is fine.
    ///
    /// - Throws: ``FileAccessError``.
    package func remove(_ path: String) throws(FileAccessError) {
        try FileAccessError.refuseNUL(in: path, while: "removing")
        guard unlink(path) == 0 || errno == ENOENT else { throw .last(while: "removing", path) }
    }

    /// Removes what killed processes left unfinished in a directory, as far as that is possible.
    ///
    /// - Parameters:
    ///   - directory: Where to look; not in the directories below it.
    ///   - ageInSeconds: Younger files may still be written by somebody and stay.
    package func removeStaleTemporaries(in directory: String, olderThan ageInSeconds: Int) {
        guard let names = try? LocalFiles().entries(of: directory) else { return }
        let newest = time(nil) - ageInSeconds
        for name in names where name.hasPrefix(Self.temporaryPrefix) {
            var status = stat()
            let path = directory + "/" + name
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            if status.st_mtim.tv_sec < newest { unlink(path) }
        }
    }
}

// MARK: - Steps

extension AtomicFileWriter {
    /// The permissions of a regular file, or nil where there is none.
    private func mode(of path: String) -> mode_t? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return status.st_mode & 0o777
    }

    /// Writes a file under a name of its own and gives its path; none is left when that fails.
    ///
    /// Its permissions are `mode`, or with nil those of any new file.
    private func writeTemporary(
        _ bytes: [UInt8], beside path: String, while doing: String, mode: mode_t?
    ) throws(FileAccessError) -> String {
        let unique = "\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let temporary = "\(directory(of: path))/\(Self.temporaryPrefix)\(unique)"
        let descriptor = retryingInterrupted {
            open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode == nil ? 0o666 : 0o600)
        }
        guard descriptor >= 0 else { throw .last(while: doing, path) }
        let isWritten =
            writeAll(bytes, to: descriptor) && mode.map { fchmod(descriptor, $0) == 0 } ?? true
            && retryingInterrupted { fsync(descriptor) } == 0
        let error = isWritten ? nil : FileAccessError.last(while: doing, path)
        close(descriptor)
        guard let error else { return temporary }
        unlink(temporary)
        throw error
    }

    private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                let count = retryingInterrupted { Glibc.write(descriptor, rest.baseAddress, rest.count) }
                if count == 0 { errno = EIO }
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
    }

    /// Opens the directory of a file before anything is changed in it, so that one that cannot be synchronised is
    /// found in time.
    private func openDirectory(of path: String, while doing: String) throws(FileAccessError) -> Int32 {
        try FileAccessError.refuseNUL(in: path, while: doing)
        let descriptor = retryingInterrupted { open(directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .last(while: doing, path) }
        return descriptor
    }

    private func synchronize(_ directory: Int32, of path: String, while doing: String) throws(FileAccessError) {
        // EINVAL: the file system has no such thing for directories.
        guard retryingInterrupted({ fsync(directory) }) == 0 || errno == EINVAL else {
            throw .last(while: doing, path)
        }
    }

    private func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
