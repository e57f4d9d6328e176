package import ChatEvents

/// The failures that OpenAI-compatible services name.
///
/// Source: OpenAI API reference, "Error codes". Compatible services use few of the names; their status decides.
package enum OpenAIFailures {
    /// Finds what an error's code says; nil for one that is not known.
    package static func named(_ code: String) -> UpstreamFailure? { byName[code.lowercased()] }

    private static let byName = Dictionary(
        all.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })

    /// All of them, those that a user meets most often first.
    package static let all = [
        UpstreamFailure(
            "rate_limit_exceeded", status: 429, .throttled, retry: .throttling,
            meaning: "The account's requests or tokens per minute are used up."),
        UpstreamFailure(
            "insufficient_quota", status: 429, .quotaExhausted,
            meaning: "The account has no credit left, or has reached its monthly limit."),
        UpstreamFailure(
            "server_error", status: 500, .unavailable, retry: .transient, meaning: "The service failed inside."),
        UpstreamFailure(
            "overloaded_error", status: 529, .unavailable, retry: .transient, meaning: "The service is overloaded."),
        UpstreamFailure(
            "context_length_exceeded", status: 400, .inputTooLong,
            meaning: "The conversation is longer than the model takes."),
        UpstreamFailure(
            "string_above_max_length", status: 400, .inputTooLong,
            meaning: "A message is longer than the service takes."),
        UpstreamFailure(
            "content_policy_violation", status: 400, .contentFiltered,
            meaning: "The service's content policy refuses the request."),
        UpstreamFailure(
            "content_filter", status: 400, .contentFiltered,
            meaning: "The service's content filter refuses the request."),
        UpstreamFailure(
            "invalid_image_format", status: 400, .invalidRequest, meaning: "The service cannot read a picture."),
        UpstreamFailure(
            "image_parse_error", status: 400, .invalidRequest, meaning: "The service cannot read a picture."),
        UpstreamFailure(
            "unsupported_parameter", status: 400, .misconfigured,
            meaning: "The bot sets a parameter that the model does not take."),
        UpstreamFailure(
            "unsupported_value", status: 400, .misconfigured,
            meaning: "The bot sets a parameter to a value that the model does not take."),
        UpstreamFailure(
            "model_not_found", status: 404, .misconfigured,
            meaning: "The service has no such model, or the key may not use it."),
        UpstreamFailure("invalid_api_key", status: 401, .unauthorized, meaning: "The API key is not known."),
        UpstreamFailure(
            "account_deactivated", status: 401, .unauthorized, meaning: "The account has been switched off."),
        UpstreamFailure(
            "unsupported_country_region_territory", status: 403, .unauthorized,
            meaning: "The service does not serve the country that the request comes from."),
    ]
}
