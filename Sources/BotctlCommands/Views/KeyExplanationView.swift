import BotConfiguration
import DiagnosticRendering
import JSONCoding

/// What a key means, and what it is for one bot and why.
struct KeyExplanationView: ResultView {
    let explanation: KeyExplanation

    /// Writes it to standard output.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        let title = [explanation.bot, explanation.path.isEmpty ? nil : explanation.path].compactMap(\.self)
        let name = title.isEmpty ? explanation.file.rawValue : title.joined(separator: ".")
        let place = explanation.file == .bot ? "" : style.dim("  in \(explanation.file.rawValue)")
        terminal.output(style.bold(name) + (title.isEmpty ? "" : place))
        if let field = explanation.field { showDeclaration(field, terminal, style) }
        if explanation.bot != nil {
            showValues(terminal, style)
        } else {
            showKeys(terminal, style)
        }
    }

    private func showDeclaration(_ field: SchemaField, _ terminal: Terminal, _ style: TextStyle) {
        terminal.output("  ", field.summary, indent: 2)
        if let deprecation = field.deprecation {
            terminal.output("  ", "deprecated: \(deprecation.reason)", indent: 2, paint: style.yellow)
        } else if field.availability == .later {
            terminal.output(style.yellow("  has no effect in this version yet"))
        }
        terminal.output("")
        func show(_ label: String, _ text: String) {
            let padding = String(repeating: " ", count: max(0, 9 - label.count))
            terminal.output("  \(label)\(padding)", text, indent: 11, paintLabel: style.dim)
        }
        let isNeeded = field.isRequired && field.defaultValue == nil
        show("takes", field.type.description + (isNeeded ? "; required" : ""))
        if let value = field.defaultValue { show("default", value.text) }
        if !field.examples.isEmpty { show("such as", field.examples.joined(separator: "   ")) }
    }

    private func showKeys(_ terminal: Terminal, _ style: TextStyle) {
        guard !explanation.nested.isEmpty else { return }
        terminal.output("")
        var table = TextTable(["KEY", "MEANING"])
        for field in explanation.nested {
            table.append([TextTable.Cell(explanation.nestedPrefix + field.key), TextTable.Cell(field.summary)])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
    }

    private func showValues(_ terminal: Terminal, _ style: TextStyle) {
        guard !explanation.entries.isEmpty else {
            terminal.output("")
            terminal.output("  not set by any layer, and without a schema default")
            return
        }
        for entry in explanation.entries {
            terminal.output("")
            terminal.output("  \(entry.path): ", entry.value.text.printable, indent: 4, paintLabel: style.bold)
            OriginLines(entry).show(terminal, indent: 4)
        }
    }

    /// The explanation for scripts.
    var json: JSONObject {
        var result: JSONObject = [
            "file": .string(explanation.file.rawValue), "path": .string(explanation.path),
        ]
        result["bot"] = explanation.bot.map { .string($0) }
        if let field = explanation.field {
            result.append("summary", .string(field.summary))
            result.append("type", .string(field.type.description))
            result["default"] = field.defaultValue?.json
            result.append("required", .bool(field.isRequired))
            result.append("deprecated", .bool(field.deprecation != nil))
            result.append("has_effect", .bool(field.availability == .now))
            result.append("examples", .array(field.examples.map { .string($0) }))
        }
        result.append(
            "keys",
            .array(explanation.nested.map { ["key": .string($0.key), "summary": .string($0.summary)] }))
        if explanation.bot != nil { result.append("values", .array(explanation.entries.map(OriginLines.json))) }
        return result
    }
}
