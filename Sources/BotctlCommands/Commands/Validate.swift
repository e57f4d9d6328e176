import ArgumentParser
import BotConfiguration
import ConfigurationRules
import DiagnosticRendering
import Diagnostics

/// Checks the configuration.
struct Validate: BotctlCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration and show everything that is wrong with it.",
        usage: "botctl validate [<options>]",
        discussion: """
            Reads templates/ and bots.d/, merges them for every environment (or the one that -e names) and shows all \
            problems in one run, each at the place where it was written. Changes nothing (but with --fix) and needs no \
            network. 'botctl explain CODE' says more of a problem.

            With --fix what can be repaired for certain is repaired first: misspelt keys and words with one clear \
            meaning, yes and no for true and false, deprecated keys, dead overrides, unused suppression comments. \
            Comments and layout stay. With --dry-run the change is only shown, as a diff.

            'rules' in botctl.yaml says how grave a rule is: off, warning or error. A comment '# botctl:ignore CODE' \
            silences one in its line, or in the next where it stands alone; '# botctl:ignore-file CODE' in its file.

            Formats: human; json for scripts; github (annotations of a GitHub Actions job); sarif (code scanning, \
            editors); junit (test reports). One of them may go to standard output, any to a file.

            Exit status: 0 valid, 3 invalid; with --fix after the repairs, and 1 when a file could not be written; \
            with --dry-run as the files are.

            EXAMPLES
              botctl validate                      check everything
              botctl validate -e staging           check one environment
              botctl validate --fix --dry-run      show what can be repaired
              botctl validate --strict             for CI: warnings are errors
              botctl validate --set parameters.temperature=0.3
              botctl validate -o json              for scripts
              botctl validate -o github -o sarif=botctl.sarif -o junit=botctl.xml
            """)

    @OptionGroup var project: ProjectPlaceOptions

    @Option(
        name: [.customShort("e"), .long],
        help: ArgumentHelp("The only environment to check. Default: all of them.", valueName: "name"),
        completion: .environments)
    var environment: String?

    @OptionGroup var rules: RuleOptions
    @OptionGroup var output: DiagnosticOutputOptions

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Lay a value over every bot, such as parameters.temperature=0.2.", valueName: "path=value"))
    var assignments: [String] = []

    @OptionGroup var fixes: FixOptions

    var outputFormat: OutputFormat? { nil }

    func validate() throws {
        if fixes.fix, !assignments.isEmpty {
            throw ValidationError("--fix repairs files, and --set is in none: leave out one of them")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let outputs = try output.outputs(in: context)
        let location = try project.location(in: context)
        let assignments = try assignments.map { try ValueAssignment(parsing: $0) }
        let environment = environment ?? context.setting("ENVIRONMENT")
        let repaired = try fixes.outcome(at: location, in: context) { files in
            let sources = ProjectSources.read(location, files: files)
            let projects: [Project]
            do {
                projects = try sources.projects(in: environment, catalog: context.catalog, assignments: assignments)
            } catch  where sources.hasBrokenSettings {
                // The environment may be one that could not be read.
                projects = []
            }
            return CheckedProject(
                sources: sources, projects: projects,
                diagnostics: rules.check(in: context).diagnostics(of: sources, in: projects))
        }
        let outcome: FixOptions.Outcome
        if let repaired {
            outcome = repaired
        } else {
            outcome = FixOptions.Outcome(checked: try await checked(location, environment, in: context, assignments))
        }
        let checked = outcome.checked
        var report = DiagnosticReport(
            checked.diagnostics, sources: checked.sources, projects: checked.projects, at: location, in: context)
        if let repairs = outcome.repairs { report.add(repairs) }
        let written = report.write(to: outputs, in: context)
        guard written == .ok, !outcome.hasUnwrittenFiles else { return .failure }
        return report.isValid ? .ok : .invalidConfiguration
    }

    func writeResult(of failure: CommandFailure, in context: CommandContext) {
        guard let outputs = try? output.outputs(in: context) else { return }
        RunFailure(failure).write(to: outputs, in: context)
    }

    /// The project as it stands, read and judged on all cores.
    private func checked(
        _ location: ProjectLocation, _ environment: String?, in context: CommandContext,
        _ assignments: [ValueAssignment]
    ) async throws -> CheckedProject {
        async let catalogInParallel = context.catalog
        let sources = await ProjectSources.load(location, files: context.files)
        let catalog = await catalogInParallel
        let projects: [Project]
        do {
            projects = try await sources.makeProjects(in: environment, catalog: catalog, assignments: assignments)
        } catch {
            // The environment may be one that could not be read.
            guard sources.hasBrokenSettings else { throw error }
            projects = []
        }
        let diagnostics = await rules.check(in: context).concurrentDiagnostics(of: sources, in: projects)
        return CheckedProject(sources: sources, projects: projects, diagnostics: diagnostics)
    }
}
