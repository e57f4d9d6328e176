import BotRuntime
import HTTPTypes
import OpenAIProtocol

extension PlainAnswer {
    /// An error in the shape of the OpenAI API.
    init(_ status: HTTPResponse.Status, _ error: OpenAIError) { self.init(status, json: error.json) }

    /// A failure of a bot in the shape of the OpenAI API.
    ///
    /// Clients of the API try some statuses again by themselves; `x-should-retry` tells them whether that makes sense.
    ///
    /// - Parameters:
    ///   - failure: What is said of it.
    ///   - retryAfter: After how many seconds another try may work, where that is known.
    init(_ failure: PresentedFailure, retryAfter: Int? = nil) {
        self.init(.init(code: failure.statusCode), OpenAIError(failure))
        headers.append((.shouldRetry, failure.allowsRetry ? "true" : "false"))
        if let retryAfter { headers.append((.retryAfter, String(retryAfter))) }
    }
}

extension OpenAIError {
    /// A failure of a bot in the words of the API.
    init(_ failure: PresentedFailure) {
        self.init(message: failure.text, type: failure.openAI.type, code: failure.openAI.code)
    }

    /// What clients read when they ask for a bot that there is not.
    static let unknownModelCode = "model_not_found"
    /// What clients read when they ask for a bot that their key may not call.
    static let forbiddenModelCode = "model_not_allowed"

    /// There is no bot of that name.
    static func unknownModel(_ name: String) -> OpenAIError {
        invalid(
            "The model `\(name.prefix(80))` does not exist or you do not have access to it.", param: nil,
            code: unknownModelCode)
    }

    /// The key may not call the bot.
    static func forbiddenModel(_ name: String) -> OpenAIError {
        invalid(
            "This API key does not have access to model `\(name.prefix(80))`.", param: nil, code: forbiddenModelCode)
    }
}

extension HTTPField.Name {
    /// Whether a client of the OpenAI API should send the same request again.
    static let shouldRetry = known("x-should-retry")
    /// After how many seconds another try may work.
    static let retryAfter = known("retry-after")
    /// How many requests the bot takes in a minute.
    static let rateLimit = known("x-ratelimit-limit-requests")
    /// How many of them are left.
    static let rateRemaining = known("x-ratelimit-remaining-requests")
    /// How long until all of them are free again.
    static let rateReset = known("x-ratelimit-reset-requests")
}
