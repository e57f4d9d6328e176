import ArgumentParser
import DiagnosticRendering
import JSONCoding

/// A command: parses its arguments, calls the library, renders the result.
///
/// Its configuration names it. Without that, the parser asks the runtime for the name of the type, of all commands at
/// every start, which takes milliseconds.
protocol BotctlCommand: AsyncParsableCommand {
    /// How the result is shown; nil where no flag says.
    var outputFormat: OutputFormat? { get }

    /// Does the work.
    ///
    /// - Returns: How it ended.
    /// - Throws: Anything; ``Failures`` makes a status and a message of it.
    func run(in context: CommandContext) async throws -> CommandStatus

    /// Writes what stopped the command to where programs wait for its result; people have read it on standard error.
    func writeResult(of failure: CommandFailure, in context: CommandContext)
}

extension BotctlCommand {
    package func run() async throws {
        let status = await execute(in: .process())
        guard status == .ok else { throw ExitCode(status.rawValue) }
    }

    /// Runs the command, and shows what stopped it.
    func execute(in context: CommandContext) async -> CommandStatus {
        do {
            return try await run(in: context)
        } catch {
            let failure = Failures.failure(for: error)
            context.terminal.show(failure)
            writeResult(of: failure, in: context)
            return failure.status
        }
    }

    func writeResult(of failure: CommandFailure, in context: CommandContext) {
        let format = outputFormat ?? context.setting("OUTPUT").flatMap(OutputFormat.init) ?? .human
        if format == .json { context.terminal.outputFailure(failure) }
    }
}

extension Terminal {
    /// Writes what stopped a command to standard error.
    func show(_ failure: CommandFailure) {
        note(failure.message, after: "\(errorStyle.red("error:")) ", columns: 7, indent: 7)
        if let hint = failure.hint { note(hint, after: "  \(errorStyle.cyan("help:")) ", columns: 8, indent: 8) }
    }

    /// Writes what stopped a command as one JSON document.
    func outputFailure(_ failure: CommandFailure) { writeOutput(DiagnosticFormat.json.text(of: RunFailure(failure))) }

    /// Writes a result as one JSON document with its format's version.
    func outputJSON(_ members: JSONObject) {
        var document: JSONObject = ["format_version": 1]
        for member in members { document[member.name] = member.value }
        output(JSONValue.object(document).text(.indented))
    }
}

extension RunFailure {
    /// What stopped a command, for programs.
    init(_ failure: CommandFailure) {
        self.init(
            message: failure.message, hint: failure.hint, status: Int(failure.status.rawValue),
            toolVersion: Version.current)
    }
}
