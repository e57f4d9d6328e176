import BotRuntime
import Gateway
import JSONCoding

/// What the bot factory makes of a bot.
struct HandlerView {
    let bot: BotDescription

    /// Writes it to standard output.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        let handler = bot.handler
        terminal.output("\n" + style.bold("handler") + "  \(handler.handler)")
        let width = handler.services.map(\.name.count).max() ?? 0
        for service in handler.services {
            let padding = String(repeating: " ", count: width - service.name.count)
            terminal.output("  \(service.name)\(padding)  \(style.dim(service.job))")
        }
        let upstream = handler.upstream
        terminal.output("\n" + style.bold("upstream") + "  \(upstream.operation)")
        terminal.output("  \(upstream.method) \(upstream.url)")
        show(upstream.exampleRequest, terminal)
        terminal.output("\n" + style.bold("settings for Poe"))
        show(bot.settings, terminal)
    }

    private func show(_ value: JSONValue, _ terminal: Terminal) {
        for line in value.text(.indented).split(separator: "\n") { terminal.output("  \(line)") }
    }

    /// It for scripts.
    var json: JSONValue { bot.json }
}
