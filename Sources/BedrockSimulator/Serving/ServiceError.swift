import JSONCoding

/// An error that the service answers instead of a model's words.
struct ServiceError: Error, Hashable, Sendable {
    /// The name of the error on the wire.
    ///
    /// Source: Amazon Bedrock API reference, "Common errors" and the errors of each operation.
    enum Code: String, Hashable, Sendable, CaseIterable {
        case validation = "ValidationException"
        case serialization = "SerializationException"
        case missingAuthenticationToken = "MissingAuthenticationTokenException"
        case incompleteSignature = "IncompleteSignatureException"
        case unrecognizedClient = "UnrecognizedClientException"
        case invalidSignature = "InvalidSignatureException"
        case expiredToken = "ExpiredTokenException"
        case accessDenied = "AccessDeniedException"
        case resourceNotFound = "ResourceNotFoundException"
        case conflict = "ConflictException"
        case quotaExceeded = "ServiceQuotaExceededException"
        case throttling = "ThrottlingException"
        case modelNotReady = "ModelNotReadyException"
        case modelTimeout = "ModelTimeoutException"
        case modelError = "ModelErrorException"
        case unknownOperation = "UnknownOperationException"
        case requestTooLarge = "RequestEntityTooLargeException"
        case internalServer = "InternalServerException"
        case unavailable = "ServiceUnavailableException"

        /// The HTTP status that goes with it.
        var status: Int {
            switch self {
            case .validation, .serialization, .incompleteSignature, .conflict, .quotaExceeded: 400
            case .missingAuthenticationToken, .unrecognizedClient, .invalidSignature, .expiredToken, .accessDenied: 403
            case .unknownOperation, .resourceNotFound: 404
            case .modelTimeout: 408
            case .requestTooLarge: 413
            case .modelError: 424
            case .throttling, .modelNotReady: 429
            case .internalServer: 500
            case .unavailable: 503
            }
        }
    }

    let code: Code
    let message: String
    /// Further members of the body.
    var details: JSONObject = [:]
    /// Further headers.
    var headers: [String: String] = [:]

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension ServiceError {
    /// A request that is well formed and says something that the service or the model does not take.
    static func validation(_ message: String) -> ServiceError { ServiceError(.validation, message) }

    /// An error in the words of the model's own service behind Bedrock.
    static func refusedByModel(_ message: String) -> ServiceError {
        .validation("The model returned the following errors: \(message)")
    }

    /// A value outside of what the service model allows, in the words of the AWS request validator.
    ///
    /// - Parameters:
    ///   - value: The value as it was sent, or nil where a required one is missing.
    ///   - path: The place in the request; list elements count from 1: `messages.1.member.role`.
    ///   - constraint: What the value must do: `have value greater than or equal to 1`.
    /// - Returns: The error.
    static func constraint(value: String?, at path: String, must constraint: String) -> ServiceError {
        let text = value.map { "'\($0)'" } ?? "null"
        return .validation(
            "1 validation error detected: Value \(text) at '\(path)' failed to satisfy constraint: Member must "
                + constraint)
    }
}
