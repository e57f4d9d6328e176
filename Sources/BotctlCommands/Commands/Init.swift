import ArgumentParser
import BotConfiguration
import FileAccess
import JSONCoding
import ModelCatalog
import Scaffolding

/// Makes a project.
struct Init: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a project: settings, a template and one bot.",
        usage: "botctl init [<dir>] [<options>]",
        discussion: """
            Writes botctl.yaml, templates/DEFAULT_CHAT_CONFIG.yaml (or that of the model's kind), one bot in bots.d/ and the JSON Schemas with which \
            editors check all of them, and adds .botctl/ to .gitignore. Overwrites nothing: where a project is \
            already, it stops.

            EXAMPLES
              botctl init                                     here
              botctl init bots --model anthropic.claude-sonnet-5-5
              botctl init -o json
            """)

    @Argument(help: "The directory, made where there is none. Default: here.", completion: .directory)
    var dir: String = "."

    @Option(
        help: ArgumentHelp("The model of the first bot.", valueName: "id"), completion: .modelIDs)
    var model = "amazon.nova-micro-v1:0"

    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let root = context.absolutePath(dir)
        let scaffold = try knownModel(in: context)
        try checkIsFree(root, scaffold, in: context)
        let location = ProjectLocation(root: root)
        try ScaffoldWriter(location: location, files: context.files, writer: context.writer).create(scaffold.files)
        let ignoreFile = try ignoreState(under: root, in: context)
        let paths = scaffold.files.map(\.path) + (ignoreFile.map { [$0] } ?? [])
        switch format {
        case .json:
            context.terminal.outputJSON([
                "root": .string(root), "bot": .string(scaffold.bot), "files": .array(paths.map { .string($0) }),
            ])
        case .human:
            for path in paths { context.terminal.output(path) }
            showNext(scaffold.bot, in: context)
        }
        return .ok
    }

    private func knownModel(in context: CommandContext) throws -> ProjectScaffold {
        guard ModelCatalog.isARN(model) || context.catalog.facts(for: model) != nil else {
            let isHere = isHere(in: context)
            throw CommandFailure.unknownModel(
                model, in: context.catalog, flags: PlaceFlags(project: isHere ? [] : ["-C", dir]),
                after: isHere ? "botctl init" : PlaceFlags().command("init", dir))
        }
        return try ProjectScaffold(modelID: model, catalog: context.catalog)
    }

    private func checkIsFree(_ root: String, _ scaffold: ProjectScaffold, in context: CommandContext) throws {
        if let kind = context.files.kind(of: root), kind != .directory {
            throw CommandFailure(.failure, "\(dir) is no directory")
        }
        let taken = ["botctl.yaml", "bots.d"] + scaffold.files.map(\.path)
        guard let path = taken.first(where: { context.files.kind(of: "\(root)/\($0)") != nil }) else { return }
        throw CommandFailure(
            .refused, "\(path) is there already; nothing was written",
            hint: "in a project, 'botctl onboard MODEL' adds a bot; 'botctl init DIR' starts another project")
    }

    /// Lets git ignore the state that lives in the project.
    ///
    /// - Returns: The file, where it had to be changed.
    private func ignoreState(under root: String, in context: CommandContext) throws -> String? {
        let path = root + "/.gitignore"
        let exists = context.files.kind(of: path) != nil
        let text = exists ? String(decoding: try context.files.read(path, limitInBytes: 1 << 20), as: UTF8.self) : nil
        guard let wanted = ProjectScaffold.ignoring(in: text) else { return nil }
        try context.writer.write(Array(wanted.utf8), to: path)
        return ".gitignore"
    }

    private func showNext(_ bot: String, in context: CommandContext) {
        let terminal = context.terminal
        terminal.note("\(terminal.errorStyle.green("ready:")) a project with the bot \(bot)")
        let change = isHere(in: context) ? [] : [NextStepsView.Step("cd \(ShellText.quoted(dir))")]
        NextStepsView(
            steps: change + [
                .init("botctl up", "everything on this machine: simulator, gateway, deploy, smoke"),
                .init("botctl onboard MODEL", "another model"),
            ]
        ).show(terminal)
    }

    private func isHere(in context: CommandContext) -> Bool {
        context.absolutePath(dir) == context.workingDirectory
    }
}
