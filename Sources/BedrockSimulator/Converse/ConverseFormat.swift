import JSONCoding

/// Makes the events of ConverseStream and the body of Converse out of an answer.
///
/// Source: Amazon Bedrock API reference, ConverseStream and Converse, response syntax.
struct ConverseFormat: AnswerFormat {
    /// Whether every event comes as a chunk of InvokeModelWithResponseStream, as Nova's own stream has them.
    ///
    /// Source: Amazon Nova user guide, "Using the Invoke API", response stream.
    var isNative = false

    let streamContentType = EventFrames.contentType

    func events(of answer: Answer) throws -> [StreamEvent] {
        var events = [try event("messageStart", ["role": "assistant"], at: 0)]
        for (index, block) in answer.blocks.enumerated() {
            if case .toolUse(let id, let name, _, _) = block {
                let start: JSONValue = ["toolUse": ["toolUseId": .string(id), "name": .string(name)]]
                events.append(
                    try event(
                        "contentBlockStart", ["contentBlockIndex": .integer(index), "start": start], at: events.count))
            }
            // A block of text or thoughts opens with its first delta and has no event of its own for that.
            for (delta, textBytes) in deltas(of: block) {
                var delta = try event(
                    "contentBlockDelta", ["contentBlockIndex": .integer(index), "delta": delta], at: events.count)
                delta.textBytes = textBytes
                events.append(delta)
            }
            events.append(try event("contentBlockStop", ["contentBlockIndex": .integer(index)], at: events.count))
        }
        return events
    }

    func ending(of answer: Answer, latency: Duration, after count: Int) throws -> [StreamEvent] {
        var stop: JSONObject = ["stopReason": .string(answer.stopReason.rawValue)]
        if let fields = answer.additionalFields { stop.append("additionalModelResponseFields", fields) }
        var metadata: JSONObject = ["usage": usage(answer.usage), "metrics": metrics(latency)]
        if let trace = answer.guardrail?.converseTrace, !isNative { metadata.append("trace", trace) }
        for member in nativeMembers(of: answer) { metadata.append(member.name, member.value) }
        for member in answer.echoed { metadata.append(member.name, member.value) }
        return [
            try event("messageStop", stop, at: count),
            try event("metadata", metadata, at: count + 1),
        ]
    }

    func whole(_ answer: Answer, latency: Duration) -> [UInt8] {
        var body: JSONObject = [
            "metrics": metrics(latency),
            "output": ["message": ["content": .array(answer.blocks.map(content)), "role": "assistant"]],
            "stopReason": .string(answer.stopReason.rawValue),
            "usage": usage(answer.usage),
        ]
        if let fields = answer.additionalFields { body.append("additionalModelResponseFields", fields) }
        if let trace = answer.guardrail?.converseTrace, !isNative { body.append("trace", trace) }
        for member in nativeMembers(of: answer) { body.append(member.name, member.value) }
        for member in answer.echoed { body.append(member.name, member.value) }
        return JSONValue.object(body).encoded()
    }

    func failure(_ error: StreamError) throws -> [UInt8] { try EventFrames.failure(error) }

    func unknownEvent() throws -> [UInt8] {
        if isNative { return try EventFrames.chunk(["somethingNew": ["of": "tomorrow"]], position: 0) }
        return try EventFrames.frame("somethingNew", payload: Array(#"{"news":{"of":["tomorrow"]}}"#.utf8))
    }

    func malformedEvent() throws -> [UInt8] {
        try EventFrames.frame(
            isNative ? "chunk" : "contentBlockDelta", payload: Array(#"{"contentBlockIndex":0,"delta":{"text":"#.utf8))
    }

    func oversizedEvent() -> [UInt8] { EventFrames.oversized }

    // MARK: - Parts

    private func event(_ name: String, _ members: JSONObject, at position: Int) throws -> StreamEvent {
        let bytes =
            isNative
            ? try EventFrames.chunk(JSONObject([(name, .object(members))]), position: position)
            : try EventFrames.event(name, members, position: position)
        return StreamEvent(name: name, bytes: bytes)
    }

    /// The deltas of a block, each with the bytes of what it says.
    private func deltas(of block: Answer.Block) -> [(JSONValue, Int)] {
        switch block {
        case .text(let deltas): return deltas.map { (["text": .string($0)], $0.utf8.count) }
        case .thinking(let deltas, let signature):
            let texts = deltas.map { text -> (JSONValue, Int) in
                (["reasoningContent": ["text": .string(text)]], text.utf8.count)
            }
            return texts + (signature.map { [(["reasoningContent": ["signature": .string($0)]], 0)] } ?? [])
        case .hiddenThinking(let text):
            return [(["reasoningContent": ["redactedContent": .string(text)]], text.utf8.count)]
        case .toolUse(_, _, _, let fragments):
            let parts = fragments.isEmpty ? [] : [""] + fragments
            return parts.map { (["toolUse": ["input": .string($0)]], $0.utf8.count) }
        }
    }

    private func content(_ block: Answer.Block) -> JSONValue {
        switch block {
        case .text(let deltas): return ["text": .string(deltas.joined())]
        case .thinking(let deltas, let signature):
            var text: JSONObject = ["text": .string(deltas.joined())]
            if let signature { text.append("signature", .string(signature)) }
            return ["reasoningContent": ["reasoningText": .object(text)]]
        case .hiddenThinking(let text): return ["reasoningContent": ["redactedContent": .string(text)]]
        case .toolUse(let id, let name, let input, _):
            return ["toolUse": ["toolUseId": .string(id), "name": .string(name), "input": input]]
        }
    }

    private func nativeMembers(of answer: Answer) -> JSONObject {
        isNative ? answer.guardrail?.nativeMembers ?? [:] : [:]
    }

    private func usage(_ usage: Answer.Usage) -> JSONValue {
        var members: JSONObject = [
            "inputTokens": .integer(usage.input), "outputTokens": .integer(usage.output),
            "totalTokens": .integer(usage.total),
        ]
        if usage.isCached {
            members.append("cacheReadInputTokens", .integer(usage.cacheRead))
            members.append("cacheWriteInputTokens", .integer(usage.cacheWrite))
            if usage.cacheWrite > 0 {
                let details: JSONValue = [
                    "ttl": .string(usage.cacheLifetime), "inputTokens": .integer(usage.cacheWrite),
                ]
                members.append("cacheDetails", [details])
            }
        }
        return .object(members)
    }

    private func metrics(_ latency: Duration) -> JSONValue { ["latencyMs": .integer(latency.wholeMilliseconds)] }
}

extension Duration {
    /// The milliseconds, not below zero.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
