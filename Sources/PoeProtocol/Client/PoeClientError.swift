/// Why a bot could not be asked, or why its answer is no answer of the Poe protocol.
///
/// That a bot answers with an `error` event is not such an error: see ``PoeAnswer/failure``.
package struct PoeClientError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure this is.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The URL or the access key cannot be used; a mistake in the configuration.
        case invalidTarget
        /// There was no connection, or it was lost before the answer began; a later try may work.
        case unreachable
        /// The bot was silent for too long, or took too long in all; a later try may work.
        case timedOut
        /// The answer has another status than 200; see ``PoeClientError/status``.
        case refused
        /// The answer breaks the protocol.
        case protocolFault
        /// The answer goes past a bound of ``PoeClientLimits``.
        case tooLarge
    }

    package let code: Code
    /// What happened, with what was expected and what came; holds no secret.
    package let message: String
    /// The HTTP status, once there was one.
    package var status: Int?
    /// The answer's `x-request-id`.
    package var requestID: String?
    /// The answer's `x-bot-digest`.
    package var botDigest: String?
    package var cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }

    /// The same error, with what the answer's head said.
    func with(_ head: PoeExchange.Head) -> PoeClientError {
        var copy = self
        copy.status = head.status
        copy.requestID = head.requestID
        copy.botDigest = head.botDigest
        return copy
    }
}
