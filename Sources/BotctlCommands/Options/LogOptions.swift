import ArgumentParser
import Logging

/// What is logged and how.
struct LogOptions: ParsableArguments {
    /// How a log line looks.
    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case human, json
    }

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(
            """
            The least important lines that are logged: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).
            """, valueName: "level"),
        completion: .list(Logger.Level.allCases.map(\.rawValue)))
    var level: String?

    @Option(name: .customLong("log-format"), help: "How log lines look on standard error.")
    var format: Format?

    /// A logger to standard error.
    ///
    /// - Parameters:
    ///   - label: Who logs.
    ///   - context: The world outside.
    ///   - quietest: The level where neither flag nor `BOTCTL_LOG_LEVEL` names one.
    ///   - usual: The format where neither flag nor `BOTCTL_LOG_FORMAT` names one.
    /// - Returns: The logger.
    /// - Throws: ``CommandFailure`` for a level that does not exist.
    func logger(
        _ label: String, in context: CommandContext, default quietest: Logger.Level = .info,
        format usual: Format = .human
    ) throws -> Logger {
        let format = try format ?? formatSetting(in: context) ?? usual
        var logger = Logger(label: label) { _ in
            LineLogHandler(format: format, clock: context.clock, write: context.terminal.writeError)
        }
        guard let name = level ?? context.setting("LOG_LEVEL") else {
            logger.logLevel = quietest
            return logger
        }
        guard let wanted = Logger.Level(rawValue: name.lowercased()) else {
            throw CommandFailure(
                .usage, "there is no log level '\(name)'",
                hint: "levels: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        logger.logLevel = wanted
        return logger
    }

    private func formatSetting(in context: CommandContext) throws -> Format? {
        guard let name = context.setting("LOG_FORMAT") else { return nil }
        guard let format = Format(rawValue: name) else {
            throw CommandFailure(
                .usage, "BOTCTL_LOG_FORMAT is '\(name)', which is no format", hint: "formats: human, json")
        }
        return format
    }
}
