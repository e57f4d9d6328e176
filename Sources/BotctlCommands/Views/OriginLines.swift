import BotConfiguration
import DiagnosticRendering
import Diagnostics
import JSONCoding

/// Where an effective value comes from, what it hides, and what the model makes of it.
struct OriginLines {
    private let entry: EffectiveConfig.Entry

    init(_ entry: EffectiveConfig.Entry) { self.entry = entry }

    /// Writes each fact on a line of its own to standard output.
    ///
    /// - Parameters:
    ///   - terminal: The terminal.
    ///   - indent: The columns before each line; where one is broken the rest stands two further in.
    func show(_ terminal: Terminal, indent: Int) {
        let style = terminal.outputStyle
        func show(_ text: String, _ paint: (String) -> String) {
            terminal.output(String(repeating: " ", count: indent), text, indent: indent + 2, paint: paint)
        }
        show(entry.origin.description + layerNote, style.cyan)
        for hidden in entry.hidden {
            show("hides \(hidden.value.text.printable) at \(hidden.origin.description)", style.dim)
        }
        if let adjustment = entry.adjustment { show(adjustment, style.yellow) }
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
