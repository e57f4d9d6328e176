/// Names for the documents of one request: of characters that the service takes, and no two the same.
///
/// Source: Amazon Bedrock API Reference, DocumentBlock, `name`.
struct DocumentNames {
    private static let longest = 180
    private var taken: Set<String> = []

    /// A name for the next document, as near to its own as can be.
    mutating func name(for original: String) -> String {
        let base = Self.cleaned(original)
        var name = base
        var copy = 2
        // The service is not known to tell names apart by case.
        while !taken.insert(name.lowercased()).inserted {
            name = "\(base)-\(copy)"
            copy += 1
        }
        return name
    }

    /// The name without its ending, of letters, digits, single spaces, hyphens, parentheses and brackets.
    private static func cleaned(_ original: String) -> String {
        var stem = original[...]
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex { stem = stem[..<dot] }
        var name = ""
        for scalar in stem.unicodeScalars.prefix(longest) {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "(", ")", "[", "]": name.unicodeScalars.append(scalar)
            default: if let last = name.last, last != " " { name.append(" ") }
            }
        }
        while name.last == " " { name.removeLast() }
        return name.isEmpty ? "document" : name
    }
}
