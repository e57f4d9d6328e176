import ArgumentParser
import BotConfiguration
import Gateway

/// Shows one bot.
struct Show: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a bot is made of.",
        usage: "botctl show <name> [<options>]",
        discussion: """
            Without options: every effective value after the merge. With --origin also the file and line that each \
            value comes from, and what it hides. With --handler what the bot factory makes of it: handler, services, \
            upstream call with an example request, and the settings that Poe is told.

            EXAMPLES
              botctl show nova-micro
              botctl show claude-sonnet --origin
              botctl show claude-sonnet --handler -o json
              botctl show nova-micro --set parameters.temperature=0.2
            """)

    @Argument(help: "The bot's name.", completion: .botNames)
    var name: String

    @Flag(help: "Show where each value was written, and what it hides.")
    var origin = false

    @Flag(help: "Show what the bot factory makes of the bot.")
    var handler = false

    @OptionGroup var assigned: AssignmentOptions

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let assignments = try assigned.assignments()
        let project = try await project.loadValid(in: context, format: format, assignments: assignments)
        let bot = try project.requireBot(name)
        let description = handler ? try await BotDescription(of: bot.config, variables: context.variables) : nil
        let view = BotView(bot: bot, showsOrigins: origin, handler: description.map(HandlerView.init))
        context.terminal.output(view, as: format)
        return .ok
    }
}
