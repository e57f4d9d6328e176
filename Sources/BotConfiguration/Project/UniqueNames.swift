import Diagnostics

/// The names and aliases that are taken; two bots that answer to one name are an error.
struct UniqueNames {
    enum Use: Sendable {
        case name, alias
    }

    private var taken: [String: (use: Use, file: String, origin: Origin)] = [:]
    /// The names that bots had before.
    private var formerNames: [String: Origin] = [:]
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

    /// Says what is wrong with the name that a bot had before, once all names are claimed.
    mutating func claimFormer(_ former: String, of name: String, in file: String, at origin: Origin) -> [Diagnostic] {
        let what: String
        var help = "remove it: a bot that was renamed has no file of its old name"
        var note: Diagnostic.Note?
        if former == name {
            what = "'renamed_from' names the bot itself"
            help = "write the name that it had before, or remove it"
        } else if bots.contains(former) {
            what = "'renamed_from' names '\(former)', which is a bot of this project still"
            note = taken[former].map { Diagnostic.Note("it is here", at: $0.origin.location) }
        } else if let first = formerNames[former] {
            what = "two bots say that they were '\(former)' before"
            help = "keep it in the one that takes its place"
            note = Diagnostic.Note("the first one is here", at: first.location)
        } else {
            formerNames[former] = origin
            return []
        }
        return [
            Diagnostic(
                .duplicateName, what, at: origin.location, file: file, help: [help], notes: note.map { [$0] } ?? [])
        ]
    }

    /// Whether a bot of that name exists.
    func holdsBot(_ name: String) -> Bool { bots.contains(name) }
}
