import BotConfiguration
import JSONCoding
import Secrets

/// What has to be entered on Poe once for a bot, as no server bot can be made there but by hand.
struct PoeEntryView {
    private let serverURL: String
    /// Where the access key is found, in the order in which it is looked for.
    private let keys: [String]

    /// The entry of a bot of an environment.
    init(of bot: ProjectBot, in environment: EnvironmentSettings) {
        serverURL = "\(environment.gatewayURL)/bots/\(bot.name)"
        keys = bot.config.poe.accessKey.map { $0.filledText(forBot: bot.name, environment: environment.name) }
    }

    /// Writes it to standard error.
    func show(_ terminal: Terminal) {
        terminal.note("on Poe, once: a server bot with")
        terminal.note("  server URL  \(serverURL)")
        guard !keys.isEmpty else { return }
        terminal.note(
            "what \(keys.joined(separator: ", or else ")) holds", after: "  access key  ", columns: 14, indent: 14)
    }

    /// It for scripts: references, never a key.
    var json: JSONValue { ["server_url": .string(serverURL), "access_key": .array(keys.map { .string($0) })] }
}
