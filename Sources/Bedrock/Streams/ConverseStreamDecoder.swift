package import ChatEvents
package import EventStreamCoding
import JSONCoding

/// Turns the messages of a ConverseStream answer into chat events.
///
/// Events of an unknown type and blocks of an unknown kind are passed over.
///
/// Source: Amazon Bedrock API Reference, ConverseStreamOutput.
package struct ConverseStreamDecoder: Sendable {
    private enum State {
        case answering
        /// `messageStop` has come; only the usage may follow.
        case stopped
        case complete
    }

    private let requestID: String?
    private var state = State.answering
    private var answer: AnswerBuilder

    /// Makes a decoder for one answer.
    ///
    /// - Parameters:
    ///   - requestID: The service's id of the request, for the failures.
    ///   - thoughts: What is known of the model's thoughts.
    package init(requestID: String? = nil, thoughts: ThoughtSource = ThoughtSource()) {
        self.requestID = requestID
        answer = AnswerBuilder(thoughts)
    }

    /// Adds the events of a message; most have one, some none.
    ///
    /// - Parameters:
    ///   - frame: The next message of the body, where it lies.
    ///   - events: Where the events are added. They stand also when the call throws.
    /// - Throws: ``ChatFailure`` for a failure that the service reports in the stream, and for a message that cannot be
    ///   read. The stream ends with it.
    package mutating func decode(
        _ frame: EventStreamFrame, into events: inout [ChatEvent]
    ) throws(ChatFailure) {
        guard frame.messageType == "event" else { return try end(with: frame.message, into: &events) }
        try decodeEvent(frame.eventType, frame.payload, into: &events)
    }

    /// Adds the events of a message that is a value of its own.
    ///
    /// - Throws: ``ChatFailure``, as for a message where it lies.
    package mutating func decode(
        _ message: EventStreamMessage, into events: inout [ChatEvent]
    ) throws(ChatFailure) {
        guard message.string(":message-type") == "event" else { return try end(with: message, into: &events) }
        let result = message.payload.withUnsafeBytes { payload in
            Result { () throws(ChatFailure) in
                try decodeEvent(message.string(":event-type"), payload, into: &events)
            }
        }
        try result.get()
    }

    private mutating func end(
        with message: EventStreamMessage, into events: inout [ChatEvent]
    ) throws(ChatFailure) {
        guard let failure = ChatFailure(in: message, requestID: requestID) else { return }
        // What was held back in case it became a tag is part of the answer, too.
        answer.finish(into: &events)
        throw failure
    }

    /// Checks, at the end of the body, that the answer has ended, too.
    ///
    /// An answer whose usage is missing is complete.
    ///
    /// - Throws: ``ChatFailure`` when the stop of the answer never came, although the status said success.
    package func finish() throws(ChatFailure) {
        guard state == .answering else { return }
        throw unreadable("the answer's stream ended before the answer did")
    }

    private mutating func decodeEvent(
        _ type: String?, _ payload: UnsafeRawBufferPointer, into events: inout [ChatEvent]
    ) throws(ChatFailure) {
        switch (type, state) {
        case ("contentBlockDelta", .answering):
            let delta: BlockDelta
            if let scanned = BlockDeltaScanner.delta(in: payload) {
                delta = scanned
            } else {
                delta = BlockDelta(try parsed(payload))
            }
            try answer.add(delta, into: &events)
        case ("contentBlockStart", .answering): answer.start(try parsed(payload), into: &events)
        case ("contentBlockStop", .answering):
            try answer.stop(try parsed(payload)["contentBlockIndex"]?.integer ?? 0, into: &events)
        case ("messageStop", .answering):
            answer.finish(into: &events)
            let reason = try parsed(payload)["stopReason"]?.string ?? ""
            events.append(.finished(StopReason(converse: reason)))
            state = .stopped
        case ("metadata", .stopped):
            if let usage = TokenUsage(converse: try parsed(payload)["usage"]) { events.append(.usage(usage)) }
            state = .complete
        default: break
        }
    }

    private func parsed(_ payload: UnsafeRawBufferPointer) throws(ChatFailure) -> JSONValue {
        do {
            return try JSONParser.parse(payload.assumingMemoryBound(to: UInt8.self))
        } catch {
            throw unreadable("a message of the answer's stream is not readable: \(error)")
        }
    }

    private func unreadable(_ detail: String) -> ChatFailure {
        ChatFailure(.modelError, detail: detail, upstreamRequestID: requestID)
    }
}

// MARK: - Values

extension StopReason {
    /// Source: Amazon Bedrock API Reference, MessageStopEvent, `stopReason`.
    init(converse reason: String) {
        switch reason {
        case "end_turn": self = .endOfTurn
        case "stop_sequence": self = .stopSequence
        case "max_tokens": self = .maxTokens
        case "tool_use": self = .toolUse
        case "guardrail_intervened", "content_filtered": self = .contentFiltered
        case "model_context_window_exceeded": self = .contextWindowExceeded
        case "malformed_model_output", "malformed_tool_use": self = .malformed
        default: self = .other(reason)
        }
    }
}

extension TokenUsage {
    /// Source: Amazon Bedrock API Reference, TokenUsage; its `inputTokens` leaves out what the cache held.
    init?(converse value: JSONValue?) {
        guard let input = value?["inputTokens"]?.integer, let output = value?["outputTokens"]?.integer, input >= 0,
            output >= 0
        else { return nil }
        self.init(
            input: input, output: output, cacheRead: max(value?["cacheReadInputTokens"]?.integer ?? 0, 0),
            cacheWrite: max(value?["cacheWriteInputTokens"]?.integer ?? 0, 0),
            statedTotal: value?["totalTokens"]?.integer)
    }
}
