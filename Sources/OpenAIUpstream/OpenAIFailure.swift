import AWSClient
import ChatEvents
import JSONCoding
import OpenAIProtocol
import Secrets

/// A failure of one attempt, and whether another may go better.
struct OpenAIFailure: Error {
    let failure: ChatFailure
    /// Nil where the same request would fail again.
    var retry: RetryKind?
    var hint = RetryAfterHint.none

    private static let bodyLimitInBytes = 65_536
    private static let bodyTimeout = Duration.seconds(10)

    /// Whether the service refused the key rather than what was asked.
    var isOfKey: Bool { [401, 403].contains(failure.upstreamStatus) && failure.kind == .unauthorized }

    /// The failure, without the key that services quote when they refuse one.
    func failure(without key: Secret?) -> ChatFailure {
        var failure = self.failure
        if let key = key?.reveal(), key.utf8.count >= 6 {
            failure.detail = failure.detail.replacing(key, with: "…")
            failure.upstreamCode = failure.upstreamCode?.replacing(key, with: "…")
        }
        return failure
    }

    /// A failure within an answer; only an overload is worth another try.
    init(_ failure: ChatFailure) {
        self.failure = failure
        retry =
            switch failure.kind {
            case .throttled: .throttling
            case .unavailable: .transient
            default: nil
            }
    }

    /// A connection that was lost or could not be made.
    init(_ error: AWSTransportError) {
        failure = ChatFailure(.unavailable, detail: error.description)
        retry = RetryKind(error)
    }

    /// The failure that an answer with another status than 200 is.
    ///
    /// - Throws: `CancellationError`.
    init(reading response: AWSResponse) async throws {
        var body: [UInt8] = []
        do {
            body = try await response.readBody(limitInBytes: Self.bodyLimitInBytes, timeout: Self.bodyTimeout)
        } catch is AWSTransportError {
            // The status says more about what went wrong than the connection's end.
        }
        let error =
            (try? JSONParser.parse(body)).flatMap(OpenAIError.init)
            ?? OpenAIError(message: String(decoding: body.prefix(300), as: UTF8.self), type: nil)
        failure = ChatFailure(error, status: response.status, requestID: response.header("x-request-id"))
        switch failure.kind {
        case .throttled: retry = .throttling
        case .unavailable: retry = .transient
        case .timedOut: retry = .timeout
        default: retry = nil
        }
        hint = RetryAfterHint(aws: nil, http: response.header("retry-after"))
    }
}

extension ChatFailure {
    /// The failure that an error of the service is: its code decides, then its type, then what its text says, then its
    /// status.
    init(_ error: OpenAIError, status: Int, requestID: String?) {
        let named = [error.code, error.type].lazy.compactMap { $0.flatMap(OpenAIFailures.named) }.first
        let isStatus = (400...599).contains(status)
        let general = Self.kind(ofStatus: isStatus ? status : 500, saying: error.message)
        // Services give most of what fails within them one name; then the status says more.
        let kind = named.map { $0.kind == .unavailable && status >= 500 ? general : $0.kind } ?? general
        self.init(
            kind,
            detail: error.message.isEmpty ? "the service gave no reason" : Self.logLine(error.message),
            upstreamCode: error.code ?? error.type, upstreamStatus: status, upstreamRequestID: requestID)
    }

    /// A service's text as a part of a log line: no line breaks, no control characters, and nothing that looks like
    /// the key that services quote when they refuse one.
    private static func logLine(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(500).map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars)).split(separator: " ").map { word in
            word.count > 12 && word.contains { $0.isNumber } && word.hasPrefix("sk-") ? "sk-…" : String(word)
        }.joined(separator: " ")
    }

    private static func kind(ofStatus status: Int, saying message: String) -> Kind {
        switch status {
        case 401, 403, 407: return .unauthorized
        case 404, 405: return .misconfigured
        case 408, 504: return .timedOut
        case 413: return .inputTooLong
        case 429: return .throttled
        case 400...499:
            let text = message.lowercased()
            func says(_ phrases: [String]) -> Bool { phrases.contains { text.contains($0) } }
            if says(lengthPhrases) { return .inputTooLong }
            if says(contentPhrases) { return .contentFiltered }
            return says(configurationPhrases) ? .misconfigured : .invalidRequest
        default: return .unavailable
        }
    }

    private static let lengthPhrases = ["context length", "context window", "too long", "maximum context"]
    private static let contentPhrases = ["content policy", "content filter", "content management policy", "safety"]
    private static let configurationPhrases = [
        "unsupported parameter", "unsupported value", "unrecognized request argument", "does not support",
        "extra inputs are not permitted", "unknown model",
    ]
}
