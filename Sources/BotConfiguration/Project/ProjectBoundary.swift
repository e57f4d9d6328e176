package import FileAccess

/// Which files belong to a project, links followed.
package struct ProjectBoundary {
    private let location: ProjectLocation
    private let files: any FileReading
    /// The directories that hold the project's files, without links, each with a slash at its end.
    private let directories: [String]

    /// The boundary of a project: its root, and the directories outside of it that were named on the command line.
    package init(of location: ProjectLocation, files: any FileReading) {
        self.location = location
        self.files = files
        let named = [location.botsDirectory, location.templatesDirectory, location.factsDirectory]
        let outside = named.filter { !$0.hasPrefix(location.root == "/" ? "/" : location.root + "/") }
        directories = ([location.root] + outside).compactMap(files.resolvedPath).map { $0 == "/" ? "/" : $0 + "/" }
    }

    /// The path without links of a file as diagnostics name it, or nil when it leads out of the project.
    package func path(of name: String) -> String? {
        let path = name.hasPrefix("/") ? name : location.root + "/" + name
        guard let resolved = files.resolvedPath(of: path), directories.contains(where: resolved.hasPrefix) else {
            return nil
        }
        return resolved
    }

    /// Whether a path is a link that leads out of the project, and so perhaps to what its files must not show.
    func isLeft(by path: String) -> Bool {
        guard files.isLink(path), let resolved = files.resolvedPath(of: path) else { return false }
        return !directories.contains(where: resolved.hasPrefix)
    }
}
