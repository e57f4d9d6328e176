import JSONCoding

/// The manual page of a command line, made of what the argument parser knows of it.
struct ManualPage {
    /// The page in the macros of man(7).
    private(set) var text = ""

    /// Makes the page.
    ///
    /// - Parameter help: The dump of the commands, as JSON.
    /// - Throws: `JSONError` when it is none.
    init(ofHelp help: String) throws {
        let root = try JSONParser.parse(Array(help.utf8))["command"] ?? .null
        let name = root["commandName"]?.string ?? ""
        let abstract = root["abstract"]?.string ?? ""
        let commands = Self.shown(root["subcommands"]).filter { $0["commandName"]?.string != "help" }
        line(".\\\" Made by '\(name) generate manual'; do not edit.")
        line(".TH \(name.uppercased()) 1 \"\" \"\(name) \(Version.current)\" \"User Commands\"")
        line(".SH NAME")
        line("\(Self.escaped(name)) \\- \(Self.escaped(Self.lowercasedStart(abstract)))")
        line(".SH SYNOPSIS")
        line(".B \(Self.escaped(name))")
        line("\\fIcommand\\fR [\\fIoptions\\fR]")
        line(".SH DESCRIPTION")
        body(root["discussion"]?.string ?? "")
        line(".SH COMMANDS")
        for command in commands { section(command, path: name) }
        line(".SH FILES")
        for (file, meaning) in Self.files {
            line(".TP")
            line(".I \(Self.escaped(file))")
            line(Self.escaped(meaning))
        }
    }

    private static let files = [
        ("botctl.yaml", "The settings of the project: its environments, and the severity of rules."),
        ("bots.d/*.yaml", "The bots, a file each."),
        ("templates/*.yaml", "What lies beneath the bots."),
        ("catalog.d/*.yaml", "Facts of the project's own on models."),
        ("schemas/*.json", "JSON Schemas of all of these, for editors."),
        (".botctl/", "The state of environments that live beside the project; git ignores it."),
    ]

    // MARK: - Commands

    private mutating func section(_ command: JSONValue, path: String) {
        let name = "\(path) \(command["commandName"]?.string ?? "")"
        let nested = Self.shown(command["subcommands"]).filter { $0["commandName"]?.string != "help" }
        if nested.isEmpty {
            line(".SS \(Self.escaped(name))")
            line(Self.escaped(command["abstract"]?.string ?? ""))
            line(".PP")
            body(command["discussion"]?.string ?? "")
            let arguments = Self.shown(command["arguments"]).filter { Self.names(of: $0) != ["-h", "--help"] }
            for argument in arguments where !Self.names(of: argument).contains("--version") { item(argument) }
        }
        for command in nested { section(command, path: name) }
    }

    private mutating func item(_ argument: JSONValue) {
        let names = Self.names(of: argument).map { "\\fB\(Self.escaped($0))\\fR" }
        let value = argument["valueName"]?.string ?? ""
        line(".TP")
        switch argument["kind"]?.string {
        case "positional":
            line("\\fI\(Self.escaped(value))\\fR" + (argument["isRepeating"]?.bool == true ? " ..." : ""))
        case "option": line("\(names.joined(separator: ", ")) \\fI\(Self.escaped(value))\\fR")
        default: line(names.joined(separator: ", "))
        }
        var text = argument["abstract"]?.string ?? ""
        if let initial = argument["defaultValue"]?.string, !text.contains("Default:") {
            text += text.isEmpty ? "Default: \(initial)." : " Default: \(initial)."
        }
        line(Self.escaped(text.isEmpty ? "\u{A0}" : text))
    }

    private static func shown(_ list: JSONValue?) -> [JSONValue] {
        (list?.array ?? []).filter { $0["shouldDisplay"]?.bool != false }
    }

    private static func names(of argument: JSONValue) -> [String] {
        (argument["names"]?.array ?? []).compactMap { entry in
            guard let name = entry["name"]?.string else { return nil }
            return entry["kind"]?.string == "long" ? "--\(name)" : "-\(name)"
        }
    }

    // MARK: - Text

    /// Paragraphs as they are; indented lines as they stand; a line in capitals as a heading.
    private mutating func body(_ text: String) {
        var isVerbatim = false
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isIndented = part.hasPrefix("  ")
            if isVerbatim, !isIndented {
                line(".fi")
                line(".RE")
                isVerbatim = false
            }
            if part.isEmpty {
                line(".PP")
            } else if isIndented {
                if !isVerbatim {
                    line(".RS 4")
                    line(".nf")
                    isVerbatim = true
                }
                line(Self.escaped(String(part.dropFirst(2))))
            } else if part.allSatisfy({ $0.isUppercase || $0 == " " }) {
                line(".PP")
                line(".B \(part)")
            } else {
                line(Self.escaped(String(part)))
                if Self.isListItem(part) { line(".br") }
            }
        }
        if isVerbatim {
            line(".fi")
            line(".RE")
        }
    }

    /// Whether a line is an item of a numbered list, which the next line is not to be drawn into.
    private static func isListItem(_ line: Substring) -> Bool {
        let digits = line.prefix { $0.isNumber }
        return !digits.isEmpty && line.dropFirst(digits.count).hasPrefix(". ")
    }

    private mutating func line(_ text: String) {
        // No paragraph needs two breaks, and none stands before a heading.
        if text == ".PP", self.text.hasSuffix(".PP\n") { return }
        if text.hasPrefix(".S") || text == ".TP", self.text.hasSuffix(".PP\n") { self.text.removeLast(4) }
        self.text += text + "\n"
    }

    /// The text with what man(7) would read as its own written out.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case "\u{A0}": result += "\\&"
            default: result.append(character)
            }
        }
        return result.hasPrefix(".") ? "\\&" + result : result
    }

    private static func lowercasedStart(_ text: String) -> String {
        text.prefix(1).lowercased() + text.dropFirst().prefix { $0 != "." }
    }
}
