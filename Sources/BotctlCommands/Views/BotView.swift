import BotConfiguration
import Diagnostics
import JSONCoding

/// One bot with its effective values.
struct BotView {
    let bot: ProjectBot
    let showsOrigins: Bool
    let handler: HandlerView?

    /// Writes the bot to standard output.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        terminal.output(style.bold(bot.name) + style.dim("  \(source)"))
        terminal.output("  upstream  \(bot.config.model.upstreamID) in \(bot.config.model.region)")
        terminal.output("  digest    \(bot.stored.digest.short)")
        if let handler {
            handler.show(terminal)
        } else if showsOrigins {
            showOrigins(terminal, style)
        } else {
            showValues(terminal, style)
        }
    }

    private var source: String {
        bot.file + (bot.template.map { " over the template \($0)" } ?? "") + (bot.isEnabled ? "" : ", disabled")
    }

    private func showValues(_ terminal: Terminal, _ style: TextStyle) {
        terminal.output("")
        let entries = bot.effective.entries
        let width = entries.map(\.path.count).max() ?? 0
        for entry in entries {
            let padding = String(repeating: " ", count: width - entry.path.count)
            let isDefault = entry.origin.layer == .schemaDefault
            let line = "  \(entry.path)\(padding)  \(ConfigValueView.text(entry.value))"
            terminal.output(isDefault ? style.dim(line) : line)
            if let adjustment = entry.adjustment { terminal.output(style.yellow("    \(adjustment)")) }
        }
        let dim = style.isColored ? "dim values are schema defaults; " : ""
        terminal.note("\(dim)--origin says where each value was written")
    }

    private func showOrigins(_ terminal: Terminal, _ style: TextStyle) {
        terminal.output("")
        for entry in bot.effective.entries {
            let origin = entry.origin.layer == .schemaDefault ? "schema default" : entry.origin.description
            terminal.output("  \(style.bold(entry.path)): \(ConfigValueView.text(entry.value))")
            terminal.output("      \(style.cyan(origin))\(layerNote(entry.origin))")
            for hidden in entry.hidden {
                let value = ConfigValueView.text(hidden.value)
                terminal.output(style.dim("      hides \(value) at \(hidden.origin.description)"))
            }
            if let adjustment = entry.adjustment { terminal.output(style.yellow("      \(adjustment)")) }
        }
    }

    private func layerNote(_ origin: Origin) -> String {
        switch origin.layer {
        case .environment, .environmentBot: " (\(origin.layer.description))"
        case .schemaDefault, .template, .bot, .commandLine: ""
        }
    }

    /// The bot for scripts.
    var json: JSONObject {
        var result: JSONObject = [
            "name": .string(bot.name), "file": .string(bot.file),
            "template": bot.template.map { .string($0) } ?? .null, "enabled": .bool(bot.isEnabled),
            "digest": .string(bot.stored.digest.text),
            "smoke_digest": bot.storedSmoke.map { .string($0.digest.text) } ?? .null,
            "upstream_model": .string(bot.config.model.upstreamID), "region": .string(bot.config.model.region),
            "values": .array(bot.effective.entries.map(json)), "stored": bot.stored.value,
        ]
        if let handler { result.append("handler", handler.json) }
        return result
    }

    private func json(_ entry: EffectiveConfig.Entry) -> JSONValue {
        var result: JSONObject = ["path": .string(entry.path), "value": ConfigValueView.json(entry.value)]
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
                .array(
                    entry.hidden.map {
                        ["value": ConfigValueView.json($0.value), "origin": .string($0.origin.description)]
                    }))
        }
        return .object(result)
    }
}
