private import Glibc
import NIOCore
import NIOPosix

/// Why there was no connection, in words for people.
package enum ConnectionFailure {
    /// What the system says of an error, in place of the wording around it, which speaks of NIO's own calls.
    package static func text(of error: any Error) -> String {
        switch error {
        case let error as IOError: strerror(error.errnoCode).map { String(cString: $0) } ?? "\(error)"
        case let error as SocketAddressError.UnknownHost:
            "no host '\(error.host)' is found: \(error.errorDescription.lowercased())"
        case let error as NIOConnectionError:
            // With addresses found, what became of them tells more than the family that has none.
            (error.connectionErrors.last?.error ?? error.dnsAError ?? error.dnsAAAAError).map(text)
                ?? "'\(error.host)' cannot be reached"
        default: "\(error)"
        }
    }
}
