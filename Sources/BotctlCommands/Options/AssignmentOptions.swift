import ArgumentParser
import BotConfiguration

/// Values that are laid over bots for one run.
struct AssignmentOptions: ParsableArguments {
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Lay a value over every bot, such as parameters.temperature=0.2.", valueName: "path=value"))
    var texts: [String] = []

    /// The assignments.
    ///
    /// - Throws: ``ProjectError`` for a text that is none.
    func assignments() throws -> [ValueAssignment] { try texts.map { try ValueAssignment(parsing: $0) } }
}
