import BotConfiguration
import Diagnostics

/// A comment that silences rules: `# botctl:ignore BOT055, BOT062 -- why`, or `# botctl:ignore-file BOT062`.
struct Suppression {
    /// What the comment silences: the whole file, or one line of it; a comment at the end of a line that line, a
    /// comment on a line of its own the next one that holds something else than a comment.
    enum Scope: Hashable {
        case file
        case line(Int)
    }

    let scope: Scope
    /// Each once.
    let codes: [DiagnosticCode]
    let origin: Origin

    /// The word that such comments start with.
    static let directive = "botctl:ignore"

    /// The comments of a file that silence something, and what is wrong with those that mean to.
    static func read(_ file: ProjectSources.CommentedFile) -> (suppressions: [Suppression], problems: [Finding]) {
        let lines = SilencedLines(of: file.text.bytes)
        var suppressions: [Suppression] = []
        var problems: [Finding] = []
        for range in file.comments {
            let comment = String(decoding: file.text.bytes[range], as: UTF8.self)
            let words = comment.drop { $0 == "#" || $0.isWhitespace }
                .split(whereSeparator: { $0.isWhitespace || $0 == "," })
            let origin = Origin(layer: .bot, text: file.text, range: range)
            guard let first = words.first, first.hasPrefix(directive) else {
                if let meant = MisspeltSuppression(comment) { problems.append(meant.finding(at: origin)) }
                continue
            }
            let names = words.dropFirst().prefix { $0 != "--" }.map(String.init)
            if let problem = problem(String(first), names) {
                problems.append(Finding(.invalidSuppression, problem.message, at: origin, help: [problem.help]))
                continue
            }
            var codes: [DiagnosticCode] = []
            for code in names.compactMap(DiagnosticCode.init(rawValue:)) where !codes.contains(code) {
                codes.append(code)
            }
            let isWholeFile = first != directive
            suppressions.append(
                Suppression(
                    scope: isWholeFile ? .file : .line(lines.number(forCommentAt: range.lowerBound)),
                    codes: codes, origin: origin))
        }
        return (suppressions, problems)
    }

    private static func problem(_ word: String, _ names: [String]) -> (message: String, help: String)? {
        guard word == directive || word == directive + "-file" else {
            return ("there is no '\(word)'", "write '\(directive)' for a line, or '\(directive)-file'")
        }
        guard !names.isEmpty else {
            return ("the comment names no rule to silence", "write the code, such as '\(word) BOT062'")
        }
        guard let wrong = names.first(where: { DiagnosticCode(rawValue: $0)?.isRule != true }) else { return nil }
        if DiagnosticCode(rawValue: wrong) != nil {
            return ("'\(wrong)' is no rule: it cannot be silenced", "put right what it is about")
        }
        let meant = RuleCode.meant(by: wrong).map { "did you mean '\($0.rawValue)'?" }
        let isCode = wrong.hasPrefix("BOT") && wrong.dropFirst(3).allSatisfy(\.isNumber)
        let help = isCode ? "'botctl explain' lists the codes that are rules" : "write reasons after '--'"
        return ("there is no rule '\(wrong)'", meant ?? help)
    }
}

/// The line that a comment silences, for every line of a file.
private struct SilencedLines {
    /// Where the lines start.
    private let starts: [Int]
    /// The number of the line that a comment silences, counted from 1, by the line that the comment stands in.
    private let numbers: [Int]

    init(of bytes: [UInt8]) {
        let starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
        var numbers = Array(1...starts.count)
        var end = bytes.count
        var next: Int?
        for line in starts.indices.reversed() {
            let first = bytes[starts[line]..<end].first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
            end = starts[line]
            if first == UInt8(ascii: "#") {
                numbers[line] = next ?? line + 1
            } else if first != nil {
                next = line + 1
            }
        }
        self.starts = starts
        self.numbers = numbers
    }

    /// The number of the line that a comment silences: its own where something stands before it.
    func number(forCommentAt offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return numbers[low]
    }
}
