/// Where a secret is found: `${env:NAME}`, `${file:PATH}` or `${secretsmanager:ID#json_key}`.
///
/// The text may hold `{name}` (the bot's name), `{NAME}` (the same in upper case, other characters than letters and
/// digits as `_`) and `{environment}`; they are filled in when the reference is resolved, so that a template gives
/// every bot its own key.
package struct SecretReference: Hashable, Sendable {
    /// The kind of place.
    package enum Source: String, Hashable, Sendable, CaseIterable {
        case environment = "env"
        case file
        case secretsManager = "secretsmanager"
    }

    package let source: Source
    /// The variable, path or id, with `{name}`, `{NAME}` and `{environment}` unfilled.
    package let locator: String

    /// Why a text is no reference.
    package enum ParseError: Error, Hashable, Sendable {
        /// The text has no `${…}` form: it is probably the secret itself.
        case plainText
        case unknownSource(String)
        case emptyLocator
        case invalidVariableName(String)
        case unknownPlaceholder(String)
    }

    /// Reads a reference.
    ///
    /// - Parameter text: The whole text; a reference inside a longer text is not one.
    /// - Throws: ``ParseError``.
    package init(parsing text: String) throws(ParseError) {
        guard text.hasPrefix("${"), text.hasSuffix("}"), let colon = text.firstIndex(of: ":") else {
            throw .plainText
        }
        let word = String(text[text.index(text.startIndex, offsetBy: 2)..<colon])
        guard let source = Source(rawValue: word) else { throw .unknownSource(word) }
        let locator = String(text[text.index(after: colon)...].dropLast())
        guard !locator.isEmpty else { throw .emptyLocator }
        self.source = source
        self.locator = locator
        if let unknown = Self.firstUnknownPlaceholder(in: locator) { throw .unknownPlaceholder(unknown) }
        if source == .environment {
            let filled = self.locator(forBot: "x", environment: "x")
            guard filled.utf8.allSatisfy({ $0 == 0x5F || $0 >= 0x30 && $0 <= 0x39 || isASCIILetter($0) }),
                let first = filled.utf8.first, !(0x30...0x39).contains(first)
            else { throw .invalidVariableName(locator) }
        }
    }

    /// The reference as it is written, placeholders unfilled.
    package var text: String { "${\(source.rawValue):\(locator)}" }

    /// The reference as it reads for one bot in one environment.
    package func filledText(forBot name: String, environment: String) -> String {
        "${\(source.rawValue):\(locator(forBot: name, environment: environment))}"
    }

    /// The variable, path or id for one bot in one environment.
    package func locator(forBot name: String, environment: String) -> String {
        var result = ""
        var rest = locator[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let placeholder = rest[rest.index(after: open)..<close]
            switch placeholder {
            case "name": result += name
            case "NAME": result += Self.variableName(of: name)
            case "environment":
                result += source == .environment ? Self.variableName(of: environment) : environment
            default: result += "{\(placeholder)}"
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// A name as part of a variable: `claude-sonnet.4` is `CLAUDE_SONNET_4`.
    package static func variableName(of name: String) -> String {
        String(decoding: name.utf8.map { isASCIILetter($0) || (0x30...0x39).contains($0) ? $0 : 0x5F }, as: UTF8.self)
            .uppercased()
    }

    private static func firstUnknownPlaceholder(in locator: String) -> String? {
        var rest = locator[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { return String(rest[open...]) }
            let placeholder = String(rest[rest.index(after: open)..<close])
            if !["name", "NAME", "environment"].contains(placeholder) { return "{\(placeholder)}" }
            rest = rest[rest.index(after: close)...]
        }
        return nil
    }
}

private func isASCIILetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}
