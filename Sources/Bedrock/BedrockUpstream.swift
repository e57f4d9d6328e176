package import ChatEvents
package import JSONCoding
package import Logging

/// A model of Amazon Bedrock, asked through ConverseStream, or through Converse where it cannot stream.
///
/// It has no deadlines and no limit on requests at a time: both belong to the bot, who cancels the task.
package struct BedrockUpstream: ChatUpstream {
    /// A region in which the model can be called.
    package struct Route: Sendable {
        /// The runtime of the region.
        package let client: BedrockClient
        /// The id of a model or of an inference profile there, or an ARN.
        package let modelID: String

        /// A route.
        package init(client: BedrockClient, modelID: String) {
            self.client = client
            self.modelID = modelID
        }
    }

    private let route: Route
    private let alternatives: [Route]
    private let traits: ConverseModelTraits
    private let logger: Logger

    /// Makes the way to a model.
    ///
    /// - Parameters:
    ///   - route: Where the model is called.
    ///   - alternatives: Where it is called next, in this order, when a region fails before the first event.
    ///   - traits: What the model accepts.
    ///   - logger: Gets what is worth knowing beside the answers.
    package init(
        _ route: Route, alternatives: [Route] = [], traits: ConverseModelTraits,
        logger: Logger = Logger(label: "botctl.bedrock")
    ) {
        self.route = route
        self.alternatives = alternatives
        self.traits = traits
        self.logger = logger
    }

    package func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        let converse = try ConverseRequest(request, for: traits)
        var hasDelivered = false
        var rest = alternatives[...]
        var route = route
        while true {
            do {
                return try await answer(converse, over: route, requestID: requestID) { batch in
                    hasDelivered = true
                    try await deliver(batch)
                }
            } catch let failure as ChatFailure {
                guard !hasDelivered, failure.isOfItsRegion, let next = rest.popFirst() else { throw failure }
                logger.notice(
                    "upstream region failed; the next one is asked",
                    metadata: [
                        "request.id": "\(requestID)", "upstream.region": "\(route.client.region)",
                        "upstream.next_region": "\(next.client.region)",
                        "upstream.error": "\(failure.upstreamCode ?? failure.kind.rawValue)",
                    ])
                route = next
            }
        }
    }

    /// Asks one region, twice when the model's first answer was nothing that its own service could read.
    private func answer(
        _ request: ConverseRequest, over route: Route, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        var isFirstEvent = true
        do {
            try await ask(request, over: route, requestID: requestID) { batch in
                if isFirstEvent, batch.first == .finished(.malformed) { throw MalformedAnswer() }
                isFirstEvent = false
                try await deliver(batch)
            }
        } catch is MalformedAnswer {
            logger.notice("upstream answer malformed; asked once more", metadata: ["request.id": "\(requestID)"])
            try await ask(request, over: route, requestID: requestID, deliver: deliver)
        }
    }

    private func ask(
        _ request: ConverseRequest, over route: Route, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        let thoughts = ThoughtSource(modelID: traits.modelID, areInline: traits.thinksInline)
        guard request.isStreamed else {
            let answer = try await route.client.converse(request, on: route.modelID, requestID: requestID)
            return try await deliver(answer.events(thoughts: thoughts))
        }
        try await route.client.converseStream(
            request, on: route.modelID, requestID: requestID, thoughts: thoughts, deliver: deliver)
    }

    /// An answer that is nothing but malformed, of which nobody has seen anything.
    private struct MalformedAnswer: Error {}
}

extension ChatFailure {
    /// Whether the same request may work in another region.
    fileprivate var isOfItsRegion: Bool {
        switch kind {
        case .throttled, .quotaExhausted, .unavailable, .timedOut: true
        default: false
        }
    }
}

// MARK: - Showing a request

extension BedrockUpstream {
    /// A request as it would be sent, but for its signature.
    package struct ExampleRequest: Hashable, Sendable {
        /// The operation's name: `ConverseStream`.
        package let operation: String
        package let method: String
        package let url: String
        package let body: JSONValue
    }

    /// What would be sent to the service for a chat request; nothing is sent.
    ///
    /// - Throws: ``ChatFailure`` for what the model cannot take.
    package func exampleRequest(for request: ChatRequest) throws(ChatFailure) -> ExampleRequest {
        let converse = try ConverseRequest(request, for: traits)
        let path = BedrockClient.path(of: converse.isStreamed ? "converse-stream" : "converse", on: route.modelID)
        return ExampleRequest(
            operation: converse.isStreamed ? "ConverseStream" : "Converse", method: "POST",
            url: route.client.url(of: path), body: converse.body)
    }
}
