package import JSONCoding

/// What a caller sets for one request, in place of what the bot has set.
///
/// It comes from outside: whoever builds the request to the model brings it within what the model takes, by the rules
/// that hold for a bot's own values.
package struct RequestOverrides: Hashable, Sendable {
    package var temperature: Double?
    package var topP: Double?
    /// The longest answer in tokens.
    package var maxTokens: Int?
    /// Texts at which the answer ends, beside those of the bot.
    package var stopSequences: [String]
    /// How much the model thinks; nil leaves it to the bot.
    package var thinking: Thinking?
    /// Further fields for the model, which win over the bot's of the same names.
    ///
    /// Never a caller's own words as they came: a front door puts in what it has checked.
    package var additional: JSONObject

    package init(
        temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil, stopSequences: [String] = [],
        thinking: Thinking? = nil, additional: JSONObject = JSONObject()
    ) {
        self.temperature = temperature
        self.topP = topP
        self.maxTokens = maxTokens
        self.stopSequences = stopSequences
        self.thinking = thinking
        self.additional = additional
    }
}
