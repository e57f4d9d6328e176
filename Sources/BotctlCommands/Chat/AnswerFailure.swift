import Conversation
import DiagnosticRendering
import PoeProtocol

/// Why a bot did not answer, in words.
struct AnswerFailure {
    let message: String
    /// What to do next.
    let hint: String?

    /// Nil for an answer, and for one that the person ended.
    init?(_ end: AnswerEnd, of name: String) {
        switch end.outcome {
        case .answered, .interrupted: return nil
        case .failed(let error):
            message = "\(name): \(error.text?.printable ?? "the bot failed, and does not say why")"
            hint = Self.hint(for: error)
        case .notAnswered(let error):
            message = "\(name): \(error.message.printable)"
            hint = Self.hint(for: error)
        }
    }

    /// It as what stops a command.
    var commandFailure: CommandFailure { CommandFailure(.failure, message, hint: hint) }

    private static func hint(for error: PoeErrorEvent) -> String {
        switch error.errorType.flatMap(PoeErrorType.init) {
        case .userMessageTooLong: "shorten the question"
        case .insufficientFund: "whoever asks lacks points"
        case .userCausedError: "change the question or its files; the same again would fail again"
        case .privacyAuthorizationError, nil:
            error.allowsRetry ? "the same question may be asked again" : "to ask the same again would not help"
        }
    }

    private static func hint(for error: PoeClientError) -> String? {
        switch (error.code, error.status) {
        case (.refused, 401), (.refused, 403): "the access key is another than the bot's"
        case (.refused, 404): "no bot of that name is served there"
        case (.refused, 413): "the question with its files is larger than the gateway takes"
        case (.unreachable, _): "is a gateway running there? 'botctl serve' or 'botctl up' starts one"
        case (.timedOut, _): "the same question may be asked again"
        case (.invalidTarget, _), (.refused, _), (.protocolFault, _), (.tooLarge, _): nil
        }
    }
}
