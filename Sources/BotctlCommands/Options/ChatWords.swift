/// What the words of `chat` say: whom to ask, and what.
struct ChatWords: Hashable {
    /// The most bots that are asked at once.
    static let nameLimit = 16

    /// The names, without `@`, each once.
    let names: [String]
    /// Nil when there is no word behind the names.
    let prompt: String?

    /// The name with `@` that begins the prompt behind one without; somebody may have meant to ask both bots.
    var mention: String? {
        guard let prompt, prompt.hasPrefix("@") else { return nil }
        return String(prompt.dropFirst().prefix { !$0.isWhitespace })
    }

    /// Reads `NAME PROMPT`, or `@NAME @NAME PROMPT`, in one word or several.
    ///
    /// Further names count only where the first one has its `@` too.
    ///
    /// - Throws: ``CommandFailure`` for too many names, or none.
    init(_ words: [String]) throws {
        var names: [String] = []
        var rest = words.joined(separator: " ")[...]
        if !rest.hasPrefix("@"), let first = words.first {
            names = [first]
            rest = words.dropFirst().joined(separator: " ")[...]
        }
        while rest.hasPrefix("@"), names.isEmpty || words[0].hasPrefix("@") {
            let word = rest.dropFirst().prefix { !$0.isWhitespace }
            guard !word.isEmpty else { break }
            if !names.contains(String(word)) { names.append(String(word)) }
            rest = rest.dropFirst(word.count + 1).drop(while: \.isWhitespace)
        }
        guard let first = names.first, !first.isEmpty else {
            throw CommandFailure(
                .usage, "no bot is named", hint: "botctl chat NAME, or @NAME @NAME; 'botctl list' shows the bots")
        }
        guard names.count <= Self.nameLimit else {
            throw CommandFailure(.usage, "\(names.count) bots are named, and \(Self.nameLimit) are asked at once")
        }
        self.names = names
        prompt = rest.allSatisfy(\.isWhitespace) ? nil : String(rest)
    }
}
