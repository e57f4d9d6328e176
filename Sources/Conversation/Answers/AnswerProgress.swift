package import PoeProtocol

/// What happens while a bot answers.
package enum AnswerProgress: Sendable {
    case event(PoeEvent)
    /// The last of each answer.
    case ended(AnswerEnd)
}
