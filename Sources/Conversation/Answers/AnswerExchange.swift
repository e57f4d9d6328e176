import PoeProtocol

/// An answer that has ended.
struct ExchangedAnswer: Sendable {
    var end: AnswerEnd
    /// What the bot said, for the conversation; nil when it was nothing.
    var message: PoeMessage?
}

/// One question to one bot.
struct AnswerExchange: Sendable {
    let partner: ChatPartner
    let client: PoeClient
    let timeouts: PoeClientTimeouts

    /// Asks, and hands on what comes.
    func run(_ messages: [PoeMessage], onProgress: @Sendable (AnswerProgress) -> Void) async -> ExchangedAnswer {
        let start = ContinuousClock.now
        var reader = AnswerReader()
        var firstPiece: Duration?
        var requestID: String?
        var botDigest: String?
        let outcome: AnswerEnd.Outcome
        do {
            let answer = try await client.stream(
                PoeQuery(messages: messages), to: partner.url, accessKey: partner.accessKey, timeouts: timeouts
            ) { event, arrival in
                if firstPiece == nil, event.isPiece { firstPiece = start.duration(to: arrival) }
                _ = reader.parts(of: event)
                onProgress(.event(event))
            }
            (requestID, botDigest) = (answer.requestID, answer.botDigest)
            outcome = answer.failure.map { .failed($0) } ?? .answered
        } catch let error as PoeClientError {
            (requestID, botDigest) = (error.requestID, error.botDigest)
            outcome = Task.isCancelled ? .interrupted : .notAnswered(error)
        } catch {
            outcome = .interrupted
        }
        let end = AnswerEnd(
            outcome: outcome, firstPiece: firstPiece, total: start.duration(to: .now), requestID: requestID,
            botDigest: botDigest)
        onProgress(.ended(end))
        return ExchangedAnswer(end: end, message: reader.message)
    }
}

extension PoeEvent {
    /// Whether the event brings something of the answer.
    fileprivate var isPiece: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .file: true
        default: false
        }
    }
}
