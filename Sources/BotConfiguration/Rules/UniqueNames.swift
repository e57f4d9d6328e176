import Diagnostics

/// The names and aliases that are taken; two bots that answer to one name are an error.
struct UniqueNames {
    enum Use: Sendable {
        case name, alias
    }

    private var taken: [String: (use: Use, file: String, place: SourceLocation?)] = [:]

    /// Takes a name, and says what is wrong when it is taken already.
    mutating func claim(_ name: String, as use: Use, in file: String, at place: SourceLocation?) -> [Diagnostic] {
        guard let first = taken[name] else {
            taken[name] = (use, file, place)
            return []
        }
        let what = use == .name ? "two bots are named '\(name)'" : "the alias '\(name)' is taken"
        let note = first.use == .name ? "the first one is here" : "it is an alias here"
        return [
            Diagnostic(
                .duplicateName, what, at: place, file: file,
                help: use == .name ? ["rename one of the files, or set another 'name:' in it"] : [],
                notes: [Diagnostic.Note(note, at: first.place)])
        ]
    }

    /// Whether a bot of that name exists.
    func holdsBot(_ name: String) -> Bool { taken[name]?.use == .name }

    /// The names of the bots.
    var bots: [String] { taken.filter { $0.value.use == .name }.map(\.key) }
}
