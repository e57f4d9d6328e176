import ArgumentParser
import BotConfiguration
import Diagnostics
import JSONCoding

/// Checks the configuration.
struct Validate: BotctlCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration and show everything that is wrong with it.",
        usage: "botctl validate [<options>]",
        discussion: """
            Reads templates/ and bots.d/, merges them for every environment (or the one that -e names) and shows all \
            problems in one run, each at the place where it was written. Changes nothing and needs no network.

            Exit status: 0 valid, 3 invalid.

            EXAMPLES
              botctl validate                      check everything
              botctl validate -e staging           check one environment
              botctl validate --set parameters.temperature=0.3
              botctl validate -o json              for scripts
            """)

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Lay a value over every bot, such as parameters.temperature=0.2.", valueName: "path=value"))
    var assignments: [String] = []

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let sources = ProjectSources.read(try project.location(in: context), files: context.files)
        let assignments = try assignments.map { try ValueAssignment(parsing: $0) }
        // Of a broken botctl.yaml nobody can say which environments there are.
        let projects =
            sources.hasBrokenSettings
            ? []
            : try sources.projects(
                in: project.environmentName(in: context), catalog: context.catalog, assignments: assignments)
        let diagnostics = Diagnostic.merged(projects.map(\.diagnostics) + [sources.fileDiagnostics])
        let names = Set(projects.flatMap { $0.bots.map(\.name) })
        let view = DiagnosticsView(diagnostics: diagnostics, fileCount: projects.first?.fileCount ?? 0)
        let isValid = !diagnostics.containsErrors
        let terminal = context.terminal
        switch try output.format(in: context) {
        case .json:
            terminal.outputJSON([
                "valid": .bool(isValid), "files": .integer(view.fileCount), "bots": .integer(names.count),
                "environments": .array(projects.map { .string($0.environment.name) }), "diagnostics": view.json,
            ])
        case .human:
            view.show(terminal)
            let environments = projects.map(\.environment.name).joined(separator: ", ")
            let style = terminal.errorStyle
            if isValid {
                terminal.note(
                    "\(style.green("ok")): \(Count.text(names.count, "bot")) in \(Count.text(view.fileCount, "file")), "
                        + "environment \(environments)")
            } else {
                terminal.note("\(style.red("invalid")): \(view.summary)")
            }
        }
        return isValid ? .ok : .invalidConfiguration
    }
}
