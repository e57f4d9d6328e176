package import ChatEvents
package import JSONCoding

/// The answer of Converse.
///
/// Source: Amazon Bedrock API Reference, Converse, response syntax.
package struct ConverseResponse: Hashable, Sendable {
    /// The answer's JSON.
    package let body: JSONValue
    /// The service's id of the request.
    package let requestID: String?

    /// An answer.
    package init(body: JSONValue, requestID: String? = nil) {
        self.body = body
        self.requestID = requestID
    }
}

extension ConverseResponse {
    /// The answer as the events of a stream, for a model that does not stream.
    ///
    /// - Parameter thoughts: What is known of the model's thoughts.
    /// - Returns: The events, from the first to the usage.
    /// - Throws: ``ChatFailure`` when the answer is none.
    package func events(thoughts: ThoughtSource = ThoughtSource()) throws(ChatFailure) -> [ChatEvent] {
        guard let reason = body["stopReason"]?.string else {
            throw ChatFailure(
                .modelError, detail: "the answer of Converse has no readable 'stopReason'", upstreamRequestID: requestID
            )
        }
        var events: [ChatEvent] = []
        var answer = AnswerBuilder(thoughts)
        for (index, block) in (body["output"]?["message"]?["content"]?.array ?? []).enumerated() {
            try add(block, at: index, to: &answer, into: &events)
            try answer.stop(index, into: &events)
        }
        answer.finish(into: &events)
        events.append(.finished(StopReason(converse: reason)))
        if let usage = TokenUsage(converse: body["usage"]) { events.append(.usage(usage)) }
        return events
    }

    private func add(
        _ block: JSONValue, at index: Int, to answer: inout AnswerBuilder, into events: inout [ChatEvent]
    ) throws(ChatFailure) {
        func add(_ content: BlockDelta.Content) throws(ChatFailure) {
            try answer.add(BlockDelta(index: index, content: content), into: &events)
        }
        if let text = block["text"]?.string {
            try add(.text(text))
        } else if let call = block["toolUse"] {
            answer.start(["contentBlockIndex": .integer(index), "start": ["toolUse": call]], into: &events)
            if let input = call["input"]?.object, !input.isEmpty { try add(.toolInput(JSONValue.object(input).text())) }
        } else if let reasoning = block["reasoningContent"] {
            if let text = reasoning["reasoningText"]?["text"]?.string { try add(.reasoning(text)) }
            if let signature = reasoning["reasoningText"]?["signature"]?.string { try add(.signature(signature)) }
            if let redacted = reasoning["redactedContent"]?.string { try add(.redacted(redacted)) }
        } else if let image = block["image"] {
            answer.start(["contentBlockIndex": .integer(index), "start": ["image": image]], into: &events)
            if let bytes = image["source"]?["bytes"]?.string { try add(.image(bytes)) }
        } else if let parts = block["citationsContent"]?["content"]?.array {
            for part in parts { if let text = part["text"]?.string { try add(.text(text)) } }
        }
    }
}
