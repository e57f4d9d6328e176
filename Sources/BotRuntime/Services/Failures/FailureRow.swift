import ChatEvents

/// One line of the table of failures: what a kind of failure means to each reader.
struct FailureRow {
    /// What has happened, for whoever runs the bot.
    let meaning: String
    /// What the user reads, unless there is better advice.
    let text: String
    /// Whether the same request may work later.
    var allowsRetry = false
    var fault = PresentedFailure.Fault.service
    /// The HTTP status that says the same.
    let statusCode: Int
    let openAI: OpenAIErrorWords
    /// Whether nothing gets better until an operator acts; the log line is then an error.
    var needsOperator = false

    init(_ kind: ChatFailure.Kind) {
        switch kind {
        case .throttled: self = .throttled
        case .quotaExhausted: self = .quotaExhausted
        case .unavailable: self = .unavailable
        case .timedOut: self = .timedOut
        case .inputTooLong: self = .inputTooLong
        case .invalidRequest: self = .invalidRequest
        case .contentFiltered: self = .contentFiltered
        case .unauthorized: self = .unauthorized
        case .misconfigured: self = .misconfigured
        case .modelError: self = .modelError
        case .overloaded: self = .overloaded
        case .botUnavailable: self = .botUnavailable
        case .insufficientFunds: self = .insufficientFunds
        case .shuttingDown: self = .shuttingDown
        case .internalError: self = .internalError
        }
    }

    private init(
        _ meaning: String, _ text: String, retry allowsRetry: Bool = false, _ statusCode: Int, _ type: String,
        code: String? = nil, fault: PresentedFailure.Fault = .service, needsOperator: Bool = false
    ) {
        self.meaning = meaning
        self.text = text
        self.allowsRetry = allowsRetry
        self.fault = fault
        self.statusCode = statusCode
        self.openAI = OpenAIErrorWords(type: type, code: code)
        self.needsOperator = needsOperator
    }
}

// MARK: - The upstream's failures

extension FailureRow {
    private static let throttled = FailureRow(
        "The model service asks for fewer requests or tokens.",
        "The model is busy right now. Please try again in a moment.", retry: true, 429, "requests",
        code: "rate_limit_exceeded")
    private static let quotaExhausted = FailureRow(
        "A quota or a credit of the account with the model service is used up; waiting a little does not help.",
        "This bot has used up its quota with the model service. Please try again later.", 429, "insufficient_quota",
        code: "insufficient_quota", needsOperator: true)
    private static let unavailable = FailureRow(
        "The model service is down, not ready, or cannot be reached.",
        "The model service cannot be reached right now. Please try again.", retry: true, 503, "server_error",
        code: "service_unavailable")
    private static let timedOut = FailureRow(
        "The model did not begin, or did not go on, within the bot's 'limits'.",
        "The model took too long to answer. Please try again.", retry: true, 504, "server_error", code: "timeout")
    private static let inputTooLong = FailureRow(
        "The conversation is longer than the model takes, or than 'limits.max_input_tokens' allows.",
        """
        This conversation is longer than the model can take. Start a new chat, or send less text or fewer files.
        """, 400, "invalid_request_error", code: "context_length_exceeded", fault: .messageTooLong)
    private static let invalidRequest = FailureRow(
        "The user sent what the model or the bot does not take.",
        "The model cannot take this message as it is. Please change it and try again.", 400, "invalid_request_error",
        fault: .user)
    private static let contentFiltered = FailureRow(
        "The model, its service or a guardrail refuses to answer to this.",
        "The model service's content policy does not allow an answer to this.", 400, "invalid_request_error",
        code: "content_policy_violation", fault: .user)
    private static let unauthorized = FailureRow(
        "The model service refuses the bot's credentials, or they may not use the model.",
        "This bot is not allowed to use its model. Its operator has to look into it.", 502, "server_error",
        code: "upstream_refused", needsOperator: true)
    private static let misconfigured = FailureRow(
        "The bot asks for a model, a region or a setting that the model service does not have.",
        "This bot is not set up correctly. Its operator has to look into it.", 502, "server_error",
        code: "bot_misconfigured", needsOperator: true)
    private static let modelError = FailureRow(
        "The model failed while it worked, or its answer could not be read.",
        "The model failed to give an answer. Please try again.", retry: true, 502, "server_error", code: "model_error")
}

// MARK: - The gateway's own

extension FailureRow {
    private static let overloaded = FailureRow(
        "The bot, or the gateway, answers as many requests as its 'limits' allow.",
        "This bot is answering as many people as it can. Please try again in a moment.", retry: true, 429, "requests",
        code: "rate_limit_exceeded")
    private static let botUnavailable = FailureRow(
        "The bot is switched off, or this gateway could not make it: its log says why.",
        "This bot is not available at the moment.", 503, "server_error", code: "bot_unavailable")
    private static let insufficientFunds = FailureRow(
        "Poe says that the user has not enough points for what the bot charges.",
        "You do not have enough points for this answer.", retry: true, 402, "insufficient_quota",
        code: "insufficient_quota", fault: .funds)
    private static let shuttingDown = FailureRow(
        "The gateway was stopped, and the answer took longer than the drain timeout.",
        "The answer was interrupted by maintenance. Please try again.", retry: true, 503, "server_error",
        code: "service_unavailable")
    private static let internalError = FailureRow(
        "A fault in the gateway itself: please report the log line.",
        "Something went wrong on our side. Please try again.", retry: true, 500, "server_error",
        code: "internal_error", needsOperator: true)
}
