import ArgumentParser
import BotConfiguration

/// The group of commands about the tool's own settings.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the settings that botctl and its gateway work with.",
        subcommands: [ConfigShow.self])
}

/// Shows the settings that commands work with, and where each comes from.
struct ConfigShow: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the effective settings, and with --origin where each comes from.",
        usage: "botctl config show [<options>]",
        discussion: """
            Flags go before BOTCTL_ variables, these before botctl.yaml, and that before the defaults. Bots have a \
            view of their own: 'botctl show NAME --origin'.

            EXAMPLES
              botctl config show
              botctl config show --origin -e production
              BOTCTL_LISTEN=0.0.0.0:80 botctl config show --origin
            """)

    @Flag(help: "Show where each value comes from.")
    var origin = false

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let settings = try EffectiveSettings(options: project, output: output, in: context)
        let view = SettingsView(settings: settings, showsOrigins: origin)
        context.terminal.output(view, as: try output.format(in: context))
        return .ok
    }
}
