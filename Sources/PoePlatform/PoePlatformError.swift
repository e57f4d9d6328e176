/// Why a call of Poe's side did not do what it was to do.
package struct PoePlatformError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure this is.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The base URL, the name or the access key cannot be used; a mistake in the configuration.
        case invalidTarget
        /// There was no connection, or it was lost before the answer was whole; a later try may work.
        case unreachable
        /// The answer did not come in time; whether the call was carried out is not known.
        case timedOut
        /// Poe failed, with a status of 500 or more; a later try may work.
        case unavailable
        /// Poe refused, with another status than 200; the same call will be refused again.
        case refused
        /// The answer is not what Poe's protocol says.
        case protocolFault
    }

    package let code: Code
    /// What happened, with Poe's own words where there are some, as one line; holds no secret.
    package let message: String
    /// The HTTP status, once there was one.
    package let status: Int?

    package init(_ code: Code, _ message: String, status: Int? = nil) {
        self.code = code
        self.message = message
        self.status = status
    }

    package var description: String { message }

    /// Whether the same call may work a moment later: a 5xx, or a connection that was not there or was lost.
    package var isWorthRetrying: Bool {
        switch code {
        case .unreachable, .unavailable: true
        case .invalidTarget, .timedOut, .refused, .protocolFault: false
        }
    }
}
