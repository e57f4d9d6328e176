package import JSONCoding

/// How a bot's answer ended, and who gave it.
package struct PoeAnswer: Hashable, Sendable {
    /// The first `error` event; nil when the answer is good.
    package var failure: PoeErrorEvent?
    /// How many events there were.
    package var eventCount: Int
    /// The answer's `x-request-id`.
    package var requestID: String?
    /// The answer's `x-bot-digest`: the configuration that gave it.
    package var botDigest: String?
}

/// What a bot says of itself, and who said it.
package struct PoeSettingsAnswer: Hashable, Sendable {
    /// The settings as they came.
    package var settings: JSONObject
    /// The answer's `x-request-id`.
    package var requestID: String?
    /// The answer's `x-bot-digest`: the configuration that gave it.
    package var botDigest: String?
}
