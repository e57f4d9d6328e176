/// Why an answer could not be given or finished, in no protocol's terms.
package struct ChatFailure: Error, Hashable, Sendable {
    /// What kind of failure this is; what the user reads and whether a retry makes sense follow from it.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The upstream asks to slow down; a later try may work.
        case throttled
        /// A quota is used up; trying again soon does not help.
        case quotaExhausted
        /// The upstream is down, not ready or unreachable.
        case unavailable
        /// The upstream did not answer, or stopped answering, within a deadline.
        case timedOut
        /// The conversation is longer than the model takes.
        case inputTooLong
        /// The upstream refused what the user sent.
        case invalidRequest
        /// The upstream's content policy refused.
        case contentFiltered
        /// Our credentials were refused: the operator must act.
        case unauthorized
        /// The bot names a model that cannot be called so: the operator must act.
        case misconfigured
        /// The model failed, or its answer could not be read.
        case modelError
        /// The bot already serves as many requests as its limits allow.
        case overloaded
        /// The bot is switched off or not available in this generation.
        case botUnavailable
        /// The user cannot pay for the answer.
        case insufficientFunds
        /// The gateway is shutting down.
        case shuttingDown
        /// A fault of our own.
        case internalError
    }

    package var kind: Kind
    /// What happened, for the log: never shown to a user.
    package var detail: String
    /// The upstream's name of the error, such as `ThrottlingException`.
    package var upstreamCode: String?
    /// The HTTP status the upstream answered, or would have answered for an error inside a stream.
    package var upstreamStatus: Int?
    /// The upstream's id of the request.
    package var upstreamRequestID: String?
    /// What the user can do better, where that is known; nil for the words that fit the kind.
    package var advice: UserAdvice?

    package init(
        _ kind: Kind, detail: String, upstreamCode: String? = nil, upstreamStatus: Int? = nil,
        upstreamRequestID: String? = nil, advice: UserAdvice? = nil
    ) {
        self.kind = kind
        self.detail = detail
        self.upstreamCode = upstreamCode
        self.upstreamStatus = upstreamStatus
        self.upstreamRequestID = upstreamRequestID
        self.advice = advice
    }
}
