private import Glibc
import NIOCore

/// Why a simulator cannot run.
package struct SimulatorError: Error, Sendable, CustomStringConvertible {
    /// What failed, as a sentence without a full stop.
    package let description: String

    /// The error of a server that could not listen; any other error stays as it is.
    static func listening(at address: SimulatorAddress, _ error: any Error) -> any Error {
        guard let number = (error as? IOError)?.errnoCode else { return error }
        let reason =
            switch number {
            case EADDRINUSE: "the port is in use"
            case EADDRNOTAVAIL: "this machine has no such address"
            case EACCES: "not permitted"
            default: "\(error)"
            }
        return SimulatorError(description: "cannot listen on \(address): \(reason)")
    }
}
