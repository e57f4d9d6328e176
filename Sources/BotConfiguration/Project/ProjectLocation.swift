package import FileAccess

/// Where a project's files are.
package struct ProjectLocation: Hashable, Sendable {
    /// The directory that holds `botctl.yaml`, or `bots.d` where there is none.
    package var root: String
    /// The directory of the bot files; `bots.d` under the root unless told otherwise.
    package var botsDirectory: String
    /// The directory of the templates; `templates` under the root unless told otherwise.
    package var templatesDirectory: String
    /// The directory of the project's own facts about models: `catalog.d` under the root.
    package var factsDirectory: String { root + "/catalog.d" }

    package init(root: String, botsDirectory: String? = nil, templatesDirectory: String? = nil) {
        self.root = root
        self.botsDirectory = botsDirectory ?? root + "/bots.d"
        self.templatesDirectory = templatesDirectory ?? root + "/templates"
    }

    /// Whether the root holds what makes a directory a project: `botctl.yaml` or `bots.d`, whatever stands there.
    package func isProject(in files: any FileReading) -> Bool {
        files.holdsEntry(at: root + "/botctl.yaml") || files.holdsEntry(at: root + "/bots.d")
    }

    /// Looks for a project upwards from a directory: the nearest one that holds `botctl.yaml` or `bots.d`, but not
    /// beyond the root of its repository.
    ///
    /// - Parameters:
    ///   - directory: An absolute path.
    ///   - files: Where to look.
    /// - Returns: The project's root, or nil when there is none.
    package static func findRoot(from directory: String, in files: any FileReading) -> String? {
        var current = directory
        while true {
            let prefix = current == "/" ? "" : current
            // What stands there and is none of them is an error of that project, told with its path.
            if files.holdsEntry(at: prefix + "/botctl.yaml") || files.holdsEntry(at: prefix + "/bots.d") {
                return current
            }
            guard files.kind(of: prefix + "/.git") == nil, current != "/",
                let slash = current.lastIndex(of: "/")
            else { return nil }
            current = slash == current.startIndex ? "/" : String(current[..<slash])
        }
    }

    /// A path as people read it: relative to the root where it lies under it.
    package func displayName(of path: String) -> String {
        path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
    }
}

/// Why a project cannot be loaded at all; what is wrong inside its files are diagnostics.
package struct ProjectError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case unknownEnvironment, noDefaultEnvironment
        /// A path that names no bot and no key.
        case unknownKey
        /// A `--set` that is none, or names a key that does not exist.
        case invalidAssignment
        /// A `--set` with a value that its key does not take.
        case invalidValue
    }

    package let code: Code
    package let description: String
    /// What to do next.
    package let hint: String?
}
