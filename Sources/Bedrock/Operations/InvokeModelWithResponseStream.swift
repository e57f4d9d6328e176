import AWSClient
package import ChatEvents
package import EventStreamCoding
import JSONCoding

extension BedrockClient {
    /// Calls a model in its own format and passes its answer on while it comes.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - requestID: The id that all logs of this request carry.
    ///   - deliver: Takes the chunks in order, each a whole text in the model's own format; all that arrived together
    ///     in one batch.
    /// - Throws: ``ChatFailure``, `CancellationError`, or what `deliver` throws.
    package func invokeModelWithResponseStream(
        _ request: InvokeModelRequest, requestID: String, deliver: ([[UInt8]]) async throws -> Void
    ) async throws {
        var attempts = makeAttempts()
        try await stream(
            request.awsRequest("invoke-with-response-stream", acceptHeader: "x-amzn-bedrock-accept"),
            requestID: requestID, attempts: &attempts, decoder: InvokeStreamDecoder.self, deliver: deliver)
    }
}

extension InvokeStreamDecoder: StreamDecoder {
    init(_ thoughts: ThoughtSource, requestID: String?) { self.init(requestID: requestID) }

    /// The end of the chunks is the model's own business.
    func finish() throws(ChatFailure) {}
}

/// Turns the messages of an InvokeModelWithResponseStream answer into the model's own chunks.
///
/// Source: Amazon Bedrock API Reference, ResponseStream, PayloadPart.
package struct InvokeStreamDecoder: Sendable {
    private let requestID: String?

    /// Makes a decoder for one answer.
    ///
    /// - Parameter requestID: The service's id of the request, for the failures.
    package init(requestID: String? = nil) { self.requestID = requestID }

    /// Adds the chunk of a message; events of an unknown type are passed over.
    ///
    /// - Throws: ``ChatFailure`` for a failure that the service reports in the stream, and for a message that cannot
    ///   be read.
    package func decode(_ frame: EventStreamFrame, into chunks: inout [[UInt8]]) throws(ChatFailure) {
        guard frame.messageType == "event" else {
            if let failure = ChatFailure(in: frame.message, requestID: requestID) { throw failure }
            return
        }
        guard frame.eventType == "chunk" else { return }
        guard let payload = try? JSONParser.parse(frame.payload.assumingMemoryBound(to: UInt8.self)),
            let bytes = payload["bytes"]?.string, let chunk = Base64.decode(bytes)
        else {
            throw ChatFailure(
                .modelError, detail: "a chunk of the answer's stream is not readable", upstreamRequestID: requestID)
        }
        chunks.append(chunk)
    }
}
