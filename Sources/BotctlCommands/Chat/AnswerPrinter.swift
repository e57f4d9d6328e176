import Conversation
import DiagnosticRendering
import PoeProtocol

/// Shows one answer to a person, piece by piece: the answer on standard output, all else on standard error.
struct AnswerPrinter {
    private let terminal: Terminal
    private let waiting: WaitingLine
    /// The bot's name.
    private let name: String
    /// Whether files are kept elsewhere, so that their links are not worth a line.
    private let savesFiles: Bool
    private var reader = AnswerReader()
    private var lines: WrappingText
    private var replies: [String] = []
    private var hasOutput = false
    private var hasToldStatus = false

    init(_ terminal: Terminal, waiting: WaitingLine, name: String, savesFiles: Bool) {
        self.terminal = terminal
        self.waiting = waiting
        self.name = name
        self.savesFiles = savesFiles
        // The last column stays free: some terminals break the line there.
        lines = WrappingText(width: terminal.outputIsTerminal ? terminal.width - 1 : nil)
    }

    /// Shows what an event brings.
    mutating func show(_ event: PoeEvent) {
        for part in reader.parts(of: event) { show(part) }
    }

    /// Ends the answer's last line, and says what else there is to say of it.
    ///
    /// - Parameters:
    ///   - end: How it ended.
    ///   - upstream: What stood behind the answer; nil where it is not known.
    mutating func finish(_ end: AnswerEnd, upstream: String?) {
        for part in reader.finish() { show(part) }
        endLine()
        waiting.clear()
        let style = terminal.errorStyle
        for reply in replies { terminal.note(style.dim("  › \(reply.printable)")) }
        switch end.outcome {
        case .answered:
            if !hasOutput { terminal.note(style.dim("the answer of \(name) is empty")) }
        case .interrupted: terminal.note(style.dim("— stopped"))
        case .failed, .notAnswered:
            if let failure = AnswerFailure(end, of: name) { terminal.show(failure.commandFailure) }
        }
        guard terminal.errorIsTerminal, end.isAnswered else { return }
        let first = end.firstPiece.map { ", the first of it after \(DurationView.text($0))" } ?? ""
        let source = upstream.map { "\($0): " } ?? ""
        terminal.note(style.dim("— \(source)\(DurationView.text(end.total))\(first)"))
    }

    private mutating func show(_ part: AnswerPart) {
        switch part {
        case .status(let text): show(status: text)
        case .text(let text): write(text) { $0 }
        case .thought(let text): write(text, paint: terminal.outputStyle.dim)
        case .withdrawn:
            endLine()
            terminal.note(terminal.errorStyle.dim("— the text above is withdrawn; the answer starts again"))
        case .file(let file):
            hasOutput = true
            guard !savesFiles else { return }
            endLine()
            waiting.clear()
            terminal.output("\(file.name.printable) (\(file.contentType.printable)) \(file.url.printable)")
        case .suggestedReply(let reply): replies.append(reply)
        }
    }

    private mutating func show(status text: String) {
        let line = String(text.printableLines.split(whereSeparator: \.isNewline).last ?? "")
        let plain = line.hasPrefix("_") && line.hasSuffix("_") ? String(line.dropFirst().dropLast()) : line
        waiting.show(plain)
        // Where nothing can be drawn over, once is enough.
        if !terminal.canDraw, !hasToldStatus { terminal.note(terminal.errorStyle.dim("\(name): \(plain)")) }
        hasToldStatus = true
    }

    private mutating func write(_ text: String, paint: (String) -> String) {
        guard !text.isEmpty else { return }
        // Blank lines at the beginning of an answer say nothing.
        let text = hasOutput ? text[...] : text.drop(while: \.isNewline)
        guard !text.isEmpty else { return }
        waiting.clear()
        hasOutput = true
        for (index, line) in String(text).printableLines.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            // Colours end with their line, as programs that read it expect.
            if index > 0 { terminal.writeOutput(paint(lines.flush()) + lines.add("\n")) }
            let ready = lines.add(String(line))
            if !ready.isEmpty { terminal.writeOutput(paint(ready)) }
        }
        if !terminal.outputStyle.isColored { return }
        // A word in two colours is two words.
        if paint("x") != "x" { terminal.writeOutput(paint(lines.flush())) }
    }

    private mutating func endLine() {
        let rest = lines.flush()
        if !rest.isEmpty { terminal.writeOutput(rest) }
        guard !lines.isAtLineStart else { return }
        terminal.writeOutput(lines.add("\n"))
    }
}
