/// Why a request got no answer, or not the whole of it.
package struct ServiceConnectionError: Error, Sendable {
    /// How far the request got.
    package enum Code: Hashable, Sendable {
        /// No answer began: no connection could be made, or it was lost before the answer's head.
        case unanswered
        /// No connection was there in time, or no answer began in time.
        case timedOut
        /// The connection was lost within the answer's body.
        case interrupted
    }

    package let code: Code
    /// What the connection reported; holds no header and no part of a body.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
