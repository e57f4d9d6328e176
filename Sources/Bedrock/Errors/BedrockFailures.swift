package import ChatEvents

/// The failures that Amazon Bedrock names, outside a stream and inside one.
///
/// Source: Amazon Bedrock API Reference, errors of the runtime's operations; "Common error types". The retry classes
/// are those of the AWS SDKs' standard mode.
package enum BedrockFailures {
    /// Finds what an error's name says, whatever its text.
    ///
    /// - Parameter code: The name; case and the ending "Exception", which some services leave out, do not matter.
    /// - Returns: The failure; nil for a name that is not known.
    package static func named(_ code: String) -> UpstreamFailure? { byKey[key(code)] }

    private static let byKey = Dictionary(all.map { (key($0.name), $0) }, uniquingKeysWith: { first, _ in first })

    private static func key(_ code: String) -> String {
        var name = code.lowercased()
        if name.hasSuffix("exception") { name.removeLast("exception".count) }
        return name
    }

    /// All of them, those that a user meets most often first.
    package static let all = limits + outages + refusals + setup + credentials

    private static let limits = [
        UpstreamFailure(
            "ThrottlingException", status: 429, .throttled, retry: .throttling,
            meaning: "The account's requests or tokens per minute of this model are used up."),
        UpstreamFailure(
            "ThrottledException", status: 429, .throttled, retry: .throttling,
            meaning: "The account sends more than the service takes."),
        UpstreamFailure(
            "TooManyRequestsException", status: 429, .throttled, retry: .throttling,
            meaning: "The account sends more requests than the service takes."),
        UpstreamFailure(
            "RequestLimitExceeded", status: 429, .throttled, retry: .throttling,
            meaning: "The account sends more requests than the service takes."),
        UpstreamFailure(
            "SlowDown", status: 503, .throttled, retry: .throttling, meaning: "The service asks for fewer requests."),
        UpstreamFailure(
            "ServiceQuotaExceededException", status: 400, .quotaExhausted,
            meaning: "A quota of the account is used up; it has to be raised, or the job has to wait."),
    ]

    private static let outages = [
        UpstreamFailure(
            "InternalServerException", status: 500, .unavailable, retry: .transient,
            meaning: "The service failed inside."),
        UpstreamFailure(
            "InternalFailure", status: 500, .unavailable, retry: .transient, meaning: "The service failed inside."),
        UpstreamFailure(
            "ServiceUnavailableException", status: 503, .unavailable, retry: .transient,
            meaning: "The service is down or overloaded."),
        UpstreamFailure(
            "ModelNotReadyException", status: 429, .unavailable, retry: .transient,
            meaning: "The model is being loaded, as an imported model is after a pause."),
        UpstreamFailure(
            "ModelTimeoutException", status: 408, .timedOut,
            meaning: "The model did not finish in the time that the service gives it."),
        UpstreamFailure(
            "RequestTimeoutException", status: 408, .timedOut, retry: .transient,
            meaning: "The request did not arrive whole in time."),
        UpstreamFailure(
            "ModelErrorException", status: 424, .modelError, meaning: "The model failed while it worked."),
        UpstreamFailure(
            "ModelStreamErrorException", status: 424, .modelError,
            meaning: "The model failed while its answer was streamed."),
    ]

    private static let refusals = [
        UpstreamFailure(
            "ValidationException", status: 400, .invalidRequest,
            meaning: "The service refuses the request; its text says what, and may make another kind of failure of it."
        ),
        UpstreamFailure(
            "ConflictException", status: 400, .invalidRequest,
            meaning: "A job with the same token and another input exists."),
    ]

    private static let setup = [
        UpstreamFailure(
            "ResourceNotFoundException", status: 404, .misconfigured,
            meaning: "There is no such model in the region, or its life has ended."),
        UpstreamFailure(
            "UnknownOperationException", status: 404, .misconfigured,
            meaning: "The endpoint does not know the operation; it may not be Amazon Bedrock."),
        UpstreamFailure(
            "FTUFormNotFilled", status: 404, .misconfigured,
            meaning: "The account has not filled in the form that the model's first use needs."),
        UpstreamFailure(
            "MPAgreementBeingCreated", status: 403, .misconfigured,
            meaning: "The marketplace agreement for the model is being made; some minutes later it works."),
    ]

    private static let credentials = [
        UpstreamFailure(
            "AccessDeniedException", status: 403, .unauthorized,
            meaning: "The account or the role may not use the model."),
        UpstreamFailure(
            "UnrecognizedClientException", status: 403, .unauthorized,
            meaning: "The access key or the session token is not known."),
        UpstreamFailure(
            "InvalidSignatureException", status: 403, .unauthorized,
            meaning:
                "The signature is wrong: a wrong secret key, a clock that is off, or a proxy that changes requests."
        ),
        UpstreamFailure(
            "SignatureDoesNotMatch", status: 403, .unauthorized,
            meaning:
                "The signature is wrong: a wrong secret key, a clock that is off, or a proxy that changes requests."
        ),
        UpstreamFailure(
            "ExpiredTokenException", status: 403, .unauthorized, meaning: "The session token has expired."),
        UpstreamFailure(
            "InvalidClientTokenId", status: 403, .unauthorized, meaning: "The access key is not known."),
        UpstreamFailure(
            "MissingAuthenticationTokenException", status: 403, .unauthorized,
            meaning: "The request carries no credentials."),
        UpstreamFailure(
            "OptInRequired", status: 403, .unauthorized, meaning: "The account has not signed up for the service."),
        UpstreamFailure(
            "IncompleteSignatureException", status: 400, .unauthorized, meaning: "The signature lacks a part."),
        UpstreamFailure(
            "NotAuthorized", status: 400, .unauthorized, meaning: "The credentials do not allow the call."),
        UpstreamFailure(
            "RequestExpired", status: 400, .unauthorized,
            meaning: "The signature is too old: this machine's clock is off, or the request was held up."),
    ]
}
