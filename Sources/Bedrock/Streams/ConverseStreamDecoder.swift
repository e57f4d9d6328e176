import AWSClient
package import ChatEvents
package import EventStreamCoding
import JSONCoding

/// Turns the messages of a ConverseStream answer into chat events.
///
/// Blocks that are not text or reasoning, such as tool use and images, and events of an unknown type are passed over.
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

    /// Makes a decoder for one answer.
    ///
    /// - Parameter requestID: The service's id of the request, for the failures.
    package init(requestID: String? = nil) { self.requestID = requestID }

    /// Adds the events of a message; most have one, some none.
    ///
    /// - Parameters:
    ///   - message: The next message of the body.
    ///   - events: Where the events are added. They stand also when the call throws.
    /// - Throws: ``ChatFailure`` for a failure that the service reports in the stream, and for a message that cannot be
    ///   read. The stream ends with it.
    package mutating func decode(
        _ message: EventStreamMessage, into events: inout [ChatEvent]
    ) throws(ChatFailure) {
        switch message.string(":message-type") {
        case "event": try decodeEvent(message, into: &events)
        case "exception": throw try exception(in: message)
        case "error": throw error(in: message)
        case nil: throw unreadable("a message does not say of what type it is")
        default: break
        }
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
}

// MARK: - Events

extension ConverseStreamDecoder {
    private mutating func decodeEvent(
        _ message: EventStreamMessage, into events: inout [ChatEvent]
    ) throws(ChatFailure) {
        switch (message.string(":event-type"), state) {
        case ("contentBlockDelta", .answering):
            if let event = try contentDelta(message.payload) { events.append(event) }
        case ("messageStop", .answering):
            let reason = try parsed(message.payload)["stopReason"]?.string ?? ""
            events.append(.finished(StopReason(converse: reason)))
            state = .stopped
        case ("metadata", .stopped):
            if let usage = TokenUsage(converse: try parsed(message.payload)["usage"]) { events.append(.usage(usage)) }
            state = .complete
        default: break
        }
    }

    private func contentDelta(_ payload: [UInt8]) throws(ChatFailure) -> ChatEvent? {
        if let text = TextDeltaScanner.text(in: payload) { return text.isEmpty ? nil : .text(text) }
        let delta = try parsed(payload)["delta"]
        if let text = delta?["text"]?.string, !text.isEmpty { return .text(text) }
        if let text = delta?["reasoningContent"]?["text"]?.string, !text.isEmpty { return .reasoning(text) }
        return nil
    }

    private func parsed(_ payload: [UInt8]) throws(ChatFailure) -> JSONValue {
        do {
            return try JSONParser.parse(payload)
        } catch {
            throw unreadable("a message of the answer's stream is not readable: \(error)")
        }
    }
}

// MARK: - Failures

extension ConverseStreamDecoder {
    /// The failure that a modeled exception reports, with the status that the same exception has outside a stream.
    private func exception(in message: EventStreamMessage) throws(ChatFailure) -> ChatFailure {
        let payload = message.payload.isEmpty ? .null : try parsed(message.payload)
        var text = payload["message"]?.string ?? payload["Message"]?.string ?? ""
        if let original = payload["originalMessage"]?.string { text += " (\(original))" }
        // Names within a stream start with a small letter.
        let name = message.string(":exception-type") ?? ""
        return failure(code: name.prefix(1).uppercased() + name.dropFirst(), text: text)
    }

    private func error(in message: EventStreamMessage) -> ChatFailure {
        failure(code: message.string(":error-code") ?? "", text: message.string(":error-message") ?? "")
    }

    private func failure(code: String, text: String) -> ChatFailure {
        ChatFailure(
            AWSServiceError(
                status: BedrockErrorKind(code: code)?.status ?? 500, code: code, message: text, requestID: requestID))
    }

    private func unreadable(_ detail: String) -> ChatFailure {
        ChatFailure(.modelError, detail: detail, upstreamRequestID: requestID)
    }
}

// MARK: - Values

extension StopReason {
    /// Source: Amazon Bedrock API Reference, MessageStopEvent, `stopReason`.
    fileprivate init(converse reason: String) {
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
    fileprivate init?(converse value: JSONValue?) {
        guard let input = value?["inputTokens"]?.integer, let output = value?["outputTokens"]?.integer, input >= 0,
            output >= 0
        else { return nil }
        self.init(
            input: input, output: output, cacheRead: max(value?["cacheReadInputTokens"]?.integer ?? 0, 0),
            cacheWrite: max(value?["cacheWriteInputTokens"]?.integer ?? 0, 0))
    }
}
