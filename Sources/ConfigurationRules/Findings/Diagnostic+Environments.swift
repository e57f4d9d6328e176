import Diagnostics

extension Diagnostic {
    /// Says in which environments the diagnostic holds, where that is not all of those that were judged.
    mutating func noteEnvironments(_ environments: Set<String>?, of all: Int) {
        guard let environments, environments.count < all else { return }
        let names = environments.sorted().map { "'\($0)'" }.joined(separator: ", ")
        notes.append(Note("only in \(environments.count == 1 ? "environment" : "the environments") \(names)"))
    }

    /// Tells of what else is wrong at the same place.
    mutating func noteFurtherMessages(_ messages: [String]) {
        let shown = 3
        for message in messages.prefix(shown) { notes.append(Note("here too: \(message)")) }
        if messages.count > shown { notes.append(Note("here too: \(messages.count - shown) more of the same kind")) }
    }
}
