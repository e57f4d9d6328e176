package import AWSClient

/// Why the control plane did not tell what it was asked.
package struct ControlPlaneError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure this is.
    package struct Code: Hashable, Sendable {
        private enum Value: Hashable { case denied, notFound, throttled, credentials, unreachable, unreadable, failed }
        private let value: Value

        /// The caller lacks the permission.
        package static let denied = Code(value: .denied)
        /// What was asked about does not exist in the region.
        package static let notFound = Code(value: .notFound)
        /// Too many requests at once.
        package static let throttled = Code(value: .throttled)
        /// There are no keys to sign with, or the service does not take them.
        package static let credentials = Code(value: .credentials)
        /// No answer came, or not in time.
        package static let unreachable = Code(value: .unreachable)
        /// The answer is none of the operation's.
        package static let unreadable = Code(value: .unreadable)
        /// Anything else that the service answered.
        package static let failed = Code(value: .failed)
    }

    package let code: Code
    /// The service that was asked.
    package let service: AWSService
    /// The operation's name: `ListFoundationModels`.
    package let operation: String
    /// What happened, as the end of a sentence.
    package let message: String

    /// A failure of an operation.
    ///
    /// - Parameters:
    ///   - code: What kind of failure this is.
    ///   - service: The service that was asked.
    ///   - operation: The operation's name.
    ///   - message: What happened, as the end of a sentence.
    package init(_ code: Code, _ service: AWSService, _ operation: String, _ message: String) {
        self.code = code
        self.service = service
        self.operation = operation
        self.message = message
    }

    /// The failure that an error answer means.
    init(_ error: AWSServiceError, _ service: AWSService, _ operation: String) {
        let code: Code =
            switch error.code {
            case "AccessDeniedException", "AccessDenied": .denied
            case "ResourceNotFoundException", "NoSuchResourceException": .notFound
            case "ThrottlingException", "TooManyRequestsException": .throttled
            case "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException",
                "MissingAuthenticationTokenException", "IncompleteSignatureException":
                .credentials
            default: error.status == 403 ? .denied : error.status == 404 ? .notFound : .failed
            }
        self.init(code, service, operation, "\(error)")
    }

    /// The permission that the operation needs: `bedrock:ListFoundationModels`.
    package var permission: String { "\(service.signingName):\(operation)" }

    package var description: String { "\(operation): \(message)" }
}
