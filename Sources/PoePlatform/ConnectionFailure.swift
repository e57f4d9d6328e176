private import Glibc
import NIOCore

/// Why there was no connection, in the system's words.
enum ConnectionFailure {
    /// What the system says of an error, in place of the wording around it, which speaks of NIO's own calls.
    static func text(of error: any Error) -> String {
        guard let error = error as? IOError, let text = strerror(error.errnoCode) else { return "\(error)" }
        return String(cString: text)
    }
}
