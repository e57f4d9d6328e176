import AWSClient
import ChatEvents
import EventStreamCoding
import NIOCore

/// Turns the messages of one answer into what its caller is interested in.
protocol StreamDecoder {
    associatedtype Event

    /// Makes a decoder for the answer that the service calls by that id.
    init(_ thoughts: ThoughtSource, requestID: String?)

    /// Adds what a message means; events that were added stand also when the call throws.
    mutating func decode(_ frame: EventStreamFrame, into events: inout [Event]) throws(ChatFailure)

    /// Checks, at the end of the body, that the answer has ended, too.
    func finish() throws(ChatFailure)
}

extension BedrockClient {
    /// Sends a request whose answer is an event stream, again where that may help, and reads it to its end.
    ///
    /// A failure that the stream begins with is one like any other, and so is a connection that is lost there: as long
    /// as nothing has been delivered, the request is sent again as its attempts allow.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - requestID: The id that all logs of this request carry.
    ///   - attempts: How often it may be tried.
    ///   - deadline: When the first event must have come; nil when the caller's task is the only end.
    ///   - decoder: What reads the answer of each attempt.
    ///   - thoughts: What is known of the model's thoughts.
    ///   - deliver: Takes each batch that is not empty, in order.
    /// - Throws: ``ChatFailure``, `CancellationError`, or what `deliver` throws.
    func stream<Decoder: StreamDecoder>(
        _ request: AWSRequest, requestID: String, attempts: inout RetryAttempts,
        firstEventBy deadline: ContinuousClock.Instant? = nil, decoder: Decoder.Type,
        thoughts: ThoughtSource = ThoughtSource(), deliver: ([Decoder.Event]) async throws -> Void
    ) async throws {
        while true {
            let response = try await send(request, requestID: requestID, attempts: &attempts)
            var answer = Decoder(thoughts, requestID: response.requestID)
            var hasDelivered = false
            do {
                return try await EventStreamAnswer(response).read(with: &answer, firstEventBy: deadline) { batch in
                    hasDelivered = true
                    try await deliver(batch)
                }
            } catch let error as AWSTransportError {
                guard !hasDelivered, try await attempts.waitToRetry(after: RetryKind(unseen: error)) else {
                    throw ChatFailure(error, requestID: response.requestID)
                }
            } catch let failure as ChatFailure {
                let kind = RetryKind(status: failure.upstreamStatus ?? 0, code: failure.upstreamCode)
                guard !hasDelivered, try await attempts.waitToRetry(after: kind) else { throw failure }
            }
        }
    }
}

/// An answer that comes as an event stream, read message by message.
struct EventStreamAnswer {
    private static let contentType = "application/vnd.amazon.eventstream"
    /// Far above what the service sends in one message, 1,000,000 bytes, and far below what would hurt.
    private static let messageLimits = EventStreamLimits(payloadBytes: 4_194_304)

    private let response: AWSResponse

    /// An answer of status 200.
    ///
    /// - Throws: ``ChatFailure`` when it is of another type.
    init(_ response: AWSResponse) throws(ChatFailure) {
        self.response = response
        guard let type = response.header("content-type"), !type.lowercased().hasPrefix(Self.contentType) else { return }
        throw ChatFailure(
            .modelError, detail: "the answer is no event stream but \(String(type.prefix(100)).debugDescription)",
            upstreamStatus: response.status, upstreamRequestID: response.requestID)
    }

    /// Reads the stream to its end.
    ///
    /// - Parameters:
    ///   - decoder: Turns messages into events; what it throws is thrown on after the events before it.
    ///   - deadline: When the first event must have come; nil when the caller's task is the only end.
    ///   - deliver: Takes each batch that is not empty, in order.
    /// - Throws: ``ChatFailure``, ``AWSTransportError``, `CancellationError`, or what `deliver` throws.
    func read<Decoder: StreamDecoder>(
        with decoder: inout Decoder, firstEventBy deadline: ContinuousClock.Instant? = nil,
        deliver: ([Decoder.Event]) async throws -> Void
    ) async throws {
        var messages = EventStreamDecoder(limits: Self.messageLimits)
        var hasBegun = false
        try await response.body.forEachBatch(deadline: deadline, hasBegun: { hasBegun }) { bytes in
            var events: [Decoder.Event] = []
            var failure: ChatFailure?
            do {
                try bytes.withUnsafeReadableBytes { bytes in
                    try messages.decode(bytes) { try decoder.decode($0, into: &events) }
                }
            } catch let error as ChatFailure {
                failure = error
            } catch {
                failure = damaged(error)
            }
            // What came before a failure is part of the answer.
            if !events.isEmpty {
                hasBegun = true
                try await deliver(events)
            }
            if let failure { throw failure }
        }
        do {
            try messages.finish()
        } catch {
            throw damaged(error)
        }
        try decoder.finish()
    }

    private func damaged(_ error: any Error) -> ChatFailure {
        ChatFailure(.modelError, detail: "\(error)", upstreamRequestID: response.requestID)
    }
}
