import BotRuntime
import ChatEvents

/// An answer that is about to run: what it needs, and nothing of what it took to get there.
final class PreparedAnswer: Sendable {
    /// Where an answer goes.
    indirect enum Sink: Sendable {
        case free(any AnswerSink & Sendable)
        /// The user pays for it.
        case charged(PoeAnswerSink, PoeCharge)
    }

    let client: ClientCall
    let bot: ServedBot
    let opened: OpenedAnswer
    /// What the bot is asked.
    let request: ChatRequest
    let call: AnswerCall
    let sink: Sink
    private let files: LoadedAttachments

    /// An answer.
    ///
    /// - Parameters:
    ///   - client: Who asks.
    ///   - bot: Who answers.
    ///   - opened: What the bot's gate has let in.
    ///   - request: What the bot is asked.
    ///   - call: Whose answer it is.
    ///   - sink: Where it goes.
    ///   - files: What was fetched for it.
    init(
        to client: ClientCall, of bot: ServedBot, _ opened: OpenedAnswer, request: ChatRequest, call: AnswerCall,
        sink: Sink, files: LoadedAttachments = LoadedAttachments()
    ) {
        self.client = client
        self.bot = bot
        self.opened = opened
        self.request = request
        self.call = call
        self.sink = sink
        self.files = files
    }

    /// Whether the thread of the connection can pass the answer on.
    var staysOnLoop: Bool { opened.staysOnLoop && files.files.isEmpty }

    /// The answer is over.
    func close() {
        opened.close()
        files.release()
    }
}

/// What preparing an answer leads to.
enum Preparation: Sendable {
    case ready(PreparedAnswer)
    /// The client has been told why there is no answer, or has left.
    case over(Answer)
}

// MARK: - Running

extension GatewayResponder {
    /// Runs an answer to its end, and takes note of how it went.
    ///
    /// - Throws: When the client has left before its end.
    @inline(never) func run(_ prepared: PreparedAnswer, _ record: inout RequestRecord) async throws {
        defer { prepared.close() }
        try close(prepared.client.response, of: try await run(prepared), by: prepared.bot, &record)
    }

    @inline(never) private func run(_ prepared: PreparedAnswer) async throws -> Answer {
        guard prepared.staysOnLoop else { return try await awayFromLoop { try await runHere(prepared) } }
        return try await runHere(prepared)
    }

    @inline(never) private func runHere(_ prepared: PreparedAnswer) async throws -> Answer {
        switch prepared.sink {
        case .free(var sink):
            return await prepared.opened.handler.answer(prepared.request, call: prepared.call, to: &sink)
        case .charged(let sink, let charge): return try await run(prepared, to: sink, for: charge)
        }
    }

    /// Runs an answer that its user pays for: reserves, answers, charges, and only then ends the response, as Poe may
    /// take no cost of a query that is over.
    @inline(never) private func run(
        _ prepared: PreparedAnswer, to sink: PoeAnswerSink, for charge: PoeCharge
    ) async throws -> Answer {
        var sink = sink
        let (request, call) = (prepared.request, prepared.call)
        let reserved: AnswerCharge
        do {
            reserved = try await charge.authorize(
                prepared.opened.handler.bound(of: request, call: call), until: prepared.opened.departure
            ) { try await sink.keepAlive() }
        } catch let failure as ChatFailure {
            let presented = state.services.errors.present(failure, requestID: call.requestID)
            try await sink.finish([], .failed(presented))
            let result: AnswerCharge.Result = failure.kind == .insufficientFunds ? .insufficientFunds : .failed
            return Answer(ending: .failed(presented), charge: AnswerCharge(result))
        } catch {
            return Answer(ending: .abandoned)
        }
        sink.holdEnd()
        var answer = await prepared.opened.handler.answer(request, call: call, to: &sink)
        let charged = await charge.capture(answer, after: reserved)
        answer.charge = charged
        guard answer.ending != .abandoned else { return answer }
        var failure: PresentedFailure?
        if charged.result == .insufficientFunds {
            let cause = ChatFailure(.insufficientFunds, detail: "the charge was refused after the answer")
            failure = state.services.errors.present(cause, requestID: call.requestID)
        }
        try await sink.end(failure)
        return answer
    }
}
