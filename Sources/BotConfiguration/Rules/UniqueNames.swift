import Diagnostics

/// The names and aliases that are taken; two bots that answer to one name are an error.
struct UniqueNames {
    enum Use: Sendable {
        case name, alias
    }

    private var taken: [String: (use: Use, file: String, origin: Origin)] = [:]
    /// The names of the bots, those that clash too.
    private(set) var bots: Set<String> = []

    /// Takes a name, and says what is wrong when it is taken already.
    mutating func claim(_ name: String, as use: Use, in file: String, at origin: Origin) -> [Diagnostic] {
        if use == .name { bots.insert(name) }
        guard let first = taken[name] else {
            taken[name] = (use, file, origin)
            return []
        }
        let what =
            switch (use, first.use) {
            case (.name, .name): "two bots are named '\(name)'"
            case (.name, .alias): "the name '\(name)' is another bot's alias"
            case (.alias, .name) where first.file == file: "the alias '\(name)' is the bot's own name"
            case (.alias, .alias) where first.file == file: "the alias '\(name)' stands twice"
            case (.alias, .name): "the alias '\(name)' is the name of another bot"
            case (.alias, .alias): "the alias '\(name)' is taken by another bot"
            }
        let note = first.use == .name ? "the first one is here" : "it is an alias here"
        return [
            Diagnostic(
                .duplicateName, what, at: origin.location, file: file,
                help: [
                    use == .name
                        ? "rename one of the files, or set another 'name:' in it"
                        : first.file == file ? "remove it" : "remove it here or there"
                ],
                notes: [Diagnostic.Note(note, at: first.origin.location)])
        ]
    }

    /// Whether a bot of that name exists.
    func holdsBot(_ name: String) -> Bool { bots.contains(name) }
}
