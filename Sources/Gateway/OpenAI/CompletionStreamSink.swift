import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import OpenAIProtocol
import ServerSentEvents

/// Writes an answer as a stream of chat completion chunks: each batch as one piece of the response body.
///
/// The head goes out with the first piece, or with the first sign of life, so that a failure before it keeps its
/// status. A failure after it is a chunk that holds the error, and then the stream ends without `[DONE]`.
///
/// Source: OpenAI API reference, "The chat completion chunk object" and "Streaming".
struct CompletionStreamSink: AnswerSink {
    private let response: PendingResponse
    private let heads: ResponseHeads
    private let identity: CompletionIdentity
    private let includesUsage: Bool
    private let links: FileLinks
    private let showsThoughts: Bool
    private var meter: CompletionMeter
    private var events = ServerSentEventWriter()
    private var hasContent = false
    private var hasStarted = false
    private var calls = CallsWithoutInput()

    /// A sink.
    ///
    /// - Parameters:
    ///   - response: Where the answer goes.
    ///   - heads: Makes the response's head.
    ///   - identity: What all chunks carry.
    ///   - includesUsage: Whether a chunk before the end tells the usage.
    ///   - links: Makes the links of files.
    ///   - showsThoughts: Whether the client gets what the model thinks.
    ///   - meter: Counts the usage.
    init(
        _ response: PendingResponse, heads: ResponseHeads, identity: CompletionIdentity, includesUsage: Bool,
        links: FileLinks, showsThoughts: Bool, meter: CompletionMeter
    ) {
        self.response = response
        self.heads = heads
        self.identity = identity
        self.includesUsage = includesUsage
        self.links = links
        self.showsThoughts = showsThoughts
        self.meter = meter
    }

    mutating func write(_ batch: [ChatEvent]) async throws -> AnswerProgress {
        for event in batch { await encode(event) }
        guard !events.isEmpty else { return .skipped }
        try await flush()
        return .written
    }

    mutating func keepAlive() async throws {
        events.write(comment: "keep-alive")
        try await flush()
    }

    mutating func finish(_ batch: [ChatEvent], _ ending: AnswerEnding) async throws {
        if case .failed(let failure) = ending, !response.hasBegun {
            let answer = PlainAnswer(failure)
            return try await response.send(answer, head: heads.whole(answer))
        }
        for event in batch { await encode(event) }
        switch ending {
        case .abandoned: return
        case .failed(let failure): write(OpenAIError(failure).json)
        case .complete, .cut:
            endCalls()
            if !response.hasBegun, events.isEmpty { startContent() }
            write(chunk(.init(), FinishReason(ending)))
            if includesUsage {
                write(
                    ChatCompletionChunk(
                        id: identity.id, created: identity.created, model: identity.model, usage: meter.usage
                    ).json)
            }
            events.write(event: "", data: Array(ChatCompletionChunk.endOfStream.utf8))
        }
        try await flush()
        try await response.finish()
    }

    // MARK: - Chunks

    private mutating func encode(_ event: ChatEvent) async {
        meter.record(event)
        switch event {
        case .text(let text): if !text.isEmpty { write(.init(content: text)) }
        case .reasoning(let thought): if showsThoughts, !thought.isEmpty { write(.init(reasoning: thought)) }
        case .file(let file):
            let link = await links.markdown(of: file)
            write(.init(content: (hasContent ? "\n\n" : "") + link))
        case .toolCallStarted(let index, let id, let name):
            calls.start(index)
            write(.init(toolCalls: [.init(index: index, id: id, name: name)]))
        case .toolCallInput(let index, let fragment):
            guard !fragment.isEmpty else { return }
            calls.feed(index)
            write(.init(toolCalls: [.init(index: index, arguments: fragment)]))
        case .reasoningBlock, .status, .finished, .usage: break
        }
    }

    private mutating func endCalls() {
        for index in calls.indices {
            write(.init(toolCalls: [.init(index: index, arguments: CallsWithoutInput.input)]))
        }
    }

    private mutating func write(_ delta: ChatCompletionChunk.Delta) {
        startContent()
        if delta.content != nil { hasContent = true }
        write(chunk(delta, nil))
    }

    /// The first chunk says who speaks.
    private mutating func startContent() {
        guard !hasStarted else { return }
        hasStarted = true
        write(chunk(.init(role: "assistant", content: ""), nil))
    }

    private func chunk(_ delta: ChatCompletionChunk.Delta, _ reason: FinishReason?) -> JSONValue {
        let chunk = ChatCompletionChunk(
            id: identity.id, created: identity.created, model: identity.model, delta: delta, finishReason: reason)
        guard includesUsage, var object = chunk.json.object else { return chunk.json }
        // Where the usage is asked for, the chunks before it say that it is still to come.
        object.append("usage", .null)
        return .object(object)
    }

    private mutating func write(_ value: JSONValue) { events.write(event: "", data: value.encoded()) }

    private mutating func flush() async throws {
        if !response.hasBegun { try await response.begin(heads.eventStream()) }
        try await response.write(events.takeBytes())
    }
}
