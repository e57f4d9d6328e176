package import PoeProtocol

/// A piece of an answer as a person is to see it.
package enum AnswerPart: Hashable, Sendable {
    /// What the bot is doing; void as soon as anything else comes.
    case status(String)
    /// More of the answer.
    case text(String)
    /// More of the model's thoughts, in front of the answer or within it.
    case thought(String)
    /// All text so far is void; the answer starts again.
    case withdrawn
    case file(PoeFile)
    /// A question that the person may ask next.
    case suggestedReply(String)
}
