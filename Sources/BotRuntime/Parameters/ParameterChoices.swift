package import BotConfiguration
package import ChatEvents
import JSONCoding

/// What a user chose of a bot's parameters, checked; it goes over what the bot's configuration sets.
package struct ParameterChoices: Hashable, Sendable {
    /// What goes with a request to a chat model; the additional fields go to every model.
    package var overrides = RequestOverrides()
    package var media = MediaParameters()
    /// Whether a video is to be a loop; nil where nothing was chosen, which ``MediaParameters`` cannot say.
    package var isLoop: Bool?

    /// No choice.
    package init() {}

    /// A bot that makes files, with these choices over its own parameters.
    package func applied(to config: BotConfig) -> BotConfig {
        guard self != ParameterChoices() else { return config }
        var config = config
        for member in overrides.additional { config.parameters.additional[member.name] = member.value }
        config.media = config.media.overlaid(by: media)
        if let isLoop { config.media.isLoop = isLoop }
        return config
    }
}

extension MediaParameters {
    fileprivate func overlaid(by chosen: MediaParameters) -> MediaParameters {
        var result = self
        // A size says the ratio too, so that the newer choice ends the older one.
        if let ratio = chosen.aspectRatio { (result.aspectRatio, result.size) = (ratio, nil) }
        if let size = chosen.size { (result.size, result.aspectRatio) = (size, nil) }
        result.seed = chosen.seed ?? seed
        result.negativePrompt = chosen.negativePrompt ?? negativePrompt
        result.strength = chosen.strength ?? strength
        result.outputFormat = chosen.outputFormat ?? outputFormat
        result.seconds = chosen.seconds ?? seconds
        result.resolution = chosen.resolution ?? resolution
        return result
    }
}
