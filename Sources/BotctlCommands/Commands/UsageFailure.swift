import Suggestions

/// What the parser says of a command line that it cannot read, in the form of every other failure.
struct UsageFailure {
    /// What is wrong, and what to do.
    let failure: CommandFailure
    /// How the command is called, a line for each way.
    let usage: [String]

    /// How many words may be meant before they are left to the command's help.
    private static let namedWords = 30

    /// Reads the parser's text.
    ///
    /// - Parameters:
    ///   - text: All of it: `Error: …`, `Help:  …`, `Usage: …` and `  See '… --help' for more information.`
    ///   - message: What stands in it behind `Error: `.
    ///   - status: How the command ends.
    init(parsing text: String, message: String, status: CommandStatus) {
        let lines = text.split(separator: "\n").map(String.init)
        let start = lines.firstIndex { $0.hasPrefix("Usage: ") } ?? lines.endIndex
        let end = lines[start...].firstIndex { $0.hasPrefix("  See '") } ?? lines.endIndex
        usage = lines[start..<end].map { String($0.dropFirst("Usage: ".count)) }
        let help = end < lines.endIndex ? Self.quoted(in: lines[end]).first : nil
        let abstract = lines[..<start].last { $0.hasPrefix("Help:  ") }?.dropFirst("Help:  ".count)

        let parts = Self.parts(of: message)
        let words = Self.quoted(in: parts.message)
        var hint: String?
        if let meant = parts.meant {
            // The parser also names what has nothing in common with what was written but its length.
            hint = words.first.flatMap { Spelling.closest(to: $0, among: [meant]) }.map { "did you mean '\($0)'?" }
        } else if let value = words.first, !parts.values.isEmpty {
            hint = Spelling.closest(to: value, among: parts.values).map { "did you mean '\($0)'?" }
            if hint == nil, parts.values.count <= Self.namedWords {
                hint = "one of: \(parts.values.joined(separator: ", "))"
            }
        } else if let abstract, !parts.isOwn {
            hint = abstract.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        // Of deploy a rehearsal is a command of its own.
        if words.first == "--dry-run", help == "botctl deploy --help" { hint = "'botctl diff' shows what it would do" }
        failure = CommandFailure(status, parts.message, hint: hint ?? help.map { "'\($0)' says more" })
    }

    /// A message of the parser, taken apart.
    private struct Parts {
        var message: String
        /// The option that it takes to be meant.
        var meant: String?
        /// The words that it says are valid.
        var values: [String] = []
        /// Whether the words are those of a command of ours, which say all.
        var isOwn = false
    }

    private static func parts(of text: String) -> Parts {
        var parts = Parts(message: text)
        if let (message, rest) = text.divided(at: ". Did you mean ") {
            parts.message = message
            parts.meant = quoted(in: rest).first
        } else if let (message, rest) = text.divided(at: ". Please provide one of ") {
            parts.message = message
            let lines = rest.split(separator: "\n").dropFirst()
            parts.values = lines.isEmpty ? quoted(in: rest) : lines.map { String($0.drop { $0 == " " || $0 == "-" }) }
        } else if let (message, rest) = text.divided(at: "': "),
            let (_, option) = message.divided(at: " is invalid for '")
        {
            // What our own parsing of a value says names the value itself.
            parts.message = "\(option.prefix { $0 != " " }): \(rest)"
            parts.isOwn = true
        }
        let lines = parts.message.split(separator: "\n").map { $0.drop { $0 == " " } }
        parts.message = sentence(lines.joined(separator: ", "))
        return parts
    }

    /// The text as the beginning of a line that starts with `error:`.
    private static func sentence(_ text: String) -> String {
        let text = text.hasSuffix(".") ? String(text.dropLast()) : text
        guard let first = text.first, first.isUppercase, text.dropFirst().first?.isLowercase == true else {
            return text
        }
        return first.lowercased() + text.dropFirst()
    }

    /// What stands in single quotes.
    private static func quoted(in text: String) -> [String] {
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 && $0 + 1 < parts.count }.map { String(parts[$0]) }
    }
}

extension Terminal {
    /// Writes what is wrong with a command line, and how the command is called, to standard error.
    func show(_ usage: UsageFailure) {
        show(usage.failure)
        for (index, line) in usage.usage.enumerated() {
            note("  \(index == 0 ? errorStyle.cyan("usage:") : "      ") \(line.drop { $0 == " " })")
        }
    }
}

extension String {
    /// What stands before and behind the first occurrence of a text; nil where there is none.
    fileprivate func divided(at text: String) -> (before: String, after: String)? {
        guard let start = indices.first(where: { self[$0...].hasPrefix(text) }) else { return nil }
        return (String(self[..<start]), String(self[start...].dropFirst(text.count)))
    }
}
