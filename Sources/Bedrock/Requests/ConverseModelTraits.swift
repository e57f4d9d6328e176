/// What the Converse operation accepts of one model, where models differ.
///
/// What a model cannot take is left out of a request or changed to what it can, as the service would refuse it.
package struct ConverseModelTraits: Hashable, Sendable {
    /// Whether instructions have a place of their own; without, they open the first user turn.
    package var supportsSystemMessages: Bool
    /// Whether temperature and top-p are accepted at all.
    package var acceptsSamplingParameters: Bool
    /// Whether temperature and top-p are refused together; the temperature is then the one that is sent.
    package var temperatureExcludesTopP: Bool
    /// Whether a conversation may end in an assistant turn that the model goes on with.
    package var acceptsAssistantPrefill: Bool
    /// The fewest tokens that may be asked for, where that is more than one.
    package var minOutputTokens: Int?
    /// The most tokens that may be asked for, where it is known.
    package var maxOutputTokens: Int?

    /// Makes traits; the defaults fit most models.
    package init(
        supportsSystemMessages: Bool = true, acceptsSamplingParameters: Bool = true,
        temperatureExcludesTopP: Bool = false, acceptsAssistantPrefill: Bool = false, minOutputTokens: Int? = nil,
        maxOutputTokens: Int? = nil
    ) {
        self.supportsSystemMessages = supportsSystemMessages
        self.acceptsSamplingParameters = acceptsSamplingParameters
        self.temperatureExcludesTopP = temperatureExcludesTopP
        self.acceptsAssistantPrefill = acceptsAssistantPrefill
        self.minOutputTokens = minOutputTokens
        self.maxOutputTokens = maxOutputTokens
    }
}
