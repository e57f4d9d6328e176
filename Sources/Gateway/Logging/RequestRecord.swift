import BotRuntime
import ChatEvents
import HTTPTypes
import HummingbirdCore
import Logging

/// What one request was and what became of it: the one line of log that it leaves.
///
/// It holds no key, no prompt and no answer.
struct RequestRecord: Sendable {
    /// What became of a request, in a word for the log and for counting.
    enum Outcome: Hashable, Sendable {
        case ok
        /// The HTTP status says it all.
        case refused
        /// The answer was cut at the bounds of the protocol.
        case cut
        case failed(ChatFailure.Kind)
        case clientLeft

        /// The word.
        var word: String {
            switch self {
            case .ok: "ok"
            case .refused: "refused"
            case .cut: "cut"
            case .failed(let kind): kind.rawValue
            case .clientLeft: "clientLeft"
            }
        }
    }

    let requestID: RequestID
    let start: Duration
    let method: String
    /// The template of the path, or the path itself where there is none for it; without a query.
    let place: String
    var botName: String?
    var botDigest: String?
    /// The request's type in Poe's words; one that is unknown is not repeated.
    var poeType: String?
    /// What is called of the OpenAI-compatible door; nil for other doors.
    var openAIEndpoint: String?
    /// The id of the caller's API key.
    var keyID: String?
    var status = 0
    var requestBytes = 0
    var responseBytes = 0
    var outcome = Outcome.ok
    var failure: ChatFailure?
    var answer: Answer?
    /// What Poe reported, shortened.
    var report: String?
    /// Whether nobody but the operator can mend what failed.
    var needsOperator = false

    /// The record of a call that has just come in.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - route: What its path stands for.
    ///   - start: The time by a clock that never goes back.
    init(_ call: ClientCall, to route: Route, start: Duration) {
        requestID = call.requestID
        self.start = start
        method = call.request.method.rawValue
        // The path of a file is the secret that opens it, so a template stands for every path that has one.
        let path = call.request.head.path?.prefix { $0 != "?" } ?? ""
        place = route.pattern?.rawValue ?? LogText(path, limit: 100).description
    }

    /// Takes over how an answer went.
    mutating func record(_ answer: Answer) {
        self.answer = answer
        switch answer.ending {
        case .complete: outcome = .ok
        case .cut: outcome = .cut
        case .abandoned: outcome = .clientLeft
        case .failed(let presented):
            outcome = .failed(presented.failure.kind)
            failure = presented.failure
            needsOperator = presented.needsOperator
        }
    }

    /// Writes the line.
    ///
    /// - Parameters:
    ///   - logger: Where it goes.
    ///   - level: `info`, or less for what asks every few seconds; what only the operator can mend is an `error`.
    ///   - now: The time by the clock of ``start``.
    func log(to logger: Logger, level: Logger.Level, at now: Duration) {
        let level = needsOperator ? .error : level
        guard logger.logLevel <= level else { return }
        var metadata: Logger.Metadata = [
            "request.id": "\(requestID)",
            "http.status": "\(status)",
            "request.bytes": "\(requestBytes)",
            "response.bytes": "\(responseBytes)",
            "outcome": "\(outcome.word)",
            "total_ms": "\((now - start).wholeMilliseconds)",
        ]
        if let botName {
            metadata["bot.name"] = "\(botName)"
        } else {
            metadata["http.method"] = "\(method)"
            metadata["http.path"] = "\(place)"
        }
        if let botDigest { metadata["bot.digest"] = "\(botDigest)" }
        if let poeType { metadata["poe.type"] = "\(poeType)" }
        if let openAIEndpoint { metadata["openai.endpoint"] = "\(openAIEndpoint)" }
        if let keyID { metadata["key.id"] = "\(keyID)" }
        if let count = answer?.leftOutMessages, count > 0 { metadata["left_out_messages"] = "\(count)" }
        if let latency = answer?.firstEventLatency { metadata["first_event_ms"] = "\(latency.wholeMilliseconds)" }
        if let tokens = answer?.tokens {
            metadata["tokens.input"] = "\(tokens.usage.input)"
            metadata["tokens.output"] = "\(tokens.usage.output)"
            if tokens.usage.cacheRead > 0 { metadata["tokens.cache_read"] = "\(tokens.usage.cacheRead)" }
            if tokens.usage.cacheWrite > 0 { metadata["tokens.cache_write"] = "\(tokens.usage.cacheWrite)" }
            if tokens.isEstimate { metadata["tokens.estimated"] = "true" }
            if let count = tokens.mismatches {
                metadata["tokens.stated_total"] = "\(tokens.usage.statedTotal ?? 0)"
                metadata["tokens.mismatches"] = "\(count)"
            }
            if let cost = tokens.cost { metadata["cost.usd"] = "\(cost)" }
        }
        if let charge = answer?.charge {
            metadata["charge"] = "\(charge.result.rawValue)"
            if let amount = charge.authorizedMilliCents { metadata["charge.authorized_milli_cents"] = "\(amount)" }
            if let amount = charge.capturedMilliCents { metadata["charge.captured_milli_cents"] = "\(amount)" }
        }
        if let failure {
            metadata["error.kind"] = "\(failure.kind.rawValue)"
            metadata["error.detail"] = "\(failure.detail)"
            if let code = failure.upstreamCode { metadata["upstream.code"] = "\(code)" }
            if let status = failure.upstreamStatus { metadata["upstream.status"] = "\(status)" }
            if let id = failure.upstreamRequestID { metadata["upstream.request_id"] = "\(id)" }
        }
        if let report { metadata["poe.report"] = "\(report)" }
        logger.log(level: level, "request", metadata: metadata)
    }
}

extension Duration {
    /// The whole milliseconds, rounded down.
    var wholeMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
