import DiagnosticReference
import DiagnosticRendering
import Diagnostics
import JSONCoding

/// The page of a code.
struct DiagnosticPageView: ResultView {
    let page: DiagnosticPage

    /// The widest line that is still read with ease.
    private static let widestText = 90

    /// Writes the page to standard output.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        let severity = page.code.severityText
        let isError = page.code.defaultSeverity == .error
        terminal.output(
            "\(style.bold(page.code.rawValue)) \(page.name) "
                + "(\(isError ? style.red(severity) : style.yellow(severity)))")
        for line in lines(of: page.title, terminal) { terminal.output(style.bold(line)) }
        showParagraph(page.meaning, terminal)
        showParagraph(page.reason, terminal)
        showExample("Wrong", page.wrong, terminal)
        showExample("Right", page.right, terminal)
        terminal.output("")
        terminal.output(style.bold("What to do"))
        showText(page.remedy, terminal)
        showParagraph(page.code.changeText, terminal)
    }

    private func showParagraph(_ text: String, _ terminal: Terminal) {
        terminal.output("")
        showText(text, terminal)
    }

    private func showText(_ text: String, _ terminal: Terminal) {
        var isCode = false
        for line in lines(of: text, terminal) { terminal.output(painted(line, terminal.outputStyle, &isCode)) }
    }

    private func lines(of text: String, _ terminal: Terminal) -> [String] {
        WrappedText(text, width: min(terminal.width, Self.widestText)).lines
    }

    /// A line whose parts in backquotes are coloured, where there are colours; such a part may go on in the next line.
    private func painted(_ line: String, _ style: TextStyle, _ isCode: inout Bool) -> String {
        guard style.isColored else { return line }
        var result = ""
        for (index, part) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { isCode.toggle() }
            result += isCode ? style.cyan(String(part)) : String(part)
        }
        return result
    }

    private func showExample(_ title: String, _ example: ExampleProject, _ terminal: Terminal) {
        terminal.output("")
        terminal.output(terminal.outputStyle.bold(title))
        for file in example.files {
            terminal.output("  " + terminal.outputStyle.cyan(file.path))
            for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
                terminal.output("    " + String(line).printable)
            }
        }
    }

    /// The page for scripts.
    var json: JSONObject {
        var object = page.summaryJSON
        object.append("meaning", .string(page.meaning))
        object.append("reason", .string(page.reason))
        object.append("wrong", page.wrong.json)
        object.append("right", page.right.json)
        object.append("remedy", .string(page.remedy))
        return object
    }
}

/// All codes.
struct DiagnosticListView: ResultView {
    let pages: [DiagnosticPage]

    /// Writes a table to standard output.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        var table = TextTable(["CODE", "NAME", "SEVERITY", "MEANING"])
        for page in pages {
            let isError = page.code.defaultSeverity == .error
            table.append([
                TextTable.Cell(page.code.rawValue), TextTable.Cell(page.name),
                TextTable.Cell(page.code.severityText, paint: isError ? style.red : style.yellow),
                TextTable.Cell(page.title),
            ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
    }

    /// The codes for scripts.
    var json: JSONObject { ["codes": .array(pages.map { .object($0.summaryJSON) })] }
}

extension DiagnosticPage {
    fileprivate var summaryJSON: JSONObject {
        [
            "code": .string(code.rawValue), "name": .string(name), "title": .string(title),
            "severity": .string(code.defaultSeverity.rawValue), "rule": .bool(code.isRule),
        ]
    }
}

extension ExampleProject {
    fileprivate var json: JSONValue {
        .array(files.map { ["path": .string($0.path), "text": .string($0.text)] })
    }
}

extension DiagnosticCode {
    /// What a project can do about the code's severity.
    fileprivate var changeText: String {
        isRule
            ? "It is a rule: `rules: {\(rawValue): off}` in `botctl.yaml` turns it off, and the comment "
                + "`# botctl:ignore \(rawValue)` silences it in one place."
            : "It is not a rule: nothing turns it off."
    }
}
