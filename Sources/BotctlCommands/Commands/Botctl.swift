package import ArgumentParser

/// The root of the command line.
package struct Botctl: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "botctl",
        abstract: "Deploy bots from configuration: validate, diff, deploy, serve, smoke-test.",
        discussion: """
            A bot is one YAML file of one to eight lines in bots.d/, laid over a template in templates/. botctl makes \
            a validated config of it, shows what a deploy would change, smoke-tests it before and after, and serves it.

            START HERE
              botctl init                 a project from nothing
              botctl onboard MODEL        a new model, from its id to a bot that answers
              botctl up                   everything on this machine, over a simulator
              botctl chat NAME            talk to a bot
              botctl validate             check the configuration
              botctl diff                 what would a deploy change?
              botctl deploy               change it, safely

            COMPLETIONS
              botctl --generate-completion-script bash|zsh|fish

            EXIT STATUS
              0    ok
              1    tool or network error
              2    there are changes (diff --detailed-exitcode)
              3    invalid configuration
              4    smoke failed or inconclusive
              5    not converged, or rolled back
              6    conflict with another deploy
              7    approval needed, or refused by a guard
              64   usage
            """,
        version: Version.current,
        subcommands: [
            Init.self, New.self, Onboard.self, Validate.self, List.self, Show.self, Explain.self, Diff.self,
            Deploy.self, HistoryCommand.self, Sync.self, KeyCommand.self, Serve.self,
            Simulate.self, Smoke.self, Chat.self, Up.self, CatalogCommand.self, SchemaCommand.self, ConfigCommand.self,
            Generate.self,
        ])

    package init() {}

    /// Parses arguments and runs what they ask for in a given world.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's name.
    ///   - context: The world outside.
    /// - Returns: The exit status.
    package static func run(_ arguments: [String], in context: CommandContext) async -> Int32 {
        let status = await status(of: arguments, in: context)
        guard let reason = context.terminal.outputLoss() else { return status }
        // What nobody got is no result, whatever it says.
        let failure = CommandFailure(.failure, "cannot write to standard output: \(reason)")
        context.terminal.show(failure)
        return failure.status.rawValue
    }

    private static func status(of arguments: [String], in context: CommandContext) async -> Int32 {
        let leading = LeadingOptions(of: arguments, in: Self.self)
        let arguments = leading.arguments
        if let failure = leading.failure ?? UnknownCommand(in: arguments, of: Self.self)?.failure {
            context.terminal.show(failure)
            if asksForJSON(arguments, in: context) { context.terminal.outputFailure(failure) }
            return failure.status.rawValue
        }
        do {
            // Completions run while the parser reads its arguments.
            var command = try Completions.$context.withValue(context) { try parseAsRoot(arguments) }
            if let command = command as? any BotctlCommand { return await command.execute(in: context).rawValue }
            // The parser's own commands, such as help, throw what is to be shown.
            try command.run()
            return 0
        } catch {
            let text = fullMessage(for: error, columns: context.terminal.width)
            let status = exitCode(for: error)
            guard status != .success else {
                context.terminal.writeOutput(text.hasSuffix("\n") ? text : text + "\n")
                return status.rawValue
            }
            let usage = UsageFailure(
                parsing: text, message: message(for: error),
                status: CommandStatus(rawValue: status.rawValue) ?? .failure)
            context.terminal.show(usage)
            if asksForJSON(arguments, in: context) { context.terminal.outputFailure(usage.failure) }
            return status.rawValue
        }
    }

    /// Whether arguments that could not be parsed ask for JSON all the same, in a form that the parser would take.
    private static func asksForJSON(_ arguments: [String], in context: CommandContext) -> Bool {
        let pairs = zip(arguments, arguments.dropFirst())
        return pairs.contains { ["-o", "--output"].contains($0) && $1 == "json" }
            || arguments.contains { ["-o=json", "-ojson", "--output=json"].contains($0) }
            || context.setting("OUTPUT") == "json"
    }
}
