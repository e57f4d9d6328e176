import ArgumentParser
import JSONCoding

/// A command: parses its arguments, calls the library, renders the result.
protocol BotctlCommand: AsyncParsableCommand {
    /// How the result is shown.
    var outputFormat: OutputFormat? { get }

    /// Does the work.
    ///
    /// - Returns: How it ended.
    /// - Throws: Anything; ``Failures`` makes a status and a message of it.
    func run(in context: CommandContext) async throws -> CommandStatus
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
            let format = outputFormat ?? context.setting("OUTPUT").flatMap(OutputFormat.init) ?? .human
            context.terminal.show(failure)
            if format == .json {
                context.terminal.outputError(failure.message, hint: failure.hint, status: failure.status)
            }
            return failure.status
        }
    }
}

extension Terminal {
    /// Writes what stopped a command to standard error.
    func show(_ failure: CommandFailure) {
        note("\(errorStyle.red("error:")) \(failure.message)")
        if let hint = failure.hint { note("  \(errorStyle.cyan("help:")) \(hint)") }
    }

    /// Writes what stopped a command as one JSON document.
    func outputError(_ message: String, hint: String?, status: CommandStatus) {
        var error: JSONObject = ["message": .string(message), "status": .integer(status.rawValue)]
        error["hint"] = hint.map { .string($0) }
        outputJSON(["error": .object(error)])
    }

    /// Writes a result as one JSON document with its format's version.
    func outputJSON(_ members: JSONObject) {
        var document: JSONObject = ["format_version": 1]
        for member in members { document[member.name] = member.value }
        output(JSONValue.object(document).text(.indented))
    }
}
