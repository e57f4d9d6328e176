import AWSClient
import ChatEvents

extension ChatFailure {
    /// The failure that an error answer is.
    init(_ error: AWSServiceError) {
        self.init(
            bedrockStatus: error.status, code: error.code, message: error.message, requestID: error.requestID)
    }

    /// The failure that a lost or impossible connection is.
    init(_ error: AWSTransportError, requestID: String? = nil) {
        let kind: Kind =
            switch error.code {
            case .unanswered, .interrupted: .unavailable
            case .timedOut: .timedOut
            case .tooLarge: .modelError
            }
        self.init(kind, detail: error.description, upstreamRequestID: requestID)
    }

    /// The failure that missing credentials are.
    init(_ error: AWSCredentialError) {
        self.init(.unauthorized, detail: error.description)
    }
}
