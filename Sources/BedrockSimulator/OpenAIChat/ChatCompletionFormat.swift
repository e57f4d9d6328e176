import JSONCoding
import OpenAIProtocol
import ServerSentEvents

/// Makes the chunks of a streamed chat completion, and the whole one, out of an answer.
///
/// Source: OpenAI API reference, "The chat completion object" and "The chat completion chunk object".
struct ChatCompletionFormat: AnswerFormat {
    let id: String
    /// Seconds since 1970.
    let created: Int
    let model: String
    /// Whether a last chunk tells the usage.
    let includesUsage: Bool

    let streamContentType = "text/event-stream; charset=utf-8"

    func events(of answer: Answer) throws -> [StreamEvent] {
        var events = [event(.init(role: "assistant", content: ""), textBytes: 0)]
        var call = 0
        for block in answer.blocks {
            switch block {
            case .text(let deltas):
                events += deltas.map { event(.init(content: $0), textBytes: $0.utf8.count) }
            case .thinking(let deltas, _):
                events += deltas.map { event(.init(reasoning: $0), textBytes: $0.utf8.count) }
            case .hiddenThinking: break
            case .toolUse(let id, let name, _, let fragments):
                events.append(event(.init(toolCalls: [.init(index: call, id: id, name: name)]), textBytes: 0))
                for fragment in fragments.isEmpty ? ["{}"] : fragments {
                    let delta = ChatCompletionChunk.ToolCallDelta(index: call, arguments: fragment)
                    events.append(event(.init(toolCalls: [delta]), textBytes: fragment.utf8.count))
                }
                call += 1
            }
        }
        return events
    }

    func ending(of answer: Answer, latency: Duration, after count: Int) throws -> [StreamEvent] {
        let last = ChatCompletionChunk(
            id: id, created: created, model: model, delta: .init(), finishReason: finishReason(of: answer))
        var events = [StreamEvent(name: "finish", bytes: Self.event(last.json.text()))]
        if includesUsage {
            let usage = ChatCompletionChunk(id: id, created: created, model: model, usage: usage(of: answer))
            events.append(StreamEvent(name: "metadata", bytes: Self.event(usage.json.text())))
        }
        events.append(StreamEvent(name: "done", bytes: Self.event(ChatCompletionChunk.endOfStream)))
        return events
    }

    func whole(_ answer: Answer, latency: Duration) -> [UInt8] {
        var calls: [ChatCompletionToolCall] = []
        var thoughts: String?
        for block in answer.blocks {
            switch block {
            case .toolUse(let id, let name, let input, _):
                calls.append(ChatCompletionToolCall(id: id, name: name, arguments: input.text()))
            case .thinking(let deltas, _): thoughts = deltas.joined()
            case .text, .hiddenThinking: break
            }
        }
        let text = answer.text
        let message = ChatCompletionMessage(
            role: .assistant, content: text.isEmpty ? [] : [.text(text)], toolCalls: calls, reasoning: thoughts)
        return ChatCompletion(
            id: id, created: created, model: model, message: message, finishReason: finishReason(of: answer),
            usage: usage(of: answer)
        ).json.encoded()
    }

    func failure(_ error: StreamError) throws -> [UInt8] {
        let isThrottle = error == .throttling
        return Self.event(
            OpenAIError(
                message: error.message, type: isThrottle ? "rate_limit_error" : "server_error",
                code: isThrottle ? "rate_limit_exceeded" : nil
            ).json.text())
    }

    func unknownEvent() throws -> [UInt8] {
        var writer = ServerSentEventWriter()
        writer.write(event: "news", data: Array(#"{"object":"something.new"}"#.utf8))
        return writer.takeBytes()
    }

    func malformedEvent() throws -> [UInt8] { Self.event(#"{"id":"chatcmpl-0","choices":[{"delta":{"content":"#) }

    func oversizedEvent() -> [UInt8] { Array("data: ".utf8) + [UInt8](repeating: 0x20, count: 4_194_304) }

    // MARK: - Parts

    private func event(_ delta: ChatCompletionChunk.Delta, textBytes: Int) -> StreamEvent {
        let chunk = ChatCompletionChunk(id: id, created: created, model: model, delta: delta)
        return StreamEvent(name: "chunk", bytes: Self.event(chunk.json.text()), textBytes: textBytes)
    }

    private static func event(_ data: String) -> [UInt8] {
        var writer = ServerSentEventWriter()
        writer.write(event: "", data: Array(data.utf8))
        return writer.takeBytes()
    }

    private func finishReason(of answer: Answer) -> FinishReason {
        switch answer.stopReason {
        case .endTurn, .stopSequence: .stop
        case .toolUse: .toolCalls
        case .maxTokens, .contextWindowExceeded: .length
        case .contentFiltered, .guardrailIntervened: .contentFilter
        }
    }

    private func usage(of answer: Answer) -> CompletionUsage {
        let usage = answer.usage
        return CompletionUsage(
            promptTokens: usage.input + usage.cacheRead + usage.cacheWrite, completionTokens: usage.output,
            cachedTokens: usage.cacheRead, reasoningTokens: usage.thinking)
    }
}
