package import FileAccess
package import ModelCatalog
package import WallClock

/// The world outside, as commands see it: files, environment, clock, terminal, randomness.
///
/// Commands reach for nothing else, so a test can be a whole world.
package struct CommandContext: Sendable {
    /// Where files are read.
    package var files: any FileReading
    /// How files are written.
    package var writer: any FileWriting
    /// The directory that relative paths start from.
    package var workingDirectory: String
    /// The environment variables of the process.
    package var variables: [String: String]
    package var clock: WallClock
    package var terminal: Terminal
    /// What is known of models; read when it is first asked for, because it costs more than many a command.
    package var catalog: ModelCatalog { makeCatalog() }
    private let makeCatalog: @Sendable () -> ModelCatalog
    /// Who is at work, for the manifest: `user@host`.
    package var actor: String
    /// The number of this process, for names that must not clash on one machine.
    package var processID: Int

    package init(
        files: any FileReading, writer: any FileWriting, workingDirectory: String, variables: [String: String],
        clock: WallClock,
        terminal: Terminal, catalog: @escaping @autoclosure @Sendable () -> ModelCatalog, actor: String, processID: Int
    ) {
        self.files = files
        self.writer = writer
        self.workingDirectory = workingDirectory
        self.variables = variables
        self.clock = clock
        self.terminal = terminal
        makeCatalog = catalog
        self.actor = actor
        self.processID = processID
    }

    /// An absolute path of one that may be relative to the working directory, without `.`, `..` and a slash at the end.
    func absolutePath(_ path: String) -> String {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : workingDirectory + "/" + path).split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }
}
