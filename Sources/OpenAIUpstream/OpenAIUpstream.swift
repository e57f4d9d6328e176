package import AWSClient
package import ChatEvents
package import JSONCoding
package import Logging
import OpenAIProtocol
package import Secrets

/// A model behind an OpenAI-compatible chat completions endpoint.
///
/// It has no deadlines and no limit on requests at a time: both belong to the bot, who cancels the task.
package struct OpenAIUpstream: ChatUpstream {
    /// Where a model is found, and how it is asked.
    package struct Configuration: Sendable {
        /// The URL before `/chat/completions`, without a slash at its end.
        package var baseURL: String
        /// Sent as a bearer token; nil for services without keys.
        package var apiKey: RotatingSecret?
        /// The model's id at the service.
        package var model: String
        package var traits: OpenAIModelTraits
        /// How many times in all a request is sent.
        package var maxAttempts: Int

        package init(
            baseURL: String, apiKey: RotatingSecret?, model: String, traits: OpenAIModelTraits = OpenAIModelTraits(),
            maxAttempts: Int = 3
        ) {
            self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
            self.apiKey = apiKey
            self.model = model
            self.traits = traits
            self.maxAttempts = maxAttempts
        }
    }

    /// The largest request that is sent, in bytes.
    package static let requestLimitInBytes = 25_000_000

    private let configuration: Configuration
    private let transport: HTTPTransport
    private let policy: RetryPolicy
    private let quota = RetryQuota()
    private let pauses: RetryPauses
    private let logger: Logger

    /// Makes the way to a model.
    ///
    /// - Parameters:
    ///   - configuration: The model.
    ///   - transport: Sends; shared by all models.
    ///   - policy: When a request is sent again.
    ///   - pauses: How time passes between attempts.
    ///   - logger: Gets the service's id of each request, at debug level.
    package init(
        _ configuration: Configuration, transport: HTTPTransport, policy: RetryPolicy = RetryPolicy(),
        pauses: RetryPauses = .system, logger: Logger = Logger(label: "botctl.openai")
    ) {
        self.configuration = configuration
        self.transport = transport
        self.policy = policy
        self.pauses = pauses
        self.logger = logger
    }

    package func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        let body = try self.body(of: request).encoded()
        guard body.count <= Self.requestLimitInBytes else {
            throw ChatFailure(
                .inputTooLong, detail: "the request has \(body.count) bytes, more than \(Self.requestLimitInBytes)")
        }
        var attempts = RetryAttempts(
            limit: configuration.maxAttempts, deadline: nil, policy: policy, quota: quota, pauses: pauses)
        var hasDelivered = false
        var hasReplacedKey = false
        while true {
            let key = await configuration.apiKey?.value()
            do {
                try await attempt(body, key: key, requestID: requestID) { events in
                    hasDelivered = true
                    try await deliver(events)
                }
                attempts.succeed()
                return
            } catch let failure as OpenAIFailure {
                // Once something has reached the user, another answer would only confuse.
                guard !hasDelivered else { throw failure.failure(without: key) }
                if failure.isOfKey, !hasReplacedKey, let key,
                    await configuration.apiKey?.replacement(of: key) != nil
                {
                    hasReplacedKey = true
                    continue
                }
                guard try await attempts.waitToRetry(after: failure.retry, hint: failure.hint) else {
                    throw failure.failure(without: key)
                }
            }
        }
    }

    private func attempt(
        _ body: [UInt8], key: Secret?, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        do {
            let response = try await transport.send(
                "POST", url, headers: headers(key: key, requestID: requestID), body: body)
            logger.debug(
                "upstream answered",
                metadata: [
                    "request.id": "\(requestID)", "upstream.status": "\(response.status)",
                    "upstream.request_id": "\(response.header("x-request-id") ?? "")",
                ])
            guard response.status == 200 else { throw try await OpenAIFailure(reading: response) }
            try await CompletionReader(response).read(deliver: deliver)
        } catch let error as AWSTransportError {
            throw OpenAIFailure(error)
        }
    }

    private var url: String { configuration.baseURL + "/chat/completions" }

    private func headers(key: Secret?, requestID: String) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = [
            ("content-type", "application/json"), ("accept", "text/event-stream"), ("x-client-request-id", requestID),
            ("user-agent", "botctl"),
        ]
        if let key { headers.append(("authorization", "Bearer \(key.reveal())")) }
        return headers
    }

    private func body(of request: ChatRequest) throws(ChatFailure) -> JSONValue {
        try ChatCompletionRequest(request, model: configuration.model, traits: configuration.traits)
            .json(lengthKey: configuration.traits.lengthKey)
    }
}

// MARK: - Showing a request

extension OpenAIUpstream {
    /// A request as it would be sent, but for its key.
    package struct ExampleRequest: Hashable, Sendable {
        package let method: String
        package let url: String
        package let body: JSONValue
    }

    /// What would be sent to the service for a chat request; nothing is sent.
    package func exampleRequest(for request: ChatRequest) -> ExampleRequest {
        ExampleRequest(method: "POST", url: url, body: (try? body(of: request)) ?? .null)
    }
}
