import BotConfiguration

/// Words that a fuzzer would take long to make up: the keys of the schema, its choices, and YAML's punctuation.
package enum FuzzDictionary {
    /// The dictionary as libFuzzer reads it, one quoted word on each line.
    package static var text: String {
        var words: Set<String> = ["\n", "\n  ", "\n  - ", ": ", "- ", "{", "}", "[", "]", "&a ", "*a", "<<: ", "---\n"]
        words.formUnion(["!!str ", "|\n  ", ">-\n  ", "\u{1E}", "# botctl:ignore ", "${env:", "null", "true", "yes"])
        words.formUnion([
            "amazon.nova-micro-v1:0", "anthropic.claude-sonnet-5-5", "us-east-1", "eu-west-1", "30s", "10MB",
        ])
        collect(BotSchema.bot, into: &words)
        collect(ProjectSchema.project, into: &words)
        return words.sorted().map { "\"\(escaped($0))\"\n" }.joined()
    }

    private static func collect(_ schema: ObjectSchema, into words: inout Set<String>) {
        for field in schema.fields where words.insert("\(field.key): ").inserted { collect(field.type, into: &words) }
    }

    private static func collect(_ type: ValueType, into words: inout Set<String>) {
        switch type {
        case .choice(let choices, let later): words.formUnion(choices + later)
        case .wordOr(let choices, let other):
            words.formUnion(choices)
            collect(other, into: &words)
        case .list(let element, _), .map(let element, _): collect(element, into: &words)
        case .object(let schema): collect(schema, into: &words)
        case .text, .boolean, .integer, .decimal, .money, .duration, .size, .scalar, .secret, .textOrFile, .file, .json:
            break
        }
    }

    private static func escaped(_ word: String) -> String {
        word.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), ..<0x20, 0x7F...:
                "\\x" + String(byte >> 4, radix: 16) + String(byte & 0xF, radix: 16)
            default: String(UnicodeScalar(byte))
            }
        }.joined()
    }
}
