private import Glibc
private import Synchronization

/// A file that is written piece by piece and has its name only once it is whole.
///
/// Until then it stands beside its place as an unfinished file, see ``AtomicFileWriter/temporaryPrefix``; one that is
/// neither finished nor discarded goes with this value. A crash of the machine may lose a file that was finished just
/// before, unlike those of ``AtomicFileWriter``: nothing waits here for the disk.
package final class FileDraft: Sendable {
    /// Where the finished file stands.
    package let path: String
    private let temporary: String
    /// The open file; nil once it was finished or discarded.
    private let descriptor: Mutex<Int32?>

    /// Begins a file.
    ///
    /// - Parameter path: Where it is to stand; its directory must exist.
    /// - Throws: ``FileAccessError``.
    package init(of path: String) throws(FileAccessError) {
        try FileAccessError.refuseNUL(in: path, while: "writing")
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        let unique = "\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let temporary = String(path.dropLast(name.count)) + AtomicFileWriter.temporaryPrefix + unique
        let opened = retryingInterrupted { open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
        guard opened >= 0 else { throw .last(while: "writing", path) }
        self.path = path
        self.temporary = temporary
        descriptor = Mutex(opened)
    }

    deinit { discard() }

    /// Writes the next piece.
    ///
    /// - Throws: ``FileAccessError``, also once the file was finished or discarded.
    package func append(_ bytes: some Collection<UInt8>) throws(FileAccessError) {
        let piece = Array(bytes)
        let failure: FileAccessError? = descriptor.withLock { descriptor in
            guard let descriptor else { return ended }
            var written = 0
            while written < piece.count {
                let count = piece.withUnsafeBytes { buffer in
                    let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                    return retryingInterrupted { Glibc.write(descriptor, rest.baseAddress, rest.count) }
                }
                guard count > 0 else { return .last(while: "writing", path) }
                written += count
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// Gives the file its name; one that had it is replaced.
    ///
    /// - Throws: ``FileAccessError``; the file is then discarded.
    package func finish() throws(FileAccessError) {
        let failure: FileAccessError? = descriptor.withLock { descriptor in
            guard let open = descriptor else { return ended }
            descriptor = nil
            close(open)
            guard rename(temporary, path) != 0 else { return nil }
            let failure = FileAccessError.last(while: "writing", path)
            unlink(temporary)
            return failure
        }
        if let failure { throw failure }
    }

    /// Removes what was written; nothing happens after ``finish()``.
    package func discard() {
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return }
            descriptor = nil
            close(open)
            unlink(temporary)
        }
    }

    private var ended: FileAccessError {
        FileAccessError(code: .other, path: path, description: "writing \(path): the file has ended")
    }
}
