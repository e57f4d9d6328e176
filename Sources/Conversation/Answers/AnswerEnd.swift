package import PoeProtocol

/// How a bot's answer ended.
package struct AnswerEnd: Sendable {
    /// What became of the question.
    package enum Outcome: Sendable {
        case answered
        /// The bot said by an `error` event that it failed.
        case failed(PoeErrorEvent)
        /// The bot could not be asked, or what came is no answer.
        case notAnswered(PoeClientError)
        /// The person did not wait for the end.
        case interrupted
    }

    package var outcome: Outcome
    /// How long the first piece of the answer took; nil when there was none.
    package var firstPiece: Duration?
    package var total: Duration
    /// The answer's `x-request-id`.
    package var requestID: String?
    /// The answer's `x-bot-digest`.
    package var botDigest: String?

    package var isAnswered: Bool { if case .answered = outcome { true } else { false } }
}
