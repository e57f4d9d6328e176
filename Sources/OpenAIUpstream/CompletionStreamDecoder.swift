package import ChatEvents
import JSONCoding
import OpenAIProtocol

/// Turns the chunks of a streamed completion into chat events.
///
/// Source: OpenAI API reference, "Streaming", chat completion chunks.
package struct CompletionStreamDecoder: Sendable {
    private struct Call {
        let ordinal: Int
        let id: String?
    }

    private let requestID: String?
    /// The calls under way, by the service's index.
    private var calls: [Int: Call] = [:]
    private var callCount = 0
    private var hasFinished = false
    private var usage: TokenUsage?
    /// Whether the end of the stream has been announced; nothing counts after it.
    package private(set) var isDone = false

    /// The most calls that one answer may make.
    private static let callLimit = 128

    /// A decoder for one answer.
    ///
    /// - Parameter requestID: The service's id of the request, for failures.
    package init(requestID: String? = nil) { self.requestID = requestID }

    /// Adds the events of a server-sent event's data.
    ///
    /// - Throws: ``ChatFailure`` for an error that the service reports in the stream, and for data that cannot be read.
    package mutating func decode(_ data: String, into events: inout [ChatEvent]) throws(ChatFailure) {
        guard !isDone else { return }
        if data == ChatCompletionChunk.endOfStream {
            isDone = true
            return
        }
        let value: JSONValue
        do { value = try JSONParser.parse(Array(data.utf8)) } catch {
            throw unreadable("a chunk of the answer is not readable: \(error)")
        }
        if let error = OpenAIError(value), value["choices"] == nil {
            throw ChatFailure(error, status: Int(error.code ?? "") ?? 500, requestID: requestID)
        }
        let chunk = ChatCompletionChunk(value)
        if let delta = chunk.delta, !hasFinished { try add(delta, to: &events) }
        if let reason = chunk.finishReason, !hasFinished {
            hasFinished = true
            events.append(.finished(StopReason(completion: reason)))
        }
        if let counted = chunk.usage { usage = TokenUsage(completion: counted) }
    }

    /// Adds what comes last, at the end of the body.
    ///
    /// - Throws: ``ChatFailure`` when the answer never ended although the status said success.
    package mutating func finish(into events: inout [ChatEvent]) throws(ChatFailure) {
        guard hasFinished else { throw unreadable("the answer's stream ended before the answer did") }
        if let usage { events.append(.usage(usage)) }
    }

    private mutating func add(_ delta: ChatCompletionChunk.Delta, to events: inout [ChatEvent]) throws(ChatFailure) {
        if let reasoning = delta.reasoning, !reasoning.isEmpty { events.append(.reasoning(reasoning)) }
        if let text = delta.content, !text.isEmpty { events.append(.text(text)) }
        for piece in delta.toolCalls {
            // Some services give all calls the index 0 and tell them apart by id alone.
            if calls[piece.index] == nil || (piece.name != nil && piece.id != nil && piece.id != calls[piece.index]?.id)
            {
                guard callCount < Self.callLimit else { throw unreadable("more than \(Self.callLimit) tool calls") }
                let call = Call(ordinal: callCount, id: piece.id)
                calls[piece.index] = call
                callCount += 1
                events.append(
                    .toolCallStarted(
                        index: call.ordinal, id: piece.id ?? "call_\(call.ordinal)", name: piece.name ?? ""))
            }
            if let call = calls[piece.index], !piece.arguments.isEmpty {
                events.append(.toolCallInput(index: call.ordinal, fragment: piece.arguments))
            }
        }
    }

    private func unreadable(_ detail: String) -> ChatFailure {
        ChatFailure(.modelError, detail: detail, upstreamRequestID: requestID)
    }
}

extension StopReason {
    init(completion reason: FinishReason) {
        switch reason {
        case .stop: self = .endOfTurn
        case .length: self = .maxTokens
        case .toolCalls, FinishReason(rawValue: "function_call"): self = .toolUse
        case .contentFilter: self = .contentFiltered
        default: self = .other(reason.rawValue)
        }
    }
}

extension TokenUsage {
    /// The service counts what the cache held within the prompt; here it stands beside it.
    init(completion usage: CompletionUsage) {
        self.init(
            input: usage.promptTokens - usage.cachedTokens, output: usage.completionTokens,
            cacheRead: usage.cachedTokens, statedTotal: usage.totalTokens)
    }
}
