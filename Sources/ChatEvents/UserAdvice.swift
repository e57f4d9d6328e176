/// What about a request the user has to change, in values that are safe to show: nothing of an upstream's text.
package enum UserAdvice: Hashable, Sendable {
    /// The conversation is too long; sizes in tokens, the first one estimated.
    case shortenConversation(estimate: Int, limit: Int)
    /// The prompt is too long for the model; in characters.
    case shortenPrompt(limit: Int)
    /// The model does not read files of this type.
    ///
    /// - Parameters:
    ///   - name: The file's name as the user gave it.
    ///   - takes: What the model reads, such as `PNG`; empty when it reads no files at all.
    case attachmentNotRead(name: String, takes: [String])
    /// A file is larger than the model takes; in bytes.
    case attachmentTooLarge(name: String, limit: Int)
    /// A file that the user attached could not be fetched.
    case attachmentNotFetched(name: String)
    /// More files of one sort than the model takes: `images`, `documents`.
    case tooManyAttachments(sort: String, limit: Int)
    /// A control of the bot was set to something that it cannot be set to.
    ///
    /// - Parameters:
    ///   - name: What stands beside the control.
    ///   - takes: What it can be set to, as in "a number from 0 to 1".
    case valueNotTaken(of: String, takes: String)
    /// The prompt says nothing to make a picture or video of.
    case describePicture
    /// It could not be found out whether the user can pay for the answer.
    case paymentNotSettled
    /// The model needs a picture to work on, and none is attached.
    case attachPicture
}
