/// One `[…]` of a file with what stands below it, before its name has been understood.
struct ConfigFileSection: Hashable {
    /// What stands between the brackets, trimmed.
    let name: String
    /// The properties by their lower-case names; a nested block is kept as text, each of its lines behind a line break.
    var properties: [String: String] = [:]
}

/// Reads the text of a shared configuration or credentials file.
///
/// Source: AWS SDKs and Tools Reference Guide, "Shared config and credentials files", format of the config file.
struct ConfigFileParser {
    private let path: String
    private var sections: [ConfigFileSection] = []
    /// Where the sections of each name lie in `sections`.
    private var indices: [String: Int] = [:]
    private var current: Int?
    private var property: String?
    /// Whether the lines below the property are properties of their own.
    private var isNested = false
    private var line = 0

    private init(path: String) { self.path = path }

    /// The sections of a file in the order of their first line; sections of one name are one.
    ///
    /// - Parameters:
    ///   - text: The whole file.
    ///   - path: How errors name it.
    /// - Returns: The sections.
    /// - Throws: ``AWSConfigFileError`` with the line.
    static func sections(of text: String, path: String) throws(AWSConfigFileError) -> [ConfigFileSection] {
        var parser = ConfigFileParser(path: path)
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            parser.line += 1
            try parser.read(line)
        }
        return parser.sections
    }

    private mutating func read(_ text: Substring) throws(AWSConfigFileError) {
        guard let first = text.first, first != "#", first != ";", !text.allSatisfy(isBlank) else { return }
        if first == "[" {
            try readSection(text)
        } else if isBlank(first) {
            try readContinuation(trimmed(text))
        } else {
            try readProperty(text)
        }
    }

    private mutating func readSection(_ text: Substring) throws(AWSConfigFileError) {
        let head = trimmed(text.prefix { $0 != "#" && $0 != ";" })
        guard head.last == "]" else { throw error("Profile definition must end with ']'") }
        let name = String(trimmed(head.dropFirst().dropLast()))
        property = nil
        if let index = indices[name] {
            current = index
        } else {
            indices[name] = sections.count
            current = sections.count
            sections.append(ConfigFileSection(name: name))
        }
    }

    private mutating func readProperty(_ text: Substring) throws(AWSConfigFileError) {
        guard let current else { throw error("Expected a profile definition before the first property") }
        let (key, value) = try split(withoutComment(text), kind: "property", sentenceStart: "Property")
        property = key.lowercased()
        isNested = value.isEmpty
        sections[current].properties[key.lowercased()] = String(value)
    }

    private mutating func readContinuation(_ text: Substring) throws(AWSConfigFileError) {
        guard let current else { throw error("Expected a profile definition before the first continuation") }
        guard let property else { throw error("Expected a property definition, found continuation") }
        if isNested { _ = try split(text, kind: "sub-property", sentenceStart: "Sub-property") }
        sections[current].properties[property, default: ""] += "\n" + text
    }

    private func split(
        _ text: Substring, kind: String, sentenceStart: String
    ) throws(AWSConfigFileError) -> (Substring, Substring) {
        guard let equals = text.firstIndex(of: "=") else { throw error("Expected an '=' sign defining a \(kind)") }
        let key = trimmed(text[..<equals])
        guard !key.isEmpty else { throw error("\(sentenceStart) did not have a name") }
        return (key, trimmed(text[text.index(after: equals)...]))
    }

    /// The line up to a comment sign that white space stands before.
    private func withoutComment(_ text: Substring) -> Substring {
        var isAfterBlank = false
        for index in text.indices {
            if isAfterBlank, text[index] == "#" || text[index] == ";" { return text[..<index] }
            isAfterBlank = isBlank(text[index])
        }
        return text
    }

    private func error(_ reason: String) -> AWSConfigFileError {
        AWSConfigFileError(path: path, line: line, reason: reason)
    }
}

/// Whether a character is white space within a line.
func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

/// The text without white space at its ends.
func trimmed(_ text: Substring) -> Substring {
    var rest = text
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest
}
