import BotConfiguration
import DiagnosticRendering
import JSONCoding

/// What a key means, and what it is for one bot and why.
struct KeyExplanationView {
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
        terminal.output("  \(field.summary)")
        if let deprecation = field.deprecation {
            terminal.output(style.yellow("  deprecated: \(deprecation.reason)"))
        } else if field.availability == .later {
            terminal.output(style.yellow("  has no effect in this version yet"))
        }
        terminal.output("")
        terminal.output("  \(style.dim("takes"))    \(field.type.description)")
        if let value = field.defaultValue { terminal.output("  \(style.dim("default"))  \(value.text)") }
        if field.isRequired, field.defaultValue == nil { terminal.output("  \(style.dim("required"))") }
        if !field.examples.isEmpty {
            terminal.output("  \(style.dim("such as"))  \(field.examples.joined(separator: "   "))")
        }
    }

    private func showKeys(_ terminal: Terminal, _ style: TextStyle) {
        guard !explanation.nested.isEmpty else { return }
        terminal.output("")
        var table = TextTable(["KEY", "MEANING"])
        let prefix = explanation.path.isEmpty ? "" : explanation.path + "."
        for field in explanation.nested {
            table.append([TextTable.Cell(prefix + field.key), TextTable.Cell(field.summary)])
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
            terminal.output("  \(style.bold(entry.path)): \(entry.value.text.printable)")
            for line in OriginLines(entry).lines(style) { terminal.output("    \(line)") }
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
