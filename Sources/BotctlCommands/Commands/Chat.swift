import ArgumentParser
import BotConfiguration
import Conversation
import JSONCoding
import Logging

/// Talks to bots.
struct Chat: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk to bots in the terminal, over the Poe protocol.",
        usage: "botctl chat <name> [<prompt>] [<options>]",
        discussion: """
            With a prompt: asks, shows the answer as it comes, and ends. Without one, on a terminal: a conversation; \
            an empty line or Ctrl-D ends it, Ctrl-C stops an answer. What comes by standard input, where that is no \
            terminal, is the question, or stands below the prompt. '@a @b prompt' asks several bots at once and labels \
            their answers.

            The bot is the one of the project's files, deployed or not, in a gateway of this process over the \
            environment's upstream: the simulator unless botctl.yaml says otherwise; --live asks the real model \
            service. With --deployed it is the one that the environment's gateway serves, with --url that of any \
            gateway, over https:// unless it is near. The bot's key is found as 'poe.access_key' of its file says, or \
            else in POE_ACCESS_KEY; a gateway that is not the environment's gets the latter only.

            The answer goes to standard output, everything else to standard error. With --json each event is a line \
            with one JSON object: begin, the events of the Poe protocol, end.

            Exit status: 0 every bot answered, 1 one did not.

            EXAMPLES
              botctl chat nova-micro
              botctl chat nova-micro "What is a monad?" --set parameters.temperature=0
              botctl chat @nova-micro @claude-sonnet "Which one are you?" --live
              git diff | botctl chat claude-sonnet "Review this." --deployed -e staging
              botctl chat stable-image-core "A fox" --save pictures
            """)

    @Argument(
        help: ArgumentHelp("The bot's name or an alias, or several with '@', and what to ask.", valueName: "words"),
        completion: .botNamesOrMentions)
    var words: [String]

    @Option(
        name: .customLong("attach"),
        help: ArgumentHelp("A file that goes with the first question; may be given several times.", valueName: "file"),
        completion: .file())
    var attachments: [String] = []

    @Option(
        name: .customLong("save"),
        help: ArgumentHelp("Put the files of answers into a folder, in place of showing links.", valueName: "dir"),
        completion: .directory)
    var saveDirectory: String?

    @Flag(help: "Ask the real model service, with the AWS credentials of the environment. Costs what the answers cost.")
    var live = false

    @Flag(help: "Ask what is deployed, at the environment's gateway.")
    var deployed = false

    @Option(help: ArgumentHelp("Ask at a running gateway: its base URL.", valueName: "url"))
    var url: String?

    @Flag(help: "Show each event as a line with one JSON object.")
    var json = false

    @OptionGroup var assigned: AssignmentOptions
    @OptionGroup var pace: PaceOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var log: LogOptions

    var outputFormat: OutputFormat? { json ? .json : .human }

    func validate() throws {
        guard deployed || url != nil else { return }
        let place = deployed ? "--deployed" : "--url"
        if deployed, url != nil { throw ValidationError("--deployed asks the environment's gateway, --url another") }
        if live { throw ValidationError("\(place) asks a gateway that runs; --live is for one of this process") }
        if !assigned.texts.isEmpty || pace.tokensPerSecond != nil {
            let option = assigned.texts.isEmpty ? "--tokens-per-second" : "--set"
            throw ValidationError("\(option) changes nothing in a gateway that runs; leave out \(place)")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let words = try ChatWords(words)
        let files = try attachedFiles(in: context)
        let prompt = try await question(words.prompt, hasFiles: !files.isEmpty, in: context)
        let run = ChatRun(
            place: try await place(of: words, in: context), prompt: prompt, files: files,
            saveDirectory: saveDirectory.map(context.absolutePath), isJSON: json, context: context,
            logger: try log.logger("chat", in: context, default: .error))
        return try await run.run()
    }

    /// What is asked: the prompt, and below it what comes by standard input; nil for a conversation.
    private func question(_ prompt: String?, hasFiles: Bool, in context: CommandContext) async throws -> String? {
        let terminal = context.terminal
        if prompt == nil, terminal.canAsk { return nil }
        guard !terminal.inputIsTerminal else {
            if let prompt { return prompt }
            throw CommandFailure(.usage, "a conversation needs a terminal", hint: "write the prompt behind the name")
        }
        var input = QuestionInput(terminal) {
            terminal.note("waiting for standard input, which is no terminal; '</dev/null' sends nothing")
        }
        let parts = [prompt, try await input.whole()].compactMap(\.self)
        guard hasFiles || !parts.isEmpty else {
            throw CommandFailure(
                .usage, "there is no question", hint: "write it behind the name, or send it by standard input")
        }
        return parts.joined(separator: "\n\n")
    }

    func writeResult(of failure: CommandFailure, in context: CommandContext) {
        guard json else { return }
        var line: JSONObject = ["event": "failure", "format_version": 1]
        line["error"] = failure.json
        context.terminal.output(JSONValue.object(line).text())
    }

    private func attachedFiles(in context: CommandContext) throws -> [AttachedFile] {
        do {
            return try AttachedFile.read(
                attachments.map { (written: $0, path: context.absolutePath($0)) }, with: context.files)
        } catch {
            throw CommandFailure(.failure, error.reason)
        }
    }

    private func place(of words: ChatWords, in context: CommandContext) async throws -> ChatPlace {
        let names = words.names
        if deployed {
            return try await .deployed(names, in: try project.loadEnvironment(in: context), in: context)
        }
        if let url {
            let own =
                try project.locationIfAny(in: context) == nil
                ? nil : try await project.load(in: context, format: .human)
            return try await .running(names, at: url, project: own, in: context)
        }
        var own = try await project.load(in: context, format: .human, assignments: try assigned.assignments())
        if live { own.environment.upstream = .aws }
        if let first = names.first, let other = words.mention, (try? own.requireBot(other)) != nil {
            context.terminal.note("'@\(other)' is a part of the question; '@\(first) @\(other)' asks both bots")
        }
        return try .own(names, of: own, tokensPerSecond: pace.tokensPerSecond, in: context)
    }
}
