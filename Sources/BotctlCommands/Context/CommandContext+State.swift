import BotConfiguration
import Deployment

extension CommandContext {
    /// The state store of an environment.
    ///
    /// - Throws: ``CommandFailure`` for a kind of store that is not available yet.
    func stateStore(of project: Project) throws -> StateStore {
        try stateStore(at: project.environment.state, root: project.root)
    }

    /// The state store at a place: a directory, relative to the project's root unless absolute.
    func stateStore(at place: String, root: String) throws -> StateStore {
        if let mark = place.range(ofText: "://") {
            throw CommandFailure(
                .failure, "state stores of the kind '\(place[..<mark])' are not available yet",
                hint: "name a directory as the environment's 'state'")
        }
        let directory = place.hasPrefix("/") ? place : root + "/" + place
        return StateStore(FileObjectStore(directory: directory))
    }
}

extension String {
    /// Where a text begins in this one, or nil.
    fileprivate func range(ofText text: String) -> String.Index? {
        indices.first { self[$0...].hasPrefix(text) }
    }
}
