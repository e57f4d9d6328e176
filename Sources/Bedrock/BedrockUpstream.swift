import AWSClient
package import ChatEvents
package import JSONCoding
package import Logging

/// A model of Amazon Bedrock, asked through ConverseStream, or through Converse where it cannot stream.
///
/// The patience for the first event is shared out among the regions. Beside it there are no deadlines and no limit on
/// requests at a time: both belong to the bot, who cancels the task.
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
    private let failover: RegionFailover<Route>
    private let traits: ConverseModelTraits
    private let logger: Logger

    /// Makes the way to a model.
    ///
    /// - Parameters:
    ///   - route: Where the model is called.
    ///   - alternatives: Where it is called next, in this order, when a region fails before the first event.
    ///   - patience: How long the first event may take, over all regions; nil when the caller's task is the only end.
    ///   - traits: What the model accepts.
    ///   - logger: Gets what is worth knowing beside the answers.
    package init(
        _ route: Route, alternatives: [Route] = [], patience: Duration? = nil, traits: ConverseModelTraits,
        logger: Logger = Logger(label: "botctl.bedrock")
    ) {
        self.route = route
        failover = RegionFailover(route, then: alternatives, patience: patience)
        self.traits = traits
        self.logger = logger
    }

    package func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        let converse = try ConverseRequest(request, for: traits)
        var hasDelivered = false
        var spent: TokenUsage?
        do {
            try await failover.run { failure, failed, next in
                guard !hasDelivered, RegionFailover<Route>.mayHelp(after: failure) else { return false }
                logger.notice(
                    "upstream region failed; the next one is asked",
                    metadata: [
                        "request.id": "\(requestID)", "upstream.region": "\(failed.client.region)",
                        "upstream.next_region": "\(next.client.region)",
                        "upstream.error": "\(failure.upstreamCode ?? failure.kind.rawValue)",
                    ])
                return true
            } _: { turn in
                try await answer(converse, turn, spent: &spent, requestID: requestID) { batch in
                    hasDelivered = true
                    try await deliver(batch)
                }
            }
        } catch let failure as ChatFailure {
            // What was paid for is told, though nothing came of it.
            if !hasDelivered, let spent { try await deliver([.usage(spent)]) }
            throw failure
        }
    }

    /// Asks one region, once more when the model's first answer was nothing that its own service could read.
    ///
    /// What answers took that nobody saw is in `spent`, and goes into the usage of the one that is delivered.
    private func answer(
        _ request: ConverseRequest, _ turn: RegionFailover<Route>.Turn, spent: inout TokenUsage?, requestID: String,
        deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        var attempts = turn.region.client.makeAttempts(until: turn.deadline)
        var isFirst = true
        while true {
            var opening = AnswerOpening(adding: spent)
            var structured = request.answerTool.map { AnswerFromTool($0) }
            try await ask(request, turn, requestID: requestID, attempts: &attempts) { batch in
                let events = opening.pass(structured?.pass(batch) ?? batch)
                if !events.isEmpty { try await deliver(events) }
            }
            guard opening.isMalformed else { return }
            spent = opening.usage
            guard isFirst, try await attempts.waitToRetry(after: .transient) else {
                throw ChatFailure(.modelError, detail: "the model's answer is malformed and holds nothing else")
            }
            isFirst = false
            logger.notice("upstream answer malformed; asked once more", metadata: ["request.id": "\(requestID)"])
        }
    }

    private func ask(
        _ request: ConverseRequest, _ turn: RegionFailover<Route>.Turn, requestID: String,
        attempts: inout RetryAttempts, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        let thoughts = ThoughtSource(modelID: traits.modelID, areInline: traits.thinksInline)
        let (client, modelID) = (turn.region.client, turn.region.modelID)
        // Whoever waits for the events looks after the last region; a timer here would only repeat that.
        let deadline = turn.isLast ? nil : turn.deadline
        guard request.isStreamed else {
            let answer = try await client.converse(
                request, on: modelID, requestID: requestID, attempts: &attempts, deadline: deadline)
            return try await deliver(answer.events(thoughts: thoughts))
        }
        try await client.converseStream(
            request, on: modelID, requestID: requestID, attempts: &attempts, firstEventBy: deadline,
            thoughts: thoughts, deliver: deliver)
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
