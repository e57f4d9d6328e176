/// E-mail addresses within texts, which the simulated guardrails mask.
enum MailAddresses {
    /// What stands in the place of an address.
    ///
    /// Source: Amazon Bedrock user guide, "Remove PII from conversations by using sensitive information filters".
    static let mask = "{EMAIL}"

    /// The addresses of a text in their order, and the text without them.
    static func find(in text: String) -> (found: [String], masked: String) {
        var found: [String] = []
        var masked = ""
        var rest = text[...]
        while let at = rest.firstIndex(of: "@") {
            let before = rest[..<at]
            let local = before.reversed().prefix(while: isOfLocalPart).count
            var domain = rest[rest.index(after: at)...].prefix(while: isOfDomain)
            while let last = domain.last, last == "." || last == "-" { domain.removeLast() }
            guard local > 0, domain.contains("."), domain.first != "." else {
                masked += rest[...at]
                rest = rest[rest.index(after: at)...]
                continue
            }
            let start = rest.index(at, offsetBy: -local)
            found.append(String(rest[start..<domain.endIndex]))
            masked += rest[..<start] + mask
            rest = rest[domain.endIndex...]
        }
        return (found, masked + rest)
    }

    private static func isOfLocalPart(_ character: Character) -> Bool {
        isOfDomain(character) || "_+%".contains(character)
    }

    private static func isOfDomain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "." || character == "-")
    }
}
