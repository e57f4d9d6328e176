import BotConfiguration
import BotRuntime
import ChatEvents

/// An answer that a bot has let in, with all that ends it early: its client leaves, its generation retires, the gateway
/// stops.
final class OpenedAnswer: Sendable {
    let handler: any BotHandler
    let call: AnswerCall
    /// Set when the client leaves.
    let departure: Latch<Void>
    /// Whether the thread of a connection can pass the answer on: that of a chat comes in small pieces, and media in
    /// large ones, which are decoded and kept.
    let staysOnLoop: Bool
    private let gate: BotGate
    private let answers: OpenAnswers
    private let ticket: OpenAnswers.Ticket
    private let connection: ClientConnection?

    /// Takes note of an answer that its bot's gate has let in.
    fileprivate init(
        _ handler: any BotHandler, gate: BotGate, generation: Generation, call: ClientCall, state: GatewayState
    ) {
        self.handler = handler
        staysOnLoop = handler.config.kind == .chat
        self.gate = gate
        let control = AnswerControl()
        self.call = AnswerCall(requestID: call.requestID.text, control: control)
        answers = state.answers
        ticket = answers.add(control, generation: generation.ordinal)
        connection = state.connections.connection(of: call.channel)
        let departure = Latch<Void>()
        self.departure = departure
        let leave: @Sendable () -> Void = {
            control.abandon()
            departure.set(())
        }
        connection?.onLeave(leave)
        if connection == nil { leave() }
    }

    /// The answer is over.
    func close() {
        connection?.onLeave(nil)
        answers.remove(ticket)
        gate.leave()
    }
}

/// Why a bot gives no answer, before anything of the question was looked at.
struct AnswerRefusal: Error {
    let failure: ChatFailure
    /// When asking again may help, in seconds; nil where that is not known.
    let retryAfter: Int?
    /// What the bot still takes in the running minute, where that is why.
    let room: BotGate.Room?

    fileprivate init(
        _ kind: ChatFailure.Kind, _ detail: String, retryAfter: Int? = nil, room: BotGate.Room? = nil
    ) {
        failure = ChatFailure(kind, detail: detail)
        self.retryAfter = retryAfter
        self.room = room
    }
}

extension GatewayResponder {
    /// Lets a request in at a bot's gate.
    ///
    /// - Parameters:
    ///   - bot: The bot.
    ///   - generation: Where it belongs.
    ///   - call: Who asks.
    /// - Returns: What ``OpenedAnswer/close()`` must end.
    /// - Throws: ``AnswerRefusal`` when the bot gives no answer now.
    @inline(never) func open(
        _ bot: ServedBot, of generation: Generation, for call: ClientCall
    ) throws(AnswerRefusal) -> OpenedAnswer {
        let handler: any BotHandler
        switch bot.service {
        case .ready(let ready): handler = ready
        case .disabled: throw AnswerRefusal(.botUnavailable, "the bot is switched off")
        case .unavailable(let reason): throw AnswerRefusal(.botUnavailable, reason)
        }
        let limits = handler.config.limits
        switch bot.gate.enter(limits: limits, at: state.clock.now()) {
        case .tooManyAtOnce(let limit):
            throw AnswerRefusal(.overloaded, "\(limit) answers at once", retryAfter: 1)
        case .tooManyPerMinute(let limit):
            let room = bot.gate.room(limits: limits, at: state.clock.now())
            throw AnswerRefusal(
                .overloaded, "\(limit) requests in a minute", retryAfter: room.secondsToNext, room: room)
        case nil: break
        }
        return OpenedAnswer(handler, gate: bot.gate, generation: generation, call: call, state: state)
    }
}
