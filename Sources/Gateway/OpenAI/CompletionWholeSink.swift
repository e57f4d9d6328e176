import BotRuntime
import ChatEvents
import OpenAIProtocol

/// Collects an answer and sends it as one chat completion.
///
/// Source: OpenAI API reference, "The chat completion object".
struct CompletionWholeSink: AnswerSink {
    /// How long an answer may be, in bytes; past it the answer is cut.
    static let limitInBytes = 4 << 20

    private let response: PendingResponse
    private let heads: ResponseHeads
    private let identity: CompletionIdentity
    private let links: FileLinks
    private let showsThoughts: Bool
    private var meter: CompletionMeter
    private var text = ""
    private var thoughts = ""
    private var calls: [ChatCompletionToolCall] = []
    private var sizeInBytes = 0

    /// A sink.
    ///
    /// - Parameters:
    ///   - response: Where the answer goes.
    ///   - heads: Makes the response's head.
    ///   - identity: Names the answer.
    ///   - links: Makes the links of files.
    ///   - showsThoughts: Whether the client gets what the model thinks.
    ///   - meter: Counts the usage.
    init(
        _ response: PendingResponse, heads: ResponseHeads, identity: CompletionIdentity, links: FileLinks,
        showsThoughts: Bool, meter: CompletionMeter
    ) {
        self.response = response
        self.heads = heads
        self.identity = identity
        self.links = links
        self.showsThoughts = showsThoughts
        self.meter = meter
    }

    mutating func write(_ batch: [ChatEvent]) async throws -> AnswerProgress {
        for event in batch { await collect(event) }
        return sizeInBytes > Self.limitInBytes ? .full : .skipped
    }

    /// Nothing can be said before the answer is whole.
    mutating func keepAlive() async throws {}

    mutating func finish(_ batch: [ChatEvent], _ ending: AnswerEnding) async throws {
        for event in batch { await collect(event) }
        let answer: PlainAnswer
        switch ending {
        case .abandoned: return
        case .failed(let failure): answer = PlainAnswer(failure)
        case .complete, .cut:
            for index in calls.indices where calls[index].arguments.isEmpty { calls[index].arguments = "{}" }
            let message = ChatCompletionMessage(
                role: .assistant, content: text.isEmpty ? [] : [.text(text)], toolCalls: calls,
                reasoning: thoughts.isEmpty ? nil : thoughts)
            answer = PlainAnswer(
                json: ChatCompletion(
                    id: identity.id, created: identity.created, model: identity.model, message: message,
                    finishReason: FinishReason(ending) ?? .stop, usage: meter.usage
                ).json)
        }
        try await response.send(answer, head: heads.whole(answer))
    }

    private mutating func collect(_ event: ChatEvent) async {
        meter.record(event)
        switch event {
        case .text(let more):
            text += more
            sizeInBytes += more.utf8.count
        case .reasoning(let more):
            guard showsThoughts else { return }
            thoughts += more
            sizeInBytes += more.utf8.count
        case .file(let file):
            let link = await links.markdown(of: file)
            text += (text.isEmpty ? "" : "\n\n") + link
        case .toolCallStarted(let index, let id, let name):
            // Indices count from 0 without gaps, in the order in which the calls begin.
            if index == calls.count { calls.append(ChatCompletionToolCall(id: id, name: name, arguments: "")) }
        case .toolCallInput(let index, let fragment):
            guard calls.indices.contains(index) else { return }
            calls[index].arguments += fragment
            sizeInBytes += fragment.utf8.count
        case .reasoningBlock, .status, .finished, .usage: break
        }
    }
}
