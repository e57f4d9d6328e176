package import PoeProtocol

/// A conversation of a person with bots over the Poe protocol: everybody is asked the same, and each bot knows what was
/// said between the person and itself.
package actor Conversation {
    /// How long an answer may take: more than a gateway lets a bot take.
    package static let timeouts = PoeClientTimeouts(idle: .seconds(150), total: .seconds(660))
    /// The most messages that a bot is reminded of, the newest.
    ///
    /// Source: Poe server-bot protocol, `query`: Poe itself may cut a history beyond 1000.
    static let historyLimit = 1000

    private let partners: [ChatPartner]
    private let client: PoeClient
    private let timeouts: PoeClientTimeouts
    /// What was said with each partner.
    private var histories: [[PoeMessage]]

    /// A conversation that has not begun.
    ///
    /// - Parameters:
    ///   - partners: The bots, at least one.
    ///   - client: What asks them.
    ///   - timeouts: How long an answer may take.
    package init(with partners: [ChatPartner], client: PoeClient, timeouts: PoeClientTimeouts = Conversation.timeouts) {
        self.partners = partners
        self.client = client
        self.timeouts = timeouts
        histories = partners.map { _ in [] }
    }

    /// Asks all bots at once.
    ///
    /// What was answered belongs to the conversation from then on, as far as it came; a question without any answer
    /// does not, so that it can be asked again.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - onProgress: Told of each event of each answer with the number of the bot, from several tasks.
    /// - Returns: How each answer ended, in the order of the bots. Never throws: cancellation is an outcome.
    package func ask(
        _ question: Question, onProgress: @escaping @Sendable (Int, AnswerProgress) -> Void
    ) async -> [AnswerEnd] {
        let message = question.message
        let client = client
        let timeouts = timeouts
        var answers: [ExchangedAnswer?] = partners.map { _ in nil }
        await withTaskGroup(of: (Int, ExchangedAnswer).self) { group in
            for (index, partner) in partners.enumerated() {
                let messages = Array((histories[index] + [message]).suffix(Self.historyLimit))
                group.addTask {
                    let exchange = AnswerExchange(partner: partner, client: client, timeouts: timeouts)
                    let answer = await exchange.run(messages) { onProgress(index, $0) }
                    return (index, answer)
                }
            }
            for await (index, answer) in group { answers[index] = answer }
        }
        for (index, answer) in answers.enumerated() {
            guard let said = answer?.message else { continue }
            histories[index] = Array((histories[index] + [message, said]).suffix(Self.historyLimit))
        }
        return answers.compactMap { $0?.end }
    }
}
