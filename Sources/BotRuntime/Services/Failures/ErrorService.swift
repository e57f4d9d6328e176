package import ChatEvents

/// Decides what the rest of the world learns of a failure: the one place where failures become words.
///
/// Users read fixed sentences with an id to quote; they never see an upstream's text, an ARN, an account id, a key or
/// a stack trace. The log gets the detail.
package struct ErrorService: Sendable {
    package init() {}

    /// What is said of an error.
    ///
    /// - Parameters:
    ///   - error: Any error that ended an answer. One that is no ``ChatFailure`` counts as a fault of our own.
    ///   - requestID: The id that users can quote and operators can search for.
    /// - Returns: The words for the user, and the detail for the log.
    package func present(_ error: any Error, requestID: String) -> PresentedFailure {
        let failure = error as? ChatFailure ?? ChatFailure(.internalError, detail: "\(error)")
        let row = FailureRow(failure.kind)
        let text = failure.advice.map(AdviceText.init)?.text ?? row.text
        return PresentedFailure(
            failure: failure, text: "\(text) (Request \(requestID))", allowsRetry: row.allowsRetry, fault: row.fault,
            statusCode: row.statusCode, openAI: row.openAI, needsOperator: row.needsOperator)
    }
}

/// A failure as the user and the log learn of it.
package struct PresentedFailure: Error, Hashable, Sendable {
    /// Whose fault it is, as far as the user can do something about it.
    package enum Fault: Hashable, Sendable {
        /// The user's newest message, or the conversation with it, is too long.
        case messageTooLong
        /// The user asked for something that cannot be done so.
        case user
        /// The user cannot pay.
        case funds
        /// Nothing that the user did.
        case service
    }

    /// What happened, for the log.
    package var failure: ChatFailure
    /// What the user reads.
    package var text: String
    /// Whether the same request may work later.
    package var allowsRetry: Bool
    package var fault: Fault
    /// The HTTP status that says the same, for doors that can still send one.
    package var statusCode: Int
    /// The words of the OpenAI-compatible API.
    package var openAI: OpenAIErrorWords
    /// Whether nothing gets better until an operator acts.
    package var needsOperator: Bool
}

/// The two words that clients of the OpenAI-compatible API tell errors apart by.
///
/// Source: OpenAI API reference, "Error codes".
package struct OpenAIErrorWords: Hashable, Sendable {
    package var type: String
    package var code: String?

    package init(type: String, code: String? = nil) {
        self.type = type
        self.code = code
    }
}
