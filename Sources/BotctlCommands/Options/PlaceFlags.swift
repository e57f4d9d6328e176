/// The flags by which a person said which project and environment is meant, for commands to be pasted after this one.
///
/// What variables say holds for the next command too and is left out.
struct PlaceFlags: Hashable, Sendable {
    /// Those that name the project and its directories.
    var project: [String] = []
    /// Those that name the environment.
    var environment: [String] = []

    /// A command of this program, for a shell.
    ///
    /// - Parameters:
    ///   - words: The command and its own arguments, as they are.
    ///   - takesEnvironment: Whether the flag of the environment belongs to it.
    /// - Returns: `botctl`, the words and the flags, each quoted where a shell needs it.
    func command(_ words: String..., takesEnvironment: Bool = true) -> String {
        (["botctl"] + words + project + (takesEnvironment ? environment : [])).map(ShellText.quoted)
            .joined(separator: " ")
    }
}

extension ProjectPlaceOptions {
    /// The flags of the project as they were given.
    var flags: PlaceFlags {
        let given = [("-C", directory), ("--bots-dir", botsDirectory), ("--templates-dir", templatesDirectory)]
        return PlaceFlags(project: given.flatMap { flag, value in value.map { [flag, $0] } ?? [] })
    }
}

extension ProjectOptions {
    /// The flags of project and environment as they were given.
    var flags: PlaceFlags {
        var flags = place.flags
        flags.environment = environment.map { ["-e", $0] } ?? []
        return flags
    }
}

/// Words as a POSIX shell takes them.
enum ShellText {
    /// A word, in single quotes where a shell would take it for anything else.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "@%_+=:,./-".utf8.contains(byte)
            }
        guard !isPlain else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
