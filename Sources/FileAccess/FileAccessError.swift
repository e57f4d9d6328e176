private import Glibc

/// Why a file could not be read or written.
package struct FileAccessError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is, as far as a caller acts on it.
    package enum Code: Hashable, Sendable {
        case notFound, permissionDenied, isDirectory, notADirectory, tooLarge, alreadyExists, linkLoop, noSpace, other
    }

    package let code: Code
    package let path: String
    /// What failed, as a sentence without a full stop: "reading bots.d/x.yaml: permission denied".
    package let description: String

    /// What failed without the path, for a place that names the file already: "permission denied".
    package var reason: String {
        guard let range = description.firstRange(of: "\(path): ") else { return description }
        return String(description[range.upperBound...])
    }

    package init(code: Code, path: String, description: String) {
        self.code = code
        self.path = path
        self.description = description
    }
}

extension FileAccessError {
    /// The error that the last system call left; to be made before anything else can change `errno`.
    static func last(while doing: String, _ path: String) -> FileAccessError {
        FileAccessError(systemError: errno, while: doing, path)
    }

    /// The error of a system call, by its number.
    init(systemError number: Int32, while doing: String, _ path: String) {
        let code: Code =
            switch number {
            case ENOENT: .notFound
            case EACCES, EPERM: .permissionDenied
            case EISDIR: .isDirectory
            case ENOTDIR: .notADirectory
            case EEXIST: .alreadyExists
            case ELOOP: .linkLoop
            case ENOSPC, EDQUOT: .noSpace
            default: .other
            }
        let reason = String(cString: strerror(number)).lowercased()
        self.init(code: code, path: path, description: "\(doing) \(path): \(reason)")
    }

    /// Refuses a path that the system would read only up to a NUL byte, and so take for another.
    static func refuseNUL(in path: String, while doing: String) throws(FileAccessError) {
        guard path.utf8.contains(0) else { return }
        throw FileAccessError(
            code: .other, path: path, description: "\(doing) \(path.debugDescription): a path cannot hold a NUL byte")
    }
}

/// Makes a system call again for as long as a signal interrupts it.
///
/// - Returns: What the call gave; with -1, `errno` tells why.
func retryingInterrupted<Value: SignedInteger>(_ call: () -> Value) -> Value {
    while true {
        let result = call()
        guard result == -1, errno == EINTR else { return result }
    }
}
