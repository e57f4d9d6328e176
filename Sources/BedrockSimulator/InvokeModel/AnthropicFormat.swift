import JSONCoding

/// Makes the events and the body of Anthropic's Messages API, as InvokeModel carries them.
///
/// Source: Anthropic API reference, "Streaming Messages"; Amazon Bedrock user guide, "Anthropic Claude Messages API".
struct AnthropicFormat: AnswerFormat {
    /// The id of the message.
    let id: String
    /// The model, in Anthropic's words.
    let model: String

    let streamContentType = EventFrames.contentType

    func events(of answer: Answer) throws -> [StreamEvent] {
        var message = self.message(answer, content: [])
        message["stop_reason"] = .null
        message["usage"] = usage(answer.usage, output: 0)
        var events = [try event("message_start", [("message", .object(message))], at: 0)]
        for (index, block) in answer.blocks.enumerated() {
            let position: JSONValue = .integer(index)
            events.append(
                try event(
                    "content_block_start", [("index", position), ("content_block", start(of: block))],
                    at: events.count))
            for (delta, textBytes) in deltas(of: block) {
                var event = try event(
                    "content_block_delta", [("index", position), ("delta", delta)], at: events.count)
                event.textBytes = textBytes
                events.append(event)
            }
            events.append(try event("content_block_stop", [("index", position)], at: events.count))
        }
        return events
    }

    func ending(of answer: Answer, latency: Duration, after count: Int) throws -> [StreamEvent] {
        let delta: JSONValue = ["stop_reason": .string(stopReason(of: answer)), "stop_sequence": stoppedBy(answer)]
        let metrics: JSONValue = [
            "inputTokenCount": .integer(answer.usage.input), "outputTokenCount": .integer(answer.usage.output),
            "invocationLatency": .integer(latency.wholeMilliseconds),
            "firstByteLatency": .integer(latency.wholeMilliseconds),
            "cacheReadInputTokenCount": .integer(answer.usage.cacheRead),
            "cacheWriteInputTokenCount": .integer(answer.usage.cacheWrite),
        ]
        var stop: [(String, JSONValue)] = [("amazon-bedrock-invocationMetrics", metrics)]
        for member in answer.guardrail?.nativeMembers ?? [:] { stop.append((member.name, member.value)) }
        return [
            try event(
                "message_delta",
                [("delta", delta), ("usage", ["output_tokens": .integer(answer.usage.output)])], at: count),
            try event("message_stop", stop, at: count + 1),
        ]
    }

    func whole(_ answer: Answer, latency: Duration) -> [UInt8] {
        var body = message(answer, content: answer.blocks.map(content))
        for member in answer.guardrail?.nativeMembers ?? [:] { body.append(member.name, member.value) }
        return JSONValue.object(body).encoded()
    }

    func failure(_ error: StreamError) throws -> [UInt8] { try EventFrames.failure(error) }

    func unknownEvent() throws -> [UInt8] {
        try EventFrames.chunk(["type": "something_new", "news": "of tomorrow"], position: 0)
    }

    func malformedEvent() throws -> [UInt8] {
        try EventFrames.frame("chunk", payload: Array(#"{"bytes":"eyJ0eXBlIjo="}"#.utf8))
    }

    func oversizedEvent() -> [UInt8] { EventFrames.oversized }

    // MARK: - Parts

    private func event(_ type: String, _ members: [(String, JSONValue)], at position: Int) throws -> StreamEvent {
        let object = JSONObject([("type", .string(type))] + members)
        return StreamEvent(name: type, bytes: try EventFrames.chunk(object, position: position))
    }

    private func message(_ answer: Answer, content: [JSONValue]) -> JSONObject {
        [
            "id": .string(id), "type": "message", "role": "assistant", "model": .string(model),
            "content": .array(content), "stop_reason": .string(stopReason(of: answer)),
            "stop_sequence": stoppedBy(answer), "usage": usage(answer.usage, output: answer.usage.output),
        ]
    }

    private func stopReason(of answer: Answer) -> String {
        switch answer.stopReason {
        case .endTurn, .guardrailIntervened: "end_turn"
        case .toolUse: "tool_use"
        case .maxTokens: "max_tokens"
        case .stopSequence: "stop_sequence"
        case .contentFiltered: "refusal"
        case .contextWindowExceeded: "model_context_window_exceeded"
        }
    }

    private func stoppedBy(_ answer: Answer) -> JSONValue { answer.stoppedBy.map { .string($0) } ?? .null }

    private func usage(_ usage: Answer.Usage, output: Int) -> JSONValue {
        [
            "input_tokens": .integer(usage.input), "cache_creation_input_tokens": .integer(usage.cacheWrite),
            "cache_read_input_tokens": .integer(usage.cacheRead), "output_tokens": .integer(output),
        ]
    }

    private func start(of block: Answer.Block) -> JSONValue {
        switch block {
        case .text: return ["type": "text", "text": ""]
        case .thinking: return ["type": "thinking", "thinking": "", "signature": ""]
        case .hiddenThinking, .toolUse:
            guard case .toolUse(let id, let name, _, _) = block else { return content(block) }
            return ["type": "tool_use", "id": .string(id), "name": .string(name), "input": [:]]
        }
    }

    private func content(_ block: Answer.Block) -> JSONValue {
        switch block {
        case .text(let deltas): ["type": "text", "text": .string(deltas.joined())]
        case .thinking(let deltas, let signature):
            ["type": "thinking", "thinking": .string(deltas.joined()), "signature": .string(signature ?? "")]
        case .hiddenThinking(let text): ["type": "redacted_thinking", "data": .string(text)]
        case .toolUse(let id, let name, let input, _):
            ["type": "tool_use", "id": .string(id), "name": .string(name), "input": input]
        }
    }

    private func deltas(of block: Answer.Block) -> [(JSONValue, Int)] {
        switch block {
        case .text(let deltas): return deltas.map { (["type": "text_delta", "text": .string($0)], $0.utf8.count) }
        case .thinking(let deltas, let signature):
            let texts = deltas.map { text -> (JSONValue, Int) in
                (["type": "thinking_delta", "thinking": .string(text)], text.utf8.count)
            }
            return texts + [(["type": "signature_delta", "signature": .string(signature ?? "")], 0)]
        case .hiddenThinking: return []
        case .toolUse(_, _, _, let fragments):
            return ([""] + fragments).map {
                (["type": "input_json_delta", "partial_json": .string($0)], $0.utf8.count)
            }
        }
    }
}
