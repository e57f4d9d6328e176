import Conversation
import PoeProtocol

/// Whoever shows answers.
protocol ChatListener: Sendable {
    /// A question was asked.
    func begin()
    /// Something of the answer of the bot of that number has come; from several tasks.
    func take(_ index: Int, _ progress: AnswerProgress)
    /// A file of an answer was put into a folder.
    func saved(_ index: Int, _ file: PoeFile, at path: String)
    /// A file of an answer could not be kept.
    func failed(_ index: Int, toSave file: PoeFile, because reason: String)
}
