import AsyncHTTPClient
import NIOCore
import ServiceConnections

/// A request got no answer, or not the whole of it, because of the way to the service.
package struct AWSTransportError: Error, Sendable, CustomStringConvertible {
    /// How far the request got; decides whether it can be sent again.
    ///
    /// The set is closed: whether a request is sent again must be decided for each of them.
    package enum Code: Hashable, Sendable, CaseIterable {
        /// No answer began: no connection could be made, or it was lost before the answer's head.
        case unanswered
        /// No answer began in time.
        case timedOut
        /// The connection was lost within the answer's body.
        case interrupted
        /// The answer has more bytes than its reader takes.
        case tooLarge
    }

    package let code: Code
    /// What the connection reported; holds no header and no part of a body.
    package let message: String

    private static let longestMessage = 300

    /// Makes an error of a text that holds no header and no part of a body.
    package init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    init(_ code: Code, cause: any Error) {
        if let error = cause as? ServiceConnectionError {
            self.init(code, message: String(error.message.prefix(Self.longestMessage)))
            return
        }
        // The long description of this type repeats header values, which may hold credentials.
        let text = (cause as? HTTPClientError)?.shortDescription ?? String(describing: cause)
        self.init(code, message: String(text.prefix(Self.longestMessage)))
    }

    /// The error of an answer of which nothing more came in time.
    init(silentFor time: Duration) { self.init(.timedOut, message: "nothing came for \(time)") }

    /// The error of a request whose answer has not begun.
    init(unanswered cause: any Error) {
        if let error = cause as? AWSTransportError {
            self = error
        } else if let error = cause as? ServiceConnectionError {
            self.init(error.code == .timedOut ? .timedOut : .unanswered, cause: error)
        } else {
            self.init(Self.isTimeout(cause) ? .timedOut : .unanswered, cause: cause)
        }
    }

    private static func isTimeout(_ error: any Error) -> Bool {
        if case ChannelError.connectTimeout? = error as? ChannelError { return true }
        let timeouts: [HTTPClientError] = [
            .connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout,
            .tlsHandshakeTimeout,
        ]
        return (error as? HTTPClientError).map(timeouts.contains) ?? false
    }

    package var description: String {
        switch code {
        case .interrupted: "the connection was lost within the answer: \(message)"
        case .timedOut: "no answer in time: \(message)"
        case .tooLarge: "the answer is too large: \(message)"
        case .unanswered: "no answer: \(message)"
        }
    }
}
