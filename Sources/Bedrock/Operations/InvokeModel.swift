import AWSClient
import ChatEvents
package import JSONCoding

/// A request in a model's own format.
///
/// Source: Amazon Bedrock API Reference, InvokeModel, URI request parameters.
package struct InvokeModelRequest: Hashable, Sendable {
    /// The id of a model or of an inference profile, or an ARN.
    package var modelID: String
    /// What the model takes, usually JSON; it goes out as it is.
    package var body: [UInt8]
    /// What `body` is.
    package var contentType: String
    /// What the answer is to be.
    package var accept: String
    /// The guardrail that watches the call; see ``GuardrailAction`` for what it did.
    package var guardrail: GuardrailReference?
    /// The longest answer that is read, in bytes.
    package var answerLimitInBytes = BedrockClient.answerLimitInBytes

    /// A request.
    package init(
        modelID: String, body: [UInt8], contentType: String = "application/json", accept: String = "application/json",
        guardrail: GuardrailReference? = nil
    ) {
        self.modelID = modelID
        self.body = body
        self.contentType = contentType
        self.accept = accept
        self.guardrail = guardrail
    }

    /// The request as it goes out.
    ///
    /// - Parameters:
    ///   - operation: The last segment of the operation's path.
    ///   - acceptHeader: The header that says what the answer is to be; streams have one of their own.
    /// - Returns: The request, before it is signed.
    func awsRequest(_ operation: String, acceptHeader: String) -> AWSRequest {
        var headers = [(name: "content-type", value: contentType), (name: acceptHeader, value: accept)]
        if let guardrail {
            headers.append((name: "x-amzn-bedrock-guardrailidentifier", value: guardrail.id))
            headers.append((name: "x-amzn-bedrock-guardrailversion", value: guardrail.version))
        }
        return AWSRequest(
            method: "POST", path: BedrockClient.path(of: operation, on: modelID), headers: headers, body: body)
    }
}

/// The answer of a model in its own format.
package struct InvokeModelResponse: Hashable, Sendable {
    package let body: [UInt8]
    /// What `body` is; nil when the service did not say.
    package let contentType: String?
    /// The service's id of the request.
    package let requestID: String?
    /// The tokens as the service counted them; nil where it did not.
    package let inputTokens: Int?
    package let outputTokens: Int?
}

/// What a guardrail did with a call in a model's own format, which is answered with status 200 all the same.
///
/// Source: Amazon Bedrock User Guide, "Include a guardrail configuration with the InvokeModel API".
package enum GuardrailAction: String, Hashable, Sendable {
    /// It let the call pass.
    case passed = "NONE"
    /// It put words of its own in the place of the prompt or of the answer: there is no picture, and no text of the
    /// model.
    case intervened = "INTERVENED"

    /// The action that an answer tells, or a chunk of a streamed one; nil where none watched, or nothing is said.
    package init?(in answer: JSONValue) {
        guard let action = answer["amazon-bedrock-guardrailAction"]?.string.flatMap(Self.init(rawValue:)) else {
            return nil
        }
        self = action
    }
}

extension BedrockClient {
    /// Calls a model in its own format and waits for its whole answer.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - requestID: The id that all logs of this request carry.
    ///   - retryDeadline: When no retry may begin any more; nil when the caller's task is the only end.
    ///   - answerDeadline: When the answer must be there whole; nil when the caller's task is its only end.
    /// - Returns: The answer; its status was 200, which says nothing of what the model means by it.
    /// - Throws: ``ChatFailure``, of the kind `contentFiltered` where the request's guardrail intervened;
    ///   `CancellationError`.
    package func invokeModel(
        _ request: InvokeModelRequest, requestID: String, retryDeadline: ContinuousClock.Instant? = nil,
        answerDeadline: ContinuousClock.Instant? = nil
    ) async throws -> InvokeModelResponse {
        var attempts = makeAttempts(until: retryDeadline)
        let response = try await send(
            request.awsRequest("invoke", acceptHeader: "accept"), requestID: requestID, attempts: &attempts)
        let body = try await body(of: response, limitInBytes: request.answerLimitInBytes, deadline: answerDeadline)
        if request.guardrail != nil { try Self.checkGuardrail(of: body, requestID: response.requestID) }
        return InvokeModelResponse(
            body: body, contentType: response.header("content-type"),
            requestID: response.requestID,
            inputTokens: response.header("x-amzn-bedrock-input-token-count").flatMap { Int($0) },
            outputTokens: response.header("x-amzn-bedrock-output-token-count").flatMap { Int($0) })
    }

    /// A guardrail that intervenes says so in the answer, in place of what the model would have said.
    ///
    /// Source: Amazon Bedrock User Guide, "Use guardrails with the InvokeModel operation": a response with a guardrail
    /// holds `amazon-bedrock-guardrailAction`.
    private static func checkGuardrail(of body: [UInt8], requestID: String?) throws(ChatFailure) {
        guard let answer = try? JSONParser.parse(body), GuardrailAction(in: answer) == .intervened else { return }
        throw ChatFailure(.contentFiltered, detail: "the guardrail intervened", upstreamRequestID: requestID)
    }
}
