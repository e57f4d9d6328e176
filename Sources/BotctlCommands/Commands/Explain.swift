import ArgumentParser
import BotConfiguration
import BotRuntime
import ChatEvents
import DiagnosticReference
import Diagnostics
import Suggestions

/// Explains a diagnostic's code, a key, a failure, or a bot's value.
struct Explain: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a diagnostic's code, a key, a failure, or where a bot's value comes from.",
        usage: "botctl explain [<code> | <key> | <failure> | <name.path>] [<options>]",
        discussion: """
            A code, such as BOT012, or its name: what it means, why it matters, an example put right, what to do. \
            Without an argument: all codes. Needs neither a project nor a network.

            A key, such as parameters.temperature: what it means, what it takes, its default.

            A failure, by its kind as logs have it, such as overloaded, or by an upstream's name, such as \
            ThrottlingException: what it means, who learns what of it, whether it is tried again.

            A bot's value, such as claude-sonnet.parameters.temperature: the value, where it was written, and the \
            layers that it hides.

            EXAMPLES
              botctl explain                       all codes
              botctl explain BOT012
              botctl explain unknown-key           the same, by name
              botctl explain limits.request_timeout
              botctl explain ThrottlingException
              botctl explain unauthorized          outcome=unauthorized of a log line
              botctl explain bots.d                all keys of a bot; also botctl.yaml
              botctl explain claude-sonnet.parameters.max_tokens
            """)

    @Argument(help: "A code or its name, a key, a failure's name, or a bot's name with a key.", completion: .subjects)
    var subject: String?

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        guard let subject else {
            let view = DiagnosticListView(pages: DiagnosticPage.all)
            context.terminal.output(view, as: format)
            return .ok
        }
        if let page = DiagnosticPage.find(subject) {
            let view = DiagnosticPageView(page: page)
            context.terminal.output(view, as: format)
            return .ok
        }
        // What logs print comes before what an upstream may call so.
        if let kind = FailureKindReference.find(subject) {
            let view = FailureKindView(entry: kind)
            context.terminal.output(view, as: format)
            return .ok
        }
        if let failure = FailureReference.find(subject) {
            let view = FailureReferenceView(entry: failure)
            context.terminal.output(view, as: format)
            return .ok
        }
        guard !Self.looksLikeCode(subject) else { throw Self.unknownCode(subject) }
        return try await explainValue(subject, format: format, in: context)
    }

    /// Whether somebody means a code, though there may be none of that number: `BOT`, then digits only.
    private static func looksLikeCode(_ text: String) -> Bool {
        let number = text.dropFirst(3)
        return text.prefix(3).uppercased() == "BOT" && !number.isEmpty && number.allSatisfy { "0"..."9" ~= $0 }
    }

    /// Only the same number in another spelling is suggested: a code near it is about something else.
    private static func unknownCode(_ text: String) -> CommandFailure {
        CommandFailure(
            .failure, "there is no code '\(text.uppercased())'",
            hint: DiagnosticPage.meant(by: text).map { "did you mean '\($0.code.rawValue)'?" }
                ?? "'botctl explain' shows all codes")
    }

    /// Explains a key, or a bot's value: `parameters.temperature`, `claude-sonnet.parameters.temperature`.
    private func explainValue(
        _ path: String, format: OutputFormat, in context: CommandContext
    ) async throws -> CommandStatus {
        let view = KeyExplanationView(explanation: try await explanation(of: path, format: format, in: context))
        context.terminal.output(view, as: format)
        return .ok
    }

    /// The failure, of an upstream or by its kind, that was probably meant.
    private static func failure(near name: String) -> String? {
        let names = FailureKindReference.all.map(\.kind.rawValue) + FailureReference.all.map(\.failure.name)
        return Spelling.closest(to: name, among: names)
    }

    /// A key needs no project, so that it can be asked about where the project is broken.
    private func explanation(
        of path: String, format: OutputFormat, in context: CommandContext
    ) async throws -> KeyExplanation {
        if let key = try? KeyExplanation(of: path, in: nil) { return key }
        let hasProject = try project.environment != nil || project.locationIfAny(in: context) != nil
        let loaded = hasProject ? try await project.load(in: context, format: format) : nil
        do throws(ProjectError) {
            return try KeyExplanation(of: path, in: loaded)
        } catch {
            let code =
                DiagnosticPage.meant(by: path)?.code.rawValue
                ?? Spelling.closest(to: path.lowercased(), among: DiagnosticPage.all.map(\.name))
                ?? Self.failure(near: path)
            guard let code, !path.contains(".") else { throw error }
            throw CommandFailure(.failure, error.description, hint: "did you mean '\(code)'?")
        }
    }
}
