import ChatEvents

/// What an error's name says, whatever its text.
///
/// Source: Amazon Bedrock API Reference, ConverseStream, errors; "Common error types".
struct BedrockErrorKind {
    /// What the failure means to whoever asked.
    let kind: ChatFailure.Kind
    /// The HTTP status that goes with the name.
    let status: Int

    /// Finds the kind of an error's name; nil for a name that is not known.
    init?(code: String) {
        var name = code.lowercased()
        if name.hasSuffix("exception") { name.removeLast("exception".count) }
        guard let known = Self.byName[name] else { return nil }
        self = known
    }

    private init(_ kind: ChatFailure.Kind, _ status: Int) {
        self.kind = kind
        self.status = status
    }

    /// By the names in lower case, without "Exception", which some services leave out.
    private static let byName: [String: BedrockErrorKind] = [
        "throttling": BedrockErrorKind(.throttled, 429),
        "throttled": BedrockErrorKind(.throttled, 429),
        "toomanyrequests": BedrockErrorKind(.throttled, 429),
        "requestlimitexceeded": BedrockErrorKind(.throttled, 429),
        "slowdown": BedrockErrorKind(.throttled, 503),
        "servicequotaexceeded": BedrockErrorKind(.quotaExhausted, 400),

        "serviceunavailable": BedrockErrorKind(.unavailable, 503),
        "internalserver": BedrockErrorKind(.unavailable, 500),
        "internalfailure": BedrockErrorKind(.unavailable, 500),
        "modelnotready": BedrockErrorKind(.unavailable, 429),
        "modeltimeout": BedrockErrorKind(.timedOut, 408),
        "requesttimeout": BedrockErrorKind(.timedOut, 408),
        "modelerror": BedrockErrorKind(.modelError, 424),
        "modelstreamerror": BedrockErrorKind(.modelError, 424),

        "validation": BedrockErrorKind(.invalidRequest, 400),
        "conflict": BedrockErrorKind(.invalidRequest, 400),
        "resourcenotfound": BedrockErrorKind(.misconfigured, 404),
        "unknownoperation": BedrockErrorKind(.misconfigured, 404),
        "ftuformnotfilled": BedrockErrorKind(.misconfigured, 404),
        "mpagreementbeingcreated": BedrockErrorKind(.misconfigured, 403),

        "accessdenied": BedrockErrorKind(.unauthorized, 403),
        "unrecognizedclient": BedrockErrorKind(.unauthorized, 403),
        "invalidsignature": BedrockErrorKind(.unauthorized, 403),
        "signaturedoesnotmatch": BedrockErrorKind(.unauthorized, 403),
        "expiredtoken": BedrockErrorKind(.unauthorized, 403),
        "invalidclienttokenid": BedrockErrorKind(.unauthorized, 403),
        "missingauthenticationtoken": BedrockErrorKind(.unauthorized, 403),
        "optinrequired": BedrockErrorKind(.unauthorized, 403),
        "incompletesignature": BedrockErrorKind(.unauthorized, 400),
        "notauthorized": BedrockErrorKind(.unauthorized, 400),
        "requestexpired": BedrockErrorKind(.unauthorized, 400),
    ]
}
