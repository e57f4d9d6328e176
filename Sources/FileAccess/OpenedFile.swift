private import Glibc

/// A regular file that is open for reading, piece by piece.
///
/// It can be read to its end whatever becomes of its name, and from several tasks at once.
package final class OpenedFile: Sendable {
    /// The size in bytes when it was opened.
    package let size: Int
    private let descriptor: Int32
    private let path: String

    /// Opens a file; a link is not followed.
    ///
    /// - Parameter path: Absolute, or relative to the working directory.
    /// - Throws: ``FileAccessError``, with the code `other` for what is no regular file.
    package init(_ path: String) throws(FileAccessError) {
        try FileAccessError.refuseNUL(in: path, while: "opening")
        descriptor = retryingInterrupted { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW) }
        guard descriptor >= 0 else { throw .last(while: "opening", path) }
        self.path = path
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        size = isKnown ? Int(status.st_size) : 0
        // From here on the deinitialiser closes the file.
        guard isKnown else { throw .last(while: "opening", path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileAccessError(code: .other, path: path, description: "opening \(path): it is no regular file")
        }
    }

    deinit { close(descriptor) }

    /// Reads a piece.
    ///
    /// - Parameters:
    ///   - offset: Where it begins, in bytes from the file's beginning.
    ///   - count: The most bytes to read.
    /// - Returns: As many of them as there are; fewer only at the file's end.
    /// - Throws: ``FileAccessError``.
    package func read(at offset: Int, count: Int) throws(FileAccessError) -> [UInt8] {
        var failure: FileAccessError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            while done < count {
                let rest = UnsafeMutableBufferPointer(rebasing: buffer[done...])
                let read = retryingInterrupted { pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done)) }
                if read < 0 { failure = .last(while: "reading", path) }
                guard read > 0 else { return }
                done += read
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
