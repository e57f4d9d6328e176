/// Why a gateway cannot run.
package struct GatewayError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure this is.
    package struct Code: Hashable, Sendable {
        private enum Value: Hashable { case cannotListen, cannotBuild, cannotReachUpstream }
        private let value: Value

        /// The address cannot be listened on: it is in use, or not this machine's.
        package static let cannotListen = Code(value: .cannotListen)
        /// A bot that was handed over cannot be made.
        package static let cannotBuild = Code(value: .cannotBuild)
        /// The model service's stand-in did not start.
        package static let cannotReachUpstream = Code(value: .cannotReachUpstream)
    }

    package let code: Code
    /// What failed and on what, as a sentence without a full stop; never a secret.
    package let message: String
    package let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
