import BotConfiguration
import BotRuntime
import ModelCatalog
import JSONCoding

extension BotConfig {
    /// The controls that Poe shows to users of the bot; nil for none.
    var parameterControls: JSONObject? {
        switch poe.parameterControls {
        case .none: nil
        case .stated(let controls): controls
        case .auto: AutomaticControls(self).json
        }
    }
}

/// Controls made of what a model can do.
struct AutomaticControls {
    private let config: BotConfig
    private let adjustable: AdjustableParameters

    /// Controls for a bot.
    init(_ config: BotConfig) {
        self.config = config
        adjustable = AdjustableParameters(of: config)
    }

    /// The controls as Poe specifies them; nil for a model of which nothing can be set.
    var json: JSONObject? {
        let controls = [effort, aspectRatio, seed].compactMap(\.self)
        guard !controls.isEmpty else { return nil }
        return ["api_version": "2", "sections": .array([["controls": .array(controls)]])]
    }

    private var effort: JSONValue? {
        guard !adjustable.efforts.isEmpty else { return nil }
        let options = [Self.option(ControlValues.automatic, "Automatic")]
        return [
            "control": "drop_down", "label": "Reasoning effort", "parameter_name": "reasoning_effort",
            "description": "How hard the model thinks before it answers.",
            "options": .array(options + adjustable.efforts.map { Self.option($0.rawValue, $0.label) }),
            "default_value": .string(config.parameters.reasoning?.rawValue ?? ControlValues.automatic),
        ]
    }

    private var aspectRatio: JSONValue? {
        let ratios = adjustable.aspectRatios
        guard let first = ratios.first else { return nil }
        let options = ratios.map { ratio -> JSONValue in
            let sides = ratio.split(separator: ":").compactMap { Int($0) }
            return ["width": .integer(sides.first ?? 1), "height": .integer(sides.last ?? 1), "value": .string(ratio)]
        }
        let wished = config.media.aspectRatio ?? (config.kind == .video ? "16:9" : "1:1")
        return [
            "control": "aspect_ratio", "label": "Aspect ratio", "parameter_name": "aspect_ratio",
            "options": .array(options), "default_value": .string(ratios.contains(wished) ? wished : first),
        ]
    }

    private var seed: JSONValue? {
        guard let range = adjustable.seeds else { return nil }
        var control: JSONObject = [
            "control": "text_field", "label": "Seed", "parameter_name": "seed",
            "description": .string(
                "A whole number from \(range.lowerBound) to \(range.upperBound). The same seed and prompt give the "
                    + "same result; leave it empty for another one each time."),
            "placeholder": "random",
        ]
        if let seed = config.media.seed { control["default_value"] = .string(String(seed)) }
        return .object(control)
    }

    private static func option(_ value: String, _ name: String) -> JSONValue {
        ["value": .string(value), "name": .string(name)]
    }
}

extension ReasoningEffort {
    /// The effort in a word for users.
    fileprivate var label: String {
        switch self {
        case .none: "None"
        case .minimal: "Minimal"
        case .low: "Low"
        case .medium: "Medium"
        case .high: "High"
        case .xhigh: "Very high"
        case .max: "Maximum"
        }
    }
}
