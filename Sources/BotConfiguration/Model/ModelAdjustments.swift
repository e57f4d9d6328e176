import Diagnostics
import ModelCatalog

/// What a model's facts change of a bot's values when a request is built.
///
/// In a bot's own file such a value is a fault, because somebody wrote it for this model; in a template or an
/// environment it was written for many.
struct ModelAdjustments {
    private(set) var adjustments: [EffectiveConfig.Adjustment] = []
    private let root: ConfigObject
    private let facts: ModelFacts?

    /// The adjustments of merged layers.
    init(of root: ConfigObject, facts: ModelFacts?) {
        self.root = root
        self.facts = facts
        let provider = ModelReference.Provider(of: root)
        let unused = UnusedKeys(
            root: root, kind: BotMaker.kind(of: root, facts), provider: provider,
            model: facts?.id ?? root.text("model", "id") ?? ""
        ).entries
        for entry in unused {
            adjust(entry.path, "left out: \(entry.reason)", .contradictingKeys, entry.fault, help: entry.help)
        }
        let paths = Set(unused.map(\.path))
        for adjustment in Parameters(root.object("parameters")).adjusted(to: facts, of: provider)
            .adjustments
        where !paths.contains("parameters.\(adjustment.key.rawValue)") {
            tell(adjustment)
        }
        adjustFeatures(except: paths)
    }

    private var model: String { facts?.id ?? root.text("model", "id") ?? "" }

    private func node(_ key: String, _ nested: String? = nil) -> ConfigNode? {
        root.node(key, nested).flatMap { $0.value.isReset ? nil : $0 }
    }

    private mutating func adjust(
        _ path: String, _ message: String, _ code: DiagnosticCode, _ fault: String, help: String
    ) {
        adjustments.append(
            EffectiveConfig.Adjustment(
                path: path, message: message,
                fault: EffectiveConfig.Fault(code: code, message: fault, help: help)))
    }

    private mutating func refuse(_ path: String, _ reason: String, help: String = "remove it") {
        adjust(
            path, "left out: \(reason)", .modelRefusesParameter, "'\(path)' cannot be used with '\(model)': \(reason)",
            help: help)
    }

    private mutating func tell(_ adjustment: ParameterAdjustment) {
        let key = adjustment.key.rawValue
        let path = "parameters.\(key)"
        let wished = node("parameters", key)?.value.text ?? ""
        switch adjustment.change {
        case .refused where adjustment.key == .reasoning:
            refuse(path, "the model refuses '\(wished)'", help: acceptedEfforts)
        case .refused: refuse(path, "the model refuses it")
        case .refusedBesideTemperature:
            refuse(path, "the model refuses it beside 'temperature'", help: helpBesideTemperature)
        case .outOfRange(let sent):
            let sent = sent == 0 ? "0" : "1"
            adjust(
                path, "sent as \(sent): Bedrock's Converse takes 0 to 1", .modelRefusesParameter,
                "'\(path)' is \(wished), and Bedrock's Converse takes 0 to 1", help: "write 1, or less")
        case .aboveLimit(let limit):
            adjust(
                path, "lowered to \(limit), the model's limit", .aboveModelLimit,
                "'\(path)' is \(wished), and the model's limit is \(limit)",
                help: "\(limit) is sent; write that, or less")
        case .belowLeast(let least):
            adjust(
                path, "raised to \(least), the least that the model takes", .modelRefusesParameter,
                "'\(path)' is \(wished), and '\(model)' takes \(least) or more", help: "write \(least), or more")
        case .doesNotReason:
            adjust(
                path, "left out: the model does not reason", .missingFeature,
                "'\(path): \(wished)' asks for thinking, and '\(model)' does not reason", help: "remove it")
        case .alwaysReasons: refuse(path, "the model always thinks", help: acceptedEfforts)
        case .aboveCeiling(let ceiling):
            refuse(
                path, "'\(wished)' is above '\(ceiling.rawValue)', the most that the model takes",
                help: acceptedEfforts)
        }
    }

    private var helpBesideTemperature: String {
        guard let temperature = node("parameters", "temperature"), let topP = node("parameters", "top_p"),
            temperature.origin.layer < topP.origin.layer
        else { return "remove one of them" }
        return "remove it, or write 'temperature: null' beside it"
    }

    private var acceptedEfforts: String {
        let accepted = ReasoningEffort.allCases.filter { effort in
            facts?.reasoning?.accepts(effort) == true && !(effort == .none && facts?.reasoning?.alwaysOn == true)
        }
        return "the model takes \(accepted.map(\.rawValue).joined(separator: ", "))"
    }

    private mutating func adjustFeatures(except paths: Set<String>) {
        if facts?.kind == .imageEdit, root.list("smoke").contains(where: { !$0.bringsFile }) {
            adjust(
                "smoke", "cases that bring no picture are left out: the model needs one", .missingFeature,
                "'\(model)' needs a picture, and not every smoke case brings one",
                help: "add 'attachments: [FILE]' to each case, with a picture of the project")
        }
        if facts?.capabilities.systemPrompt == false, node("supports_system_messages")?.value == .boolean(true) {
            adjust(
                "supports_system_messages", "taken as false: the model takes no system messages", .missingFeature,
                "'supports_system_messages' is true, and '\(model)' takes no system messages",
                help: "remove it: they then go in front of the first user message")
        }
        if facts?.capabilities.promptCaching == false, root.text("cache") == "auto", !paths.contains("cache") {
            adjust(
                "cache", "left out: the model caches no prompts", .missingFeature,
                "'cache' is auto, and '\(model)' caches no prompts", help: "remove it")
        }
    }
}
