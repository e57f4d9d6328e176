import BotConfiguration
import ChatEvents

/// What is ordered of a generating model: the newest message, and the picture that is attached to it.
///
/// Older messages are no part of it, nor their pictures: a picture that was sent once would otherwise turn every later
/// prompt into a change of that picture.
struct MediaOrder: Hashable, Sendable {
    let prompt: String
    /// What the model starts from.
    let picture: Attachment?
    let bot: BotConfig

    init(prompt: String, picture: Attachment?, bot: BotConfig) {
        self.prompt = prompt
        self.picture = picture
        self.bot = bot
    }

    /// The order in a conversation.
    ///
    /// - Throws: ``ChatFailure`` when nobody has said anything.
    init(_ request: ChatRequest, bot: BotConfig, skipsSystemPrompt: Bool) throws(ChatFailure) {
        guard let newest = request.messages.last(where: { $0.role == .user }) else {
            throw ChatFailure(
                .invalidRequest, detail: "the conversation holds no message of the user", advice: .describePicture)
        }
        let texts = newest.content.compactMap { if case .text(let text) = $0 { text } else { nil } }
        var words = texts.joined(separator: "\n")
        // An image model has no instructions, so those of the bot go in front of the prompt: a style, for example. They
        // are no prompt by themselves.
        if !skipsSystemPrompt, !bot.systemPrompt.isEmpty, !words.allSatisfy(\.isWhitespace) {
            words = bot.systemPrompt + "\n\n" + words
        }
        self.init(prompt: words, picture: Self.newestPicture(in: newest), bot: bot)
    }

    private static func newestPicture(in message: ChatMessage) -> Attachment? {
        for case .attachment(let file) in message.content.reversed() where file.mediaType.sort == .image { return file }
        return nil
    }
}
