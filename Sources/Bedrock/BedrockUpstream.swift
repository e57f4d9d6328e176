package import AWSClient
package import ChatEvents
import EventStreamCoding
package import JSONCoding
package import Logging
import NIOCore

/// A model of Amazon Bedrock, asked through the ConverseStream operation.
///
/// It has no deadlines and no limit on requests at a time: both belong to the bot, who cancels the task.
package struct BedrockUpstream: ChatUpstream {
    /// The largest request that the service takes, in bytes.
    ///
    /// Source: Amazon Bedrock API Reference, InvokeModel, request body.
    package static let requestLimitInBytes = 25_000_000

    private let client: AWSClient
    private let endpoint: AWSEndpoint
    private let region: String
    private let modelID: String
    private let traits: ConverseModelTraits
    private let requestLimitInBytes: Int
    private let logger: Logger

    /// Makes the way to a model.
    ///
    /// - Parameters:
    ///   - client: Signs and sends; shared by all models.
    ///   - endpoint: Where the service is reached.
    ///   - region: The region of the signature.
    ///   - modelID: The id of a model or of an inference profile, or an ARN.
    ///   - traits: What the model accepts.
    ///   - requestLimitInBytes: A larger request is not sent; it fails as a conversation that is too long.
    ///   - logger: Gets the service's id of each request, at debug level.
    package init(
        client: AWSClient, endpoint: AWSEndpoint, region: String, modelID: String, traits: ConverseModelTraits,
        requestLimitInBytes: Int = BedrockUpstream.requestLimitInBytes,
        logger: Logger = Logger(label: "botctl.bedrock")
    ) {
        self.client = client
        self.endpoint = endpoint
        self.region = region
        self.modelID = modelID
        self.traits = traits
        self.requestLimitInBytes = requestLimitInBytes
        self.logger = logger
    }

    package func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        let body = ConverseRequest(request, for: traits).body.encoded()
        guard body.count <= requestLimitInBytes else {
            throw ChatFailure(
                .inputTooLong,
                detail: "the request has \(body.count) bytes; the service takes \(requestLimitInBytes)")
        }
        do {
            let response = try await client.send(
                AWSRequest(
                    method: "POST", path: path, headers: [(name: "content-type", value: "application/json")], body: body
                ),
                to: endpoint, service: .bedrockRuntime, region: region)
            logger.debug(
                "upstream answered",
                metadata: [
                    "request.id": "\(requestID)", "upstream.status": "\(response.status)",
                    "upstream.request_id": "\(response.requestID ?? "")",
                ])
            guard response.status == 200 else { throw ChatFailure(try await response.readError()) }
            do {
                try await read(response, deliver: deliver)
            } catch let error as AWSTransportError {
                throw ChatFailure(error, requestID: response.requestID)
            }
        } catch let error as AWSTransportError {
            throw ChatFailure(error)
        } catch let error as AWSCredentialError {
            throw ChatFailure(error)
        }
    }

    private var path: String { "/model/\(AWSRequest.pathSegment(modelID))/converse-stream" }
}

// MARK: - Reading the answer

extension BedrockUpstream {
    private static let contentType = "application/vnd.amazon.eventstream"
    /// Far above what the service sends in one message, 1,000,000 bytes, and far below what would hurt.
    private static let messageLimits = EventStreamLimits(payloadBytes: 4_194_304)

    private func read(
        _ response: AWSResponse, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        if let type = response.header("content-type"), !type.lowercased().hasPrefix(Self.contentType) {
            throw ChatFailure(
                .modelError, detail: "the answer is no event stream but \(String(type.prefix(100)).debugDescription)",
                upstreamStatus: response.status, upstreamRequestID: response.requestID)
        }
        var messages = EventStreamDecoder(limits: Self.messageLimits)
        var answer = ConverseStreamDecoder(requestID: response.requestID)
        try await response.body.forEachBatch { bytes in
            bytes.withUnsafeReadableBytes { messages.append($0) }
            var events: [ChatEvent] = []
            var failure: ChatFailure?
            do {
                while let message = try messages.next() { try answer.decode(message, into: &events) }
            } catch let error as ChatFailure {
                failure = error
            } catch {
                failure = damaged(error, in: response)
            }
            // What came before a failure is part of the answer.
            if !events.isEmpty { try await deliver(events) }
            if let failure { throw failure }
        }
        do {
            try messages.finish()
        } catch {
            throw damaged(error, in: response)
        }
        try answer.finish()
    }

    private func damaged(_ error: any Error, in response: AWSResponse) -> ChatFailure {
        ChatFailure(.modelError, detail: "\(error)", upstreamRequestID: response.requestID)
    }
}

// MARK: - Showing a request

extension BedrockUpstream {
    /// A request as it would be sent, but for its signature.
    package struct ExampleRequest: Hashable, Sendable {
        package let method: String
        package let url: String
        package let body: JSONValue
    }

    /// What would be sent to the service for a chat request; nothing is sent.
    package func exampleRequest(for request: ChatRequest) -> ExampleRequest {
        ExampleRequest(
            method: "POST", url: endpoint.url(of: path), body: ConverseRequest(request, for: traits).body)
    }
}
