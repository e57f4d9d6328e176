import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import ModelCatalog
import PoeProtocol

/// The values that users gave a bot's controls, checked against what the controls allow.
///
/// Whoever calls a bot can send any values of any types, so nothing counts but what a control of the bot declares.
/// Source: Poe server-bot protocol, `parameter_controls`: types of the values in `parameters`.
struct ControlValues {
    /// What a control leaves to the model.
    static let automatic = "auto"
    /// The longest text of a text control, in bytes.
    static let textLimitInBytes = 10_000

    private let config: BotConfig
    private let takesNumbersAsTexts: Bool
    private var choices = ParameterChoices()

    /// The choices of a conversation's newest message of the user.
    ///
    /// - Throws: ``ChatFailure`` with advice when a value is none that its control can have.
    static func choices(in query: PoeQuery, of config: BotConfig) throws(ChatFailure) -> ParameterChoices {
        guard let values = query.messages.last(where: { $0.role == .user })?.parameters else {
            return ParameterChoices()
        }
        return try choices(of: values, for: config)
    }

    /// The choices that values by their parameters' names make.
    ///
    /// - Parameters:
    ///   - values: The values; others than the bot's controls set do not count.
    ///   - config: The bot.
    ///   - takesNumbersAsTexts: Whether who fills in a text control may write a number, as programs do.
    /// - Returns: The choices.
    /// - Throws: ``ChatFailure`` with advice when a value is none that its control can have.
    static func choices(
        of values: JSONObject, for config: BotConfig, takesNumbersAsTexts: Bool = false
    ) throws(ChatFailure) -> ParameterChoices {
        guard !values.isEmpty, let controls = config.parameterControls else { return ParameterChoices() }
        var reader = ControlValues(config: config, takesNumbersAsTexts: takesNumbersAsTexts)
        for control in inputs(of: controls) { try reader.read(control, from: values) }
        return reader.choices
    }

    /// A bot's controls that set something, wherever they stand.
    static func inputs(of config: BotConfig) -> [JSONObject] { config.parameterControls.map(inputs) ?? [] }

    /// The names of the parameters that a bot's controls set.
    static func names(of config: BotConfig?) -> Set<String> {
        Set((config.map(inputs) ?? []).compactMap { $0["parameter_name"]?.string })
    }

    /// What a control of several options can be set to.
    static func options(of control: JSONObject) -> [JSONValue] {
        (control["options"]?.array ?? []).compactMap { option(of: $0).map { .string($0) } }
    }

    /// Values as a form has them, all texts, in the types of the controls that they fill in.
    ///
    /// A text that is none of its control's type stays one, and is refused as such.
    static func values(ofTexts fields: [(name: String, text: String)], for config: BotConfig?) -> JSONObject {
        let controls = config.map(inputs) ?? []
        return JSONObject(
            fields.map { field in
                let text = JSONValue.string(field.text)
                switch controls.first(where: { $0["parameter_name"]?.string == field.name })?["control"]?.string {
                case "toggle_switch": return (field.name, Bool(field.text).map(JSONValue.bool) ?? text)
                case "slider": return (field.name, JSONNumber(text: field.text).map(JSONValue.number) ?? text)
                default: return (field.name, text)
                }
            })
    }

    private init(config: BotConfig, takesNumbersAsTexts: Bool) {
        self.config = config
        self.takesNumbersAsTexts = takesNumbersAsTexts
    }

    /// All controls that set something, wherever they stand.
    private static func inputs(of controls: JSONObject) -> [JSONObject] {
        func inputs(in holder: JSONObject) -> [JSONObject] {
            (holder["controls"]?.array ?? []).compactMap(\.object).flatMap { control in
                control["parameter_name"] == nil ? inputs(in: control) : [control]
            }
        }
        return (controls["sections"]?.array ?? []).compactMap(\.object).flatMap { section in
            inputs(in: section) + (section["tabs"]?.array ?? []).compactMap(\.object).flatMap(inputs)
        }
    }

    private mutating func read(_ control: JSONObject, from values: JSONObject) throws(ChatFailure) {
        guard let name = control["parameter_name"]?.string, var value = values[name], !value.isNull else { return }
        if takesNumbersAsTexts, Self.isText(control), let number = value.number { value = .string(number.text) }
        if let allowed = Self.objection(of: control, to: value) { throw Self.refusal(of: control, allowed) }
        // An empty text is a field that nobody filled in.
        if let text = value.string, text.allSatisfy(\.isWhitespace) { return }
        guard set(name, to: value) else { throw Self.refusal(of: control, expectation(of: name)) }
    }

    /// Whether a control is filled in with text.
    static func isText(_ control: JSONObject) -> Bool {
        ["text_field", "text_area"].contains(control["control"]?.string)
    }

    /// What a control takes, when that is not the value; nil when the value is fine.
    private static func objection(of control: JSONObject, to value: JSONValue) -> String? {
        switch control["control"]?.string {
        case "text_field", "text_area":
            return value.string.map { $0.utf8.count <= textLimitInBytes } ?? false
                ? nil : "a text of up to \(textLimitInBytes) bytes"
        case "toggle_switch": return value.bool == nil ? "on or off" : nil
        case "slider":
            let low = control["min_value"]?.double ?? 0
            let high = control["max_value"]?.double ?? 0
            if let number = value.double, low <= number, number <= high { return nil }
            return "a number from \(control["min_value"]?.text() ?? "") to \(control["max_value"]?.text() ?? "")"
        case "drop_down", "aspect_ratio":
            let options = (control["options"]?.array ?? []).compactMap { option(of: $0) }
            if let text = value.string, options.contains(text) { return nil }
            let shown = options.prefix(20).map { "“\($0)”" }.joined(separator: ", ")
            return options.count > 20 ? "one of \(shown) and others" : "one of \(shown)"
        default: return "nothing"
        }
    }

    /// Source: Poe server-bot protocol, `aspect_ratio`: without a value it is the two sides.
    private static func option(of option: JSONValue) -> String? {
        if let value = option["value"]?.string { return value }
        guard let width = option["width"]?.number, let height = option["height"]?.number else { return nil }
        return "\(width.text):\(height.text)"
    }

    private static func refusal(of control: JSONObject, _ allowed: String) -> ChatFailure {
        let label = control["label"]?.string ?? ""
        return ChatFailure(
            .invalidRequest, detail: "the value of the control '\(label)' is not \(allowed)",
            advice: .valueNotTaken(of: label, takes: allowed))
    }
}

// MARK: - From names to parameters

extension ControlValues {
    /// Sets the parameter of that name; false when the value makes no sense for it.
    private mutating func set(_ name: String, to value: JSONValue) -> Bool {
        config.kind == .chat ? setChat(name, to: value) : setMedia(name, to: value)
    }

    private mutating func setChat(_ name: String, to value: JSONValue) -> Bool {
        switch name {
        case "temperature": return Self.put(value.number(from: 0...2), into: &choices.overrides.temperature)
        case "top_p": return Self.put(value.number(from: 0...1), into: &choices.overrides.topP)
        case "max_tokens": return Self.put(value.whole(in: 1...10_000_000), into: &choices.overrides.maxTokens)
        case "reasoning_effort", "reasoning":
            return Self.put(Self.thinking(value), into: &choices.overrides.thinking)
        default:
            choices.overrides.additional[name] = value
            return true
        }
    }

    private mutating func setMedia(_ name: String, to value: JSONValue) -> Bool {
        switch name {
        case "aspect_ratio", "aspect": return Self.put(value.string, into: &choices.media.aspectRatio)
        case "size": return Self.put(value.string, into: &choices.media.size)
        case "seed":
            let seeds = AdjustableParameters(of: config).seeds ?? Self.anySeed
            return Self.put(value.whole(in: seeds), into: &choices.media.seed)
        case "negative_prompt": return Self.put(value.string, into: &choices.media.negativePrompt)
        case "strength": return Self.put(value.number(from: 0...1), into: &choices.media.strength)
        case "output_format": return Self.put(value.string, into: &choices.media.outputFormat)
        case "seconds", "duration": return Self.put(value.whole(in: 1...120), into: &choices.media.seconds)
        case "resolution": return Self.put(value.string, into: &choices.media.resolution)
        case "loop": return Self.put(value.bool, into: &choices.isLoop)
        default:
            choices.overrides.additional[name] = value
            return true
        }
    }

    private static func thinking(_ value: JSONValue) -> Thinking? {
        if let flag = value.bool { return flag ? .effort(.medium) : .off }
        switch value.string {
        case automatic: return .asTheModelDoes
        case ReasoningEffort.none.rawValue: return .off
        default: return value.string.flatMap(Thinking.Effort.init(rawValue:)).map(Thinking.effort)
        }
    }

    private static let anySeed = 0...4_294_967_294

    private static func put<Value>(_ value: Value?, into place: inout Value?) -> Bool {
        guard let value else { return false }
        place = value
        return true
    }

    /// What a parameter takes, for a value that its control allows and the parameter does not.
    private func expectation(of name: String) -> String {
        switch name {
        case "seed":
            let seeds = AdjustableParameters(of: config).seeds ?? Self.anySeed
            return "a whole number from \(seeds.lowerBound) to \(seeds.upperBound)"
        case "temperature": return "a number from 0 to 2"
        case "top_p", "strength": return "a number from 0 to 1"
        case "max_tokens", "seconds", "duration": return "a whole number above 0"
        default: return "another value"
        }
    }
}

extension JSONValue {
    /// The number, also of a text that is one, if it lies in a range.
    fileprivate func number(from range: ClosedRange<Double>) -> Double? {
        guard let number = double ?? string.flatMap({ JSONNumber(text: $0)?.double }), range.contains(number) else {
            return nil
        }
        return number
    }

    /// The whole number, also of a text that is one, if it lies in a range.
    fileprivate func whole(in range: ClosedRange<Int>) -> Int? {
        let number = self.number ?? string.flatMap { JSONNumber(text: $0) }
        guard let whole = number?.integer ?? number?.double.flatMap({ Int(exactly: $0) }), range.contains(whole) else {
            return nil
        }
        return whole
    }
}
