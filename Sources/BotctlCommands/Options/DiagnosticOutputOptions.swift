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

    /// The outputs that are asked for, by flag or by `BOTCTL_OUTPUT`.
    ///
    /// - Throws: ``CommandFailure`` for a format that does not exist.
    func outputs(in context: CommandContext) throws -> [DiagnosticOutput] {
        outputs.isEmpty
            ? [try DiagnosticOutput.setting(in: context) ?? DiagnosticOutput(.human)] : outputs
    }
}

extension DiagnosticReport {
    /// Shows the report in every way that is asked for: standard output first, so that a file that cannot be written
    /// hides nothing.
    ///
    /// - Returns: How writing went.
    func write(to outputs: [DiagnosticOutput], in context: CommandContext) -> CommandStatus {
        let terminal = context.terminal
        let shown = outputs.first { $0.file == nil }?.format
        if let shown {
            let text = shown.text(of: self, layout: terminal.outputLayout)
            if !text.isEmpty { terminal.writeOutput(text) }
        }
        switch shown {
        case .human, .github, nil:
            let style = terminal.errorStyle
            let start = "\(isValid ? style.green(verdict) : style.red(verdict)): "
            terminal.note(summary, after: start, columns: verdict.count + 2, indent: 4)
        case .json, .sarif, .junit: break
        }
        return outputs.writeFiles(in: context) { $0.text(of: self, layout: .file) }
    }
}

extension RunFailure {
    /// Shows in every way that is asked for that there is no report, so that no file of an earlier run stays; people
    /// have read why on standard error.
    func write(to outputs: [DiagnosticOutput], in context: CommandContext) {
        if let shown = outputs.first(where: { $0.file == nil })?.format, shown != .human {
            context.terminal.writeOutput(shown.text(of: self))
        }
        _ = outputs.writeFiles(in: context) { $0.text(of: self) }
    }
}

extension [DiagnosticOutput] {
    /// Writes every file that can be written, and shows why another cannot.
    fileprivate func writeFiles(in context: CommandContext, text: (DiagnosticFormat) -> String) -> CommandStatus {
        var status = CommandStatus.ok
        for output in self {
            guard let file = output.file else { continue }
            do {
                let path = context.absolutePath(file)
                if let kind = context.files.kind(of: path), kind != .file {
                    throw CommandFailure(
                        .failure, "cannot write \(file): it is no file", hint: "name a file, as in -o sarif=out.sarif")
                }
                try context.writer.write([UInt8](text(output.format).utf8), to: path)
            } catch {
                let failure = Failures.failure(for: error)
                context.terminal.show(failure)
                status = failure.status
            }
        }
        return status
    }
}
