/// Why a failed request may be sent again, as far as it decides when and at what price.
package enum RetryKind: Hashable, Sendable {
    /// Something went wrong on the way or within the service, and is likely over soon.
    case transient
    /// The same, found out by a wait that was too long.
    case timeout
    /// The service asks for fewer requests.
    case throttling
}

extension RetryKind {
    /// The kind of a failure that a service answered; nil when sending the request again gives the same answer.
    ///
    /// A 429 without a name is not the service's own and not retried by the vendor's clients; proxies and compatible
    /// services answer so, and it is taken for throttling here.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Retry behavior", standard mode; the errors that the service models
    /// mark as retryable.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - code: The error's name, without a namespace.
    package init?(status: Int, code: String?) {
        if let code, let kind = Self.byCode[code] {
            self = kind
        } else if [500, 502, 503, 504].contains(status) {
            self = .transient
        } else if status == 429, code == nil {
            self = .throttling
        } else {
            return nil
        }
    }

    /// The kind of a failure that a service answered.
    ///
    /// A quota per day comes under the name of throttling and does not clear before tomorrow. The vendor's clients try
    /// it again; here it is not, as the user only waits longer for the same words.
    package init?(_ error: AWSServiceError) {
        self.init(status: error.status, code: error.code)
        if self == .throttling, error.message.lowercased().contains("per day") { return nil }
    }

    /// The kind of a failure on the way; nil when the answer had begun: a part of it may have been used, and one that
    /// is too large is so again, at the price of the first.
    package init?(_ error: AWSTransportError) {
        switch error.code {
        case .unanswered: self = .transient
        case .timedOut: self = .timeout
        case .interrupted, .tooLarge: return nil
        }
    }

    /// The kind of a failure on the way where nobody has used anything of the answer: one that broke off may then be
    /// asked for again, too.
    package init?(unseen error: AWSTransportError) {
        switch error.code {
        case .interrupted: self = .transient
        case .unanswered, .timedOut, .tooLarge: self.init(error)
        }
    }

    private static let byCode: [String: RetryKind] = {
        let throttling = [
            "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
            "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
            "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled", "SlowDown",
            "PriorRequestNotComplete", "EC2ThrottledException",
        ]
        let transient = [
            "RequestTimeout", "RequestTimeoutException", "ModelNotReadyException", "IDPCommunicationError",
        ]
        return Dictionary(
            uniqueKeysWithValues: throttling.map { ($0, .throttling) } + transient.map { ($0, .transient) })
    }()
}
