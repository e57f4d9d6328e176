import AsyncHTTPClient
import NIOCore

/// A request got no answer, or not the whole of it, because of the way to the service.
package struct AWSTransportError: Error, Sendable, CustomStringConvertible {
    /// How far the request got; decides whether it can be sent again.
    package struct Code: Hashable, Sendable {
        private enum Value: Hashable { case unanswered, timedOut, interrupted, tooLarge }
        private let value: Value

        /// No answer began: no connection could be made, or it was lost before the answer's head.
        package static let unanswered = Code(value: .unanswered)
        /// No answer began in time.
        package static let timedOut = Code(value: .timedOut)
        /// The connection was lost within the answer's body.
        package static let interrupted = Code(value: .interrupted)
        /// The answer has more bytes than its reader takes.
        package static let tooLarge = Code(value: .tooLarge)
    }

    package let code: Code
    /// What the connection reported; holds no header and no part of a body.
    package let message: String

    private static let longestMessage = 300

    init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    init(_ code: Code, cause: any Error) {
        // The long description of this type repeats header values, which may hold credentials.
        let text = (cause as? HTTPClientError)?.shortDescription ?? String(describing: cause)
        self.init(code, message: String(text.prefix(Self.longestMessage)))
    }

    /// The error of a request whose answer has not begun.
    init(unanswered cause: any Error) {
        if let error = cause as? AWSTransportError {
            self = error
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
        default: "no answer: \(message)"
        }
    }
}
