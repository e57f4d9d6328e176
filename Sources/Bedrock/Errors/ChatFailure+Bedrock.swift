import ChatEvents

extension ChatFailure {
    /// The failure that an error of the service is.
    ///
    /// The name decides, and where it leaves room the text does; an answer without a known name, as from a proxy on
    /// the way, is judged by its status. Texts are matched loosely, as their wording changes.
    ///
    /// - Parameters:
    ///   - status: The HTTP status, or that which goes with the name.
    ///   - code: The error's name, without a namespace; nil when there is none.
    ///   - message: What the service says, on one line; empty when it says nothing.
    ///   - requestID: The service's id of the request.
    init(bedrockStatus status: Int, code: String?, message: String, requestID: String?) {
        let named = code.flatMap(BedrockFailures.named)
        self.init(
            Self.kind(of: named?.kind ?? Self.kind(ofStatus: status), saying: message),
            detail: message.isEmpty ? "the service gave no reason" : message, upstreamCode: code,
            upstreamStatus: status, upstreamRequestID: requestID)
    }

    private static func kind(ofStatus status: Int) -> Kind {
        switch status {
        case 401, 403, 407: .unauthorized
        case 300...399, 404, 405: .misconfigured
        case 408, 504: .timedOut
        case 413: .inputTooLong
        case 424: .modelError
        case 429: .throttled
        case 400...499: .invalidRequest
        default: .unavailable
        }
    }

    /// The kind that the text makes of a kind that the name alone leaves too wide.
    private static func kind(of kind: Kind, saying message: String) -> Kind {
        let text = String(message.lowercased().map { $0 == "\u{2019}" ? "'" : $0 })
        func says(_ phrases: [String]) -> Bool { phrases.contains { text.contains($0) } }
        switch kind {
        case .throttled where says(dailyQuotaPhrases): return .quotaExhausted
        case .invalidRequest, .modelError:
            if says(lengthPhrases) { return .inputTooLong }
            if says(contentPhrases) { return .contentFiltered }
            return kind == .invalidRequest && says(configurationPhrases) ? .misconfigured : kind
        default: return kind
        }
    }

    private static let dailyQuotaPhrases = ["per day"]
    private static let lengthPhrases = [
        "input is too long", "prompt is too long", "context length", "context window", "too many input tokens",
    ]
    private static let contentPhrases = ["content filter", "content policy"]
    /// What only another configuration of the bot makes better, not another message.
    private static let configurationPhrases = [
        "on-demand throughput", "model identifier is invalid", "end of its life", "doesn't support",
        "does not support", "isn't supported", "is not supported", "cannot both be specified",
        "maximum tokens you requested", "extra inputs are not permitted",
    ]
}
