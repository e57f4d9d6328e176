import ArgumentParser
import BotConfiguration
import ConfigurationRules
import DiagnosticRendering
import Diagnostics

/// Checks the configuration.
struct Validate: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the configuration and show everything that is wrong with it.",
        usage: "botctl validate [<names> ...] [<options>]",
        discussion: """
            Reads templates/ and bots.d/, merges them for every environment (or the one that -e names) and shows all \
            problems in one run, each at the place where it was written. Changes nothing (but with --fix) and needs no \
            network. 'botctl explain CODE' says more of a problem.

            Where bots or files are named, everything is still checked, as rules need the whole picture; what concerns \
            those is shown, and makes the exit status.

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
              botctl validate nova-micro           show what is wrong with one bot, or
              botctl validate bots.d/nova-*.yaml   with some files
              botctl validate -e staging           check one environment
              botctl validate --fix --dry-run      show what can be repaired
              botctl validate --strict             for CI: warnings are errors
              botctl validate --set parameters.temperature=0.3
              botctl validate -o json              for scripts
              botctl validate -o github -o sarif=botctl.sarif -o junit=botctl.xml
            """)

    @Argument(help: "The bots or files to show; all where none is named.", completion: .botNamesAndFiles)
    var names: [String] = []

    @OptionGroup var project: ProjectPlaceOptions

    @Option(
        name: [.customShort("e"), .long],
        help: ArgumentHelp("The only environment to check. Default: all of them.", valueName: "name"),
        completion: .environments)
    var environment: String?

    @OptionGroup var rules: RuleOptions
    @OptionGroup var output: DiagnosticOutputOptions

    @OptionGroup var assigned: AssignmentOptions

    @OptionGroup var fixes: FixOptions

    var outputFormat: OutputFormat? { nil }

    func validate() throws {
        if fixes.fix, !assigned.texts.isEmpty {
            throw ValidationError("--fix repairs files, and --set is in none: leave out one of them")
        }
        if fixes.fix, !names.isEmpty {
            throw ValidationError("--fix repairs the whole project: leave out '\(names[0])', or --fix")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let outputs = try output.outputs(in: context)
        let location = try project.location(in: context)
        let assignments = try assigned.assignments()
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
        KeptUntilExit.keep(checked)
        let files =
            names.isEmpty
            ? nil : try ValidatedFiles(names, in: checked.sources, checked.projects, context: context)
        var report = DiagnosticReport(
            checked.diagnostics, sources: checked.sources, projects: checked.projects, at: location, files: files,
            in: context)
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
