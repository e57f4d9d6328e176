import AWSClient
import ChatEvents

extension ChatFailure {
    /// The failure that an error of the service is.
    ///
    /// The name decides, and where it leaves room the text does; an answer without a known name, as from a proxy on
    /// the way, is judged by its status. Texts are matched loosely, as their wording changes.
    init(_ error: AWSServiceError) {
        let named = error.code.flatMap(BedrockErrorKind.init(code:))
        self.init(
            Self.kind(of: named?.kind ?? Self.kind(ofStatus: error.status), saying: error.message),
            detail: error.message.isEmpty ? "the service gave no reason" : error.message, upstreamCode: error.code,
            upstreamStatus: error.status, upstreamRequestID: error.requestID)
    }

    /// The failure that a lost or impossible connection is.
    init(_ error: AWSTransportError, requestID: String? = nil) {
        self.init(.unavailable, detail: error.description, upstreamRequestID: requestID)
    }

    /// The failure that missing credentials are.
    init(_ error: AWSCredentialError) {
        self.init(.unauthorized, detail: error.description)
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
