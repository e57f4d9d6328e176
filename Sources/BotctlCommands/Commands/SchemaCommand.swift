import ArgumentParser
import JSONCoding
import Scaffolding

/// Prints the schema of a kind of file.
struct SchemaCommand: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of the configuration files, for editors.",
        usage: "botctl schema [<file>]",
        discussion: """
            An editor that knows the schema completes keys, shows what they mean and flags mistakes while you type. \
            The YAML language server takes it from a comment in the first lines of a file:

              # yaml-language-server: $schema=../schemas/bot.schema.json

            'botctl init', 'new' and 'onboard' write the comment, and the schemas into schemas/, which belongs into \
            the repository so that every clone has them. What only holds once the layers are merged is left to \
            'botctl validate'.

            EXAMPLES
              botctl schema                        of a file in bots.d
              botctl schema template > template.json
            """)

    @Argument(help: "The kind of file: bot, template, project (botctl.yaml) or facts (catalog.d). Default: bot.")
    var file: EditorSchema = .bot

    var outputFormat: OutputFormat? { nil }

    func run(in context: CommandContext) async throws -> CommandStatus {
        context.terminal.output(file.document.text(.indented))
        return .ok
    }
}

extension EditorSchema: ExpressibleByArgument {}
