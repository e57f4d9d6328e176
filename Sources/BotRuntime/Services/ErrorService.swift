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
    ///   - error: Any error that ended an answer. One that is neither ``ChatFailure`` nor ``TokenBudgetExceeded``
    ///     counts as a fault of our own.
    ///   - requestID: The id that users can quote and operators can search for.
    /// - Returns: The words for the user, and the detail for the log.
    package func present(_ error: any Error, requestID: String) -> PresentedFailure {
        switch error {
        case let failure as ChatFailure: presentation(of: failure, requestID: requestID)
        case let excess as TokenBudgetExceeded:
            presentation(
                of: ChatFailure(.inputTooLong, detail: excess.description), requestID: requestID,
                text: """
                    This conversation is about \(excess.estimate) tokens long, and this bot takes about \
                    \(excess.limit). Start a new chat, or send less text or fewer files.
                    """)
        default: presentation(of: ChatFailure(.internalError, detail: "\(error)"), requestID: requestID)
        }
    }

    private func presentation(of failure: ChatFailure, requestID: String, text: String? = nil) -> PresentedFailure {
        let row = Row(failure.kind)
        return PresentedFailure(
            failure: failure, text: "\(text ?? row.text) (Request \(requestID))", allowsRetry: row.allowsRetry,
            fault: row.fault, statusCode: row.statusCode, needsOperator: row.needsOperator)
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
    /// Whether nothing gets better until an operator acts.
    package var needsOperator: Bool
}

/// One line of the table of failures.
private struct Row {
    var text: String
    var allowsRetry: Bool
    var fault = PresentedFailure.Fault.service
    var statusCode: Int
    var needsOperator = false

    init(_ kind: ChatFailure.Kind) {
        switch kind {
        case .throttled:
            self.init("The model is busy right now. Please try again in a moment.", retry: true, 429)
        case .quotaExhausted:
            self.init(
                "This bot has used up its quota with the model service. Please try again later.", retry: false, 429,
                needsOperator: true)
        case .unavailable:
            self.init("The model service cannot be reached right now. Please try again.", retry: true, 503)
        case .timedOut:
            self.init("The model took too long to answer. Please try again.", retry: true, 504)
        case .inputTooLong:
            self.init(
                """
                This conversation is longer than the model can take. Start a new chat, or send less text or fewer files.
                """, retry: false, 413, fault: .messageTooLong)
        case .invalidRequest:
            self.init(
                "The model cannot take this message as it is. Please change it and try again.", retry: false, 400,
                fault: .user)
        case .contentFiltered:
            self.init(
                "The model service's content policy does not allow an answer to this.", retry: false, 400, fault: .user)
        case .unauthorized:
            self.init(
                "This bot is not allowed to use its model. Its operator has to look into it.", retry: false, 502,
                needsOperator: true)
        case .misconfigured:
            self.init(
                "This bot is not set up correctly. Its operator has to look into it.", retry: false, 502,
                needsOperator: true)
        case .modelError:
            self.init("The model failed to give an answer. Please try again.", retry: true, 502)
        case .overloaded:
            self.init("This bot is answering as many people as it can. Please try again in a moment.", retry: true, 429)
        case .botUnavailable:
            self.init("This bot is not available at the moment.", retry: false, 503)
        case .shuttingDown:
            self.init("The answer was interrupted by maintenance. Please try again.", retry: true, 503)
        case .internalError:
            self.init("Something went wrong on our side. Please try again.", retry: true, 500, needsOperator: true)
        }
    }

    private init(
        _ text: String, retry: Bool, _ statusCode: Int, fault: PresentedFailure.Fault = .service,
        needsOperator: Bool = false
    ) {
        self.text = text
        allowsRetry = retry
        self.fault = fault
        self.statusCode = statusCode
        self.needsOperator = needsOperator
    }
}
