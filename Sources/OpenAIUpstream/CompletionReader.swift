import AWSClient
import ChatEvents
import JSONCoding
import NIOCore
import OpenAIProtocol
import ServerSentEvents

/// Reads the answer to a request that asked for a stream, whatever the service made of that.
struct CompletionReader {
    private let response: AWSResponse
    private let requestID: String?

    /// Far above what a service sends in one event, far below what would hurt.
    private static let eventLimitInBytes = 4_194_304
    private static let wholeLimitInBytes = 33_554_432
    private static let wholeTimeout = Duration.seconds(600)

    init(_ response: AWSResponse) {
        self.response = response
        requestID = response.header("x-request-id")
    }

    /// Reads to the end.
    ///
    /// - Throws: ``OpenAIFailure``, `CancellationError`, ``AWSTransportError``, or what `deliver` throws.
    func read(deliver: ([ChatEvent]) async throws -> Void) async throws {
        let type = response.header("content-type")?.lowercased() ?? "text/event-stream"
        if type.hasPrefix("text/event-stream") {
            try await readStream(deliver: deliver)
        } else if type.hasPrefix("application/json") {
            try await readWhole(deliver: deliver)
        } else {
            throw OpenAIFailure(
                failure("the answer is neither a stream nor JSON but \(String(type.prefix(100)).debugDescription)"))
        }
    }

    private func readStream(deliver: ([ChatEvent]) async throws -> Void) async throws {
        var parser = ServerSentEventParser(byteLimit: Self.eventLimitInBytes)
        var answer = CompletionStreamDecoder(requestID: requestID)
        do {
            try await readBatches(into: &parser, &answer, deliver: deliver)
        } catch is EndOfStream {
            // Some servers keep the body open after the end that they announced.
        }
        var events: [ChatEvent] = []
        do throws(ChatFailure) { try answer.finish(into: &events) } catch { throw OpenAIFailure(error) }
        if !events.isEmpty { try await deliver(events) }
    }

    /// The stream has said that nothing follows.
    private struct EndOfStream: Error {}

    private func readBatches(
        into parser: inout ServerSentEventParser, _ answer: inout CompletionStreamDecoder,
        deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        try await response.body.forEachBatch { bytes in
            bytes.withUnsafeReadableBytes { parser.append($0) }
            var events: [ChatEvent] = []
            var broken: ChatFailure?
            do {
                while let event = try parser.next() { try answer.decode(event.data, into: &events) }
            } catch let error as ChatFailure {
                broken = error
            } catch {
                broken = failure("\(error)")
            }
            // What came before a failure is part of the answer.
            if !events.isEmpty { try await deliver(events) }
            if let broken { throw OpenAIFailure(broken) }
            if answer.isDone { throw EndOfStream() }
        }
    }

    /// A service that cannot stream answers in one piece.
    private func readWhole(deliver: ([ChatEvent]) async throws -> Void) async throws {
        let bytes = try await response.readBody(limitInBytes: Self.wholeLimitInBytes, timeout: Self.wholeTimeout)
        guard let value = try? JSONParser.parse(bytes) else {
            throw OpenAIFailure(failure("the answer says that it is JSON and is not"))
        }
        guard let completion = ChatCompletion(value) else {
            throw OpenAIFailure(
                OpenAIError(value).map { ChatFailure($0, status: 500, requestID: requestID) }
                    ?? failure("the answer holds no completion"))
        }
        try await deliver(completion.events)
    }

    private func failure(_ detail: String) -> ChatFailure {
        ChatFailure(.modelError, detail: detail, upstreamStatus: response.status, upstreamRequestID: requestID)
    }
}

extension ChatCompletion {
    /// The events that a stream of the same answer would have.
    fileprivate var events: [ChatEvent] {
        var events: [ChatEvent] = []
        if let reasoning = message.reasoning, !reasoning.isEmpty { events.append(.reasoning(reasoning)) }
        for case .text(let text) in message.content where !text.isEmpty { events.append(.text(text)) }
        for (index, call) in message.toolCalls.enumerated() {
            events.append(.toolCallStarted(index: index, id: call.id, name: call.name))
            if !call.arguments.isEmpty { events.append(.toolCallInput(index: index, fragment: call.arguments)) }
        }
        events.append(.finished(StopReason(completion: finishReason)))
        if let usage { events.append(.usage(TokenUsage(completion: usage))) }
        return events
    }
}
