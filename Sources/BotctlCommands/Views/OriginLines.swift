import BotConfiguration
import DiagnosticRendering
import Diagnostics
import JSONCoding

/// Where an effective value comes from, what it hides, and what the model makes of it.
struct OriginLines {
    private let entry: EffectiveConfig.Entry

    init(_ entry: EffectiveConfig.Entry) { self.entry = entry }

    /// One line for each fact.
    func lines(_ style: TextStyle) -> [String] {
        var lines = [style.cyan(entry.origin.description) + layerNote]
        for hidden in entry.hidden {
            lines.append(style.dim("hides \(hidden.value.text.printable) at \(hidden.origin.description)"))
        }
        if let adjustment = entry.adjustment { lines.append(style.yellow(adjustment)) }
        return lines
    }

    private var layerNote: String {
        switch entry.origin.layer {
        case .environment, .environmentBot: " (\(entry.origin.layer.description))"
        case .schemaDefault, .facts, .template, .bot, .commandLine: ""
        }
    }

    /// The value and its origin for scripts.
    static func json(_ entry: EffectiveConfig.Entry) -> JSONValue {
        var result: JSONObject = ["path": .string(entry.path), "value": entry.value.json]
        result.append("layer", .string(entry.origin.layer.description))
        if let place = entry.origin.location {
            result.append("file", .string(place.file))
            result.append("line", .integer(place.line))
            result.append("column", .integer(place.column))
        }
        if let adjustment = entry.adjustment { result.append("adjustment", .string(adjustment)) }
        if !entry.hidden.isEmpty {
            result.append(
                "hidden",
                .array(entry.hidden.map { ["value": $0.value.json, "origin": .string($0.origin.description)] }))
        }
        return .object(result)
    }
}
