package import BotConfiguration
package import ChatEvents

/// What answers for one bot: made by ``BotFactory`` from the bot's config, shared by all its requests.
package protocol BotHandler: Sendable {
    /// The bot.
    var config: BotConfig { get }

    /// Answers one request.
    ///
    /// Lasts as long as the answer. Cancelling the calling task gives the answer up.
    ///
    /// - Parameters:
    ///   - request: What the person asks, without the bot's own instructions.
    ///   - call: Whose answer it is.
    ///   - sink: Where the answer goes; it has been told everything, failures too, when the call returns.
    /// - Returns: How it went, for the log.
    func answer(_ request: ChatRequest, call: AnswerCall, to sink: inout some AnswerSink) async -> Answer

    /// The most that an answer to a request can take, without asking anybody; nil where that is not known.
    ///
    /// - Parameters:
    ///   - request: What the person asks, without the bot's own instructions.
    ///   - call: Whose answer it would be.
    /// - Returns: The most.
    func bound(of request: ChatRequest, call: AnswerCall) -> AnswerCost?

    /// What the handler is and does, for people.
    func describe() -> HandlerDescription
}

extension BotHandler {
    /// Nothing is known of the most that an answer can take, so no user is charged for it.
    package func bound(of request: ChatRequest, call: AnswerCall) -> AnswerCost? { nil }
}

/// One request to a bot, as its handler needs to know it.
package struct AnswerCall: Sendable {
    /// The id that all logs of this request carry, and that users can quote.
    package var requestID: String
    /// Ends the answer from elsewhere.
    package var control: AnswerControl
    /// Whether the caller asks the bot to leave its own instructions out.
    package var skipsSystemPrompt: Bool
    /// What the user chose of the bot's parameters.
    package var choices: ParameterChoices

    package init(
        requestID: String, control: AnswerControl = AnswerControl(), skipsSystemPrompt: Bool = false,
        choices: ParameterChoices = ParameterChoices()
    ) {
        self.requestID = requestID
        self.control = control
        self.skipsSystemPrompt = skipsSystemPrompt
        self.choices = choices
    }
}

/// How an answer went.
package struct Answer: Hashable, Sendable {
    package var ending: AnswerEnding
    /// Nil when the upstream was not asked.
    package var tokens: TokenAccount?
    /// From the call to the upstream's first event; nil when none came.
    package var firstEventLatency: Duration?
    /// How many of the oldest messages were left out, because the conversation was too long.
    package var leftOutMessages: Int
    /// What the user was charged; nil where nobody is charged.
    package var charge: AnswerCharge?

    package init(
        ending: AnswerEnding, tokens: TokenAccount? = nil, firstEventLatency: Duration? = nil,
        leftOutMessages: Int = 0, charge: AnswerCharge? = nil
    ) {
        self.ending = ending
        self.tokens = tokens
        self.firstEventLatency = firstEventLatency
        self.leftOutMessages = leftOutMessages
        self.charge = charge
    }
}
