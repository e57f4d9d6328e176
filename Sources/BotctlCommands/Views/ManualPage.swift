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
        list("ENVIRONMENT", of: Self.variables, marked: "B")
        list("FILES", of: Self.files, marked: "I")
    }

    /// What commands read of the environment of the process; flags go before it.
    private static let variables = [
        (
            "BOTCTL_DIRECTORY, BOTCTL_BOTS_DIR, BOTCTL_TEMPLATES_DIR",
            "Where the project is; as the flags of these names."
        ),
        ("BOTCTL_ENVIRONMENT", "The environment that is meant; as --environment."),
        ("BOTCTL_OUTPUT", "How results are shown: human or json, of validate also github, sarif or junit."),
        ("BOTCTL_LISTEN, BOTCTL_LOG_LEVEL, BOTCTL_LOG_FORMAT", "Where servers listen and how they log."),
        ("NO_COLOR", "Where it is set and not empty, nothing is coloured."),
        ("CI", "Where it is set and not empty, nothing is coloured, and no line is drawn over another."),
        ("TERM", "Where it is dumb, the same."),
        ("COLUMNS", "How wide text is where no terminal says it."),
        ("POE_ACCESS_KEY", "The key that the bots of up answer to. Bots name the variables of their own keys."),
        (
            "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN",
            "The credentials that the model service is called with."
        ),
        (
            "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_BEDROCK_RUNTIME, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, "
                + "AWS_USE_FIPS_ENDPOINT, AWS_USE_DUALSTACK_ENDPOINT",
            "Where the model service is found; they mean what they mean to the AWS command line. A region is never "
                + "taken from the environment: a bot's file names it."
        ),
    ]

    private static let files = [
        ("botctl.yaml", "The settings of the project: its environments, and the severity of rules."),
        ("bots.d/*.yaml", "The bots, a file each."),
        ("templates/*.yaml", "What lies beneath the bots."),
        ("catalog.d/*.yaml", "Facts of the project's own on models."),
        ("schemas/*.json", "JSON Schemas of all of these, for editors."),
        (".botctl/", "The state of environments that live beside the project; git ignores it."),
    ]

    /// A section of names with their meanings.
    private mutating func list(_ title: String, of entries: [(name: String, meaning: String)], marked macro: String) {
        line(".SH \(title)")
        for entry in entries {
            line(".TP")
            line(".\(macro) \(Self.escaped(entry.name))")
            line(Self.escaped(entry.meaning))
        }
    }

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
        let values = (argument["allValues"]?.array ?? []).compactMap(\.string)
        if !values.isEmpty { text += (text.isEmpty ? "" : " ") + "One of: \(values.joined(separator: ", "))." }
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

    /// What the lines of a text are, as far as they are set differently.
    private enum Setting {
        case paragraph, verbatim, list
    }

    /// Paragraphs as they are; indented lines as they stand; numbered lines as a list; a line in capitals as a heading.
    private mutating func body(_ text: String) {
        var setting = Setting.paragraph
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let next: Setting = part.hasPrefix("  ") ? .verbatim : Self.isListItem(part) ? .list : .paragraph
            if next != setting {
                end(setting)
                begin(next)
                setting = next
            }
            switch setting {
            case .verbatim: line(Self.escaped(String(part.dropFirst(2))))
            case .list: listItem(part)
            case .paragraph where part.isEmpty: line(".PP")
            case .paragraph where part.allSatisfy { $0.isUppercase || $0 == " " }:
                line(".PP")
                line(".B \(part)")
            case .paragraph: line(Self.escaped(String(part)))
            }
        }
        end(setting)
    }

    private mutating func begin(_ setting: Setting) {
        switch setting {
        case .paragraph: break
        case .verbatim:
            line(".RS 4")
            line(".nf")
        case .list: line(".PD 0")
        }
    }

    private mutating func end(_ setting: Setting) {
        switch setting {
        case .paragraph: break
        case .verbatim:
            line(".fi")
            line(".RE")
        case .list: line(".PD")
        }
    }

    /// `1. name   meaning`, or `1. meaning`: what comes after it in a further line stands under the meaning.
    private mutating func listItem(_ item: Substring) {
        var label = item.prefix { $0 != " " }
        var meaning = item.dropFirst(label.count).drop { $0 == " " }
        let name = meaning.prefix { $0 != " " }
        let rest = meaning.dropFirst(name.count)
        var width = 4
        if rest.hasPrefix("  ") {
            label = item.prefix(label.count + 1 + name.count)
            meaning = rest.drop { $0 == " " }
            width = item.count - meaning.count
        }
        line(".TP \(width)n")
        line(Self.escaped(String(label)))
        line(Self.escaped(String(meaning)))
    }

    /// Whether a line is an item of a numbered list.
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
