import AsyncHTTPClient
import Conversation
import Logging
import PoeProtocol
import UnixSignals

/// A conversation with the real collaborators: one question, or as many as a person has.
struct ChatRun: Sendable {
    let place: ChatPlace
    /// The one question; nil for a conversation.
    let prompt: String?
    /// The files of the first question.
    let files: [AttachedFile]
    /// Where files of answers are put; nil to show their links.
    let saveDirectory: String?
    let isJSON: Bool
    let context: CommandContext
    let logger: Logger

    /// Asks until there are no more questions, or a signal ends it.
    ///
    /// - Returns: Whether every question was answered.
    /// - Throws: ``CommandFailure``; see ``ChatPlace/whileServed(in:logger:_:)``.
    func run() async throws -> CommandStatus {
        let step = InterruptibleStep()
        let isConversation = prompt == nil
        let (status, signal) = try await SignalCancellation.run(
            absorbing: { $0 == .sigint && isConversation && step.interrupt() },
            {
                do {
                    return try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
                        try await place.whileServed(in: context, logger: logger) { partners in
                            try await talk(to: partners, client: PoeClient(http: http, requiresMeta: false), step)
                        }
                    }
                } catch is CancellationError {
                    return CommandStatus.failure
                }
            })
        return signal.map { $0 == .sigint ? .interrupted : .terminated } ?? status
    }

    private func talk(
        to partners: [ChatPartner], client: PoeClient, _ step: InterruptibleStep
    ) async throws -> CommandStatus {
        let exchange = ChatExchange(
            conversation: Conversation(with: partners, client: client), partnerCount: partners.count,
            saver: saveDirectory.map { FileSaver(to: $0, writer: context.writer, client: client) })
        let view = ChatView(
            context.terminal, names: place.names, upstream: place.upstream, savesFiles: saveDirectory != nil)
        let listener: any ChatListener =
            isJSON ? ChatEventLines(context.terminal, names: place.names, upstream: place.upstream) : view
        let ask: @Sendable (Question) async -> Bool = { question in
            let body: @Sendable () async -> Bool = { await exchange.ask(question, listener) }
            return isJSON ? await body() : await view.waiting.whileMoving(body)
        }
        if let prompt {
            let isAnswered = await ask(Question(prompt, files: files))
            try Task.checkCancellation()
            await hintAtLinks(of: exchange)
            return isAnswered ? .ok : .failure
        }
        return try await converse(ask, step)
    }

    private func converse(
        _ ask: @escaping @Sendable (Question) async -> Bool, _ step: InterruptibleStep
    ) async throws -> CommandStatus {
        let terminal = context.terminal
        let style = terminal.errorStyle
        let names = place.names.joined(separator: ", ")
        let source = place.upstream.map { " over \($0)" } ?? ""
        terminal.note(
            "\(style.bold(names))\(source) \(style.dim("· an empty line ends, Ctrl-C stops an answer"))")
        var input = QuestionInput(terminal)
        var status = CommandStatus.ok
        var files = files
        while true {
            terminal.writeError("\n" + style.bold(style.green("› ")))
            guard let text = try await input.nextTyped() else { break }
            let question = Question(text, files: files)
            files = []
            // One that the person ended was answered as far as they wanted.
            let isAnswered = await step.run { await ask(question) } ?? true
            try Task.checkCancellation()
            status = isAnswered ? .ok : .failure
        }
        terminal.note("")
        return status
    }

    private func hintAtLinks(of exchange: ChatExchange) async {
        guard !isJSON, place.isTemporary, saveDirectory == nil, await exchange.hasFiles else { return }
        context.terminal.note(
            context.terminal.errorStyle.dim("the link ends with this command; --save DIR keeps the file"))
    }
}
