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
        let bytes = text.utf8
        guard text.hasPrefix("${"), bytes.last == UInt8(ascii: "}"), let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else { throw .plainText }
        let word = String(text[bytes.index(bytes.startIndex, offsetBy: 2)..<colon])
        guard let source = Source(rawValue: word) else { throw .unknownSource(word) }
        let locator = String(text[bytes.index(after: colon)..<bytes.index(before: bytes.endIndex)])
        guard !locator.isEmpty else { throw .emptyLocator }
        if source == .secretsManager {
            // What stands before the `#` is the secret's id, what stands behind it a key in the secret.
            let secret = SecretLocator(locator)
            guard !secret.id.isEmpty, secret.key?.isEmpty != true else { throw .emptyLocator }
        }
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
        while let open = rest.firstByte("{"), let close = rest[open...].firstByte("}") {
            result += String(rest[..<open])
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
        return result + String(rest)
    }

    /// A name as part of a variable: `claude-sonnet.4` is `CLAUDE_SONNET_4`.
    package static func variableName(of name: String) -> String {
        let bytes = name.utf8.map { byte in
            if (0x61...0x7A).contains(byte) { return byte - 0x20 }
            return isASCIILetter(byte) || (0x30...0x39).contains(byte) ? byte : 0x5F
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func firstUnknownPlaceholder(in locator: String) -> String? {
        var rest = locator[...]
        while let open = rest.firstByte("{") {
            guard let close = rest[open...].firstByte("}") else { return String(rest[open...]) }
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

extension Substring {
    /// Where an ASCII character stands first; many times quicker than a search for it as a character.
    fileprivate func firstByte(_ character: Unicode.Scalar) -> Index? {
        utf8.firstIndex(of: UInt8(ascii: character))
    }
}
