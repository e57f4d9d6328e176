import ArgumentParser
import DiagnosticRendering
import FileAccess

/// How diagnostics are shown, in as many ways as wanted.
struct DiagnosticOutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            """
            How the result is shown: human, json, github, sarif or junit; on standard output, or with =FILE in a file. \
            May be given several times. Default: human.
            """, valueName: "format[=file]"),
        completion: .list(DiagnosticFormat.allCases.map(\.rawValue)), transform: DiagnosticOutput.init)
    var outputs: [DiagnosticOutput] = []

    func validate() throws {
        let toStandardOutput = outputs.filter { $0.file == nil }.map(\.format.rawValue)
        guard toStandardOutput.count <= 1 else {
            throw ValidationError(
                "only one output can go to standard output, not \(toStandardOutput.joined(separator: " and ")); "
                    + "write the other to a file: -o \(toStandardOutput[1])=FILE")
        }
        let files = outputs.compactMap(\.file)
        guard Set(files).count == files.count else { throw ValidationError("two outputs name the same file") }
    }

    /// What a failure before any diagnostic is shown as; nil where nothing on the command line decides.
    var failureFormat: OutputFormat? {
        if outputs.isEmpty { return nil }
        return outputs.contains { $0.file == nil && $0.format == .json } ? .json : .human
    }

    /// The outputs that are asked for, by flag or by `BOTCTL_OUTPUT`.
    ///
    /// - Throws: ``CommandFailure`` for a format that does not exist.
    func outputs(in context: CommandContext) throws -> [DiagnosticOutput] {
        if !outputs.isEmpty { return outputs }
        do {
            return [try DiagnosticOutput(parsing: context.setting("OUTPUT") ?? DiagnosticFormat.human.rawValue)]
        } catch {
            throw CommandFailure(.usage, "BOTCTL_OUTPUT: \(error)")
        }
    }
}

extension DiagnosticReport {
    /// Shows the report in every way that is asked for: standard output first, so that a file that cannot be written
    /// hides nothing.
    ///
    /// - Throws: ``CommandFailure``, or `FileAccessError`, when a file cannot be written.
    func write(to outputs: [DiagnosticOutput], in context: CommandContext) throws {
        let terminal = context.terminal
        let shown = outputs.first { $0.file == nil }?.format
        if let shown {
            let text = shown.text(of: self, layout: terminal.outputLayout)
            if !text.isEmpty { terminal.writeOutput(text) }
        }
        switch shown {
        case .human, .github, nil:
            let style = terminal.errorStyle
            terminal.note("\(isValid ? style.green(verdict) : style.red(verdict)): \(summary)")
        case .json, .sarif, .junit: break
        }
        for output in outputs {
            guard let file = output.file else { continue }
            let path = context.absolutePath(file)
            if let kind = context.files.kind(of: path), kind != .file {
                throw CommandFailure(
                    .failure, "cannot write \(file): it is no file", hint: "name a file, as in -o sarif=out.sarif")
            }
            try context.writer.write(Array(output.format.text(of: self, layout: .file).utf8), to: path)
        }
    }
}
