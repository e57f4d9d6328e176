import BotConfiguration
import DiagnosticRendering
import Diagnostics
import JSONCoding

/// One bot with its effective values.
struct BotView: ResultView {
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
            let paint = isDefault ? style.dim : { $0 }
            terminal.output(
                "  \(entry.path)\(padding)  ", entry.value.text.printable, indent: width + 4, paintLabel: paint,
                paint: paint)
            if let adjustment = entry.adjustment { terminal.output(style.yellow("    \(adjustment)")) }
        }
        let dim = style.isColored ? "dim values are schema defaults; " : ""
        terminal.note("\(dim)--origin says where each value was written")
    }

    private func showOrigins(_ terminal: Terminal, _ style: TextStyle) {
        terminal.output("")
        for entry in bot.effective.entries {
            terminal.output("  \(entry.path): ", entry.value.text.printable, indent: 4, paintLabel: style.bold)
            OriginLines(entry).show(terminal, indent: 6)
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
            "values": .array(bot.effective.entries.map(OriginLines.json)), "stored": bot.stored.value,
        ]
        if let handler { result.append("handler", handler.json) }
        return result
    }
}
