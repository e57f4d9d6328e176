import AsyncHTTPClient

/// A request got no answer, or not the whole of it, because of the way to the service.
package struct AWSTransportError: Error, Sendable, CustomStringConvertible {
    /// How far the request got; decides whether it can be sent again.
    package struct Code: Hashable, Sendable {
        private enum Value: Hashable { case unanswered, interrupted }
        private let value: Value

        /// No answer began: no connection could be made, or it was lost before the answer's head.
        package static let unanswered = Code(value: .unanswered)
        /// The connection was lost within the answer's body.
        package static let interrupted = Code(value: .interrupted)
    }

    package let code: Code
    /// What the connection reported; holds no header and no part of a body.
    package let message: String

    private static let longestMessage = 300

    init(_ code: Code, cause: any Error) {
        self.code = code
        // The long description of this type repeats header values, which may hold credentials.
        let text = (cause as? HTTPClientError)?.shortDescription ?? String(describing: cause)
        message = String(text.prefix(Self.longestMessage))
    }

    package var description: String {
        switch code {
        case .interrupted: "the connection was lost within the answer: \(message)"
        default: "no answer: \(message)"
        }
    }
}
