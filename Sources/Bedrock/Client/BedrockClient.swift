package import AWSClient
import JSONCoding
package import Logging
import ChatEvents
import NIOCore

/// The operations of Amazon Bedrock's runtime that bots need, in one region: one file for each in `Operations`.
///
/// It has no deadlines and no limit on requests at a time: both belong to the caller, who cancels the task. Every
/// failure that the service or the way to it reports is thrown as ``ChatFailure``.
package struct BedrockClient: Sendable {
    /// The largest request that the service takes, in bytes.
    ///
    /// Source: Amazon Bedrock API Reference, InvokeModel, request body.
    package static let requestLimitInBytes = 25_000_000
    /// The largest answer that is read whole, in bytes: some pictures in base64.
    package static let answerLimitInBytes = 96 << 20

    /// The region that is asked.
    package let region: String
    let client: AWSClient
    let endpoint: AWSEndpoint
    let requestLimitInBytes: Int
    let attemptLimit: Int?
    let logger: Logger

    /// Makes the way to the runtime of a region.
    ///
    /// - Parameters:
    ///   - client: Signs and sends; shared by all models.
    ///   - endpoint: Where the service is reached.
    ///   - region: The region of the signature.
    ///   - requestLimitInBytes: A larger request is not sent; it fails as a conversation that is too long.
    ///   - attemptLimit: How often a request is tried in all, while nothing of an answer has come; nil as often as the
    ///     client tries all its requests.
    ///   - logger: Gets the service's id of each request, at debug level.
    package init(
        client: AWSClient, endpoint: AWSEndpoint, region: String,
        requestLimitInBytes: Int = BedrockClient.requestLimitInBytes, attemptLimit: Int? = 1,
        logger: Logger = Logger(label: "botctl.bedrock")
    ) {
        self.client = client
        self.endpoint = endpoint
        self.region = region
        self.requestLimitInBytes = requestLimitInBytes
        self.attemptLimit = attemptLimit
        self.logger = logger
    }

    /// The URL of a path, as it would be called.
    package func url(of path: String) -> String { endpoint.url(of: path) }

    /// The path of an operation on a model; the id is one segment of it, whatever it holds.
    package static func path(of operation: String, on modelID: String) -> String {
        "/model/\(AWSRequest.pathSegment(modelID))/\(operation)"
    }
}

// MARK: - Sending

extension BedrockClient {
    /// The attempts of a call that begins now, none of which waits for the head of an answer beyond a deadline.
    package func makeAttempts(until deadline: ContinuousClock.Instant? = nil) -> RetryAttempts {
        client.makeAttempts(limit: attemptLimit, to: endpoint, deadline: deadline)
    }

    /// Sends a request, again where that may help, and checks that its answer is no error.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - requestID: The id that all logs of this request carry.
    ///   - attempts: How often it may be tried.
    /// - Returns: The answer's head, of status 200.
    /// - Throws: ``ChatFailure``, `CancellationError`.
    func send(
        _ request: AWSRequest, requestID: String, attempts: inout RetryAttempts
    ) async throws -> AWSResponse {
        guard request.body.count <= requestLimitInBytes else {
            throw ChatFailure(
                .inputTooLong,
                detail: "the request has \(request.body.count) bytes; the service takes \(requestLimitInBytes)")
        }
        do {
            let response = try await client.send(
                request, to: endpoint, service: .bedrockRuntime, region: region, attempts: &attempts)
            logger.debug(
                "upstream answered",
                metadata: [
                    "request.id": "\(requestID)", "upstream.status": "\(response.status)",
                    "upstream.region": "\(region)", "upstream.request_id": "\(response.requestID ?? "")",
                    "upstream.attempts": "\(attempts.count)",
                ])
            guard response.status == 200 else { throw ChatFailure(try await response.readError()) }
            return response
        } catch let error as AWSTransportError {
            throw ChatFailure(error)
        } catch let error as AWSCredentialError {
            throw ChatFailure(error)
        }
    }

    /// Reads a whole answer.
    ///
    /// - Throws: ``ChatFailure`` when the connection is lost or the answer is longer than the limit,
    ///   `CancellationError`.
    func body(
        of response: AWSResponse, limitInBytes: Int = BedrockClient.answerLimitInBytes,
        deadline: ContinuousClock.Instant? = nil
    ) async throws -> [UInt8] {
        do {
            return try await readAll(of: response, limitInBytes: limitInBytes, deadline: deadline)
        } catch let error as AWSTransportError {
            throw ChatFailure(error, requestID: response.requestID)
        }
    }

    private func readAll(
        of response: AWSResponse, limitInBytes: Int = BedrockClient.answerLimitInBytes,
        deadline: ContinuousClock.Instant? = nil
    ) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await response.body.forEachBatch(deadline: deadline, hasBegun: { false }) { piece in
            guard bytes.count + piece.readableBytes <= limitInBytes else {
                throw ChatFailure(
                    .modelError, detail: "the answer is longer than \(limitInBytes) bytes",
                    upstreamRequestID: response.requestID)
            }
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return bytes
    }

    /// Sends a JSON request and reads a JSON answer.
    func exchange(
        _ method: String, _ path: String, body: JSONValue?, requestID: String
    ) async throws -> (value: JSONValue, requestID: String?) {
        var attempts = makeAttempts()
        return try await exchange(method, path, body: body, requestID: requestID, attempts: &attempts)
    }

    /// Sends a JSON request, again where that may help, and reads a JSON answer.
    ///
    /// An answer that breaks off is asked for again as the attempts allow: nobody has seen anything of it.
    ///
    /// - Parameters:
    ///   - method: The HTTP method.
    ///   - path: The path, percent-encoded.
    ///   - body: The request; nil for one without a body.
    ///   - requestID: The id that all logs of this request carry.
    ///   - attempts: How often it may be tried.
    ///   - deadline: When the answer must be there whole; nil when the caller's task is its only end.
    /// - Returns: The answer, and the service's id of the request.
    /// - Throws: ``ChatFailure``, `CancellationError`.
    func exchange(
        _ method: String, _ path: String, body: JSONValue?, requestID: String, attempts: inout RetryAttempts,
        deadline: ContinuousClock.Instant? = nil
    ) async throws -> (value: JSONValue, requestID: String?) {
        let request = Self.json(method, path, body)
        while true {
            let response = try await send(request, requestID: requestID, attempts: &attempts)
            do {
                let bytes = try await readAll(of: response, deadline: deadline)
                return (try JSONParser.parse(bytes), response.requestID)
            } catch let error as AWSTransportError {
                guard try await attempts.waitToRetry(after: RetryKind(unseen: error)) else {
                    throw ChatFailure(error, requestID: response.requestID)
                }
            } catch let error as JSONError {
                throw ChatFailure(
                    .modelError, detail: "the answer cannot be read: \(error)", upstreamStatus: response.status,
                    upstreamRequestID: response.requestID)
            }
        }
    }

    /// A request with a JSON body, or without one.
    static func json(_ method: String, _ path: String, _ body: JSONValue?) -> AWSRequest {
        guard let body else { return AWSRequest(method: method, path: path) }
        return AWSRequest(
            method: method, path: path, headers: [(name: "content-type", value: "application/json")],
            body: body.encoded())
    }

    /// The failure that an answer is in which something that must be there is not.
    static func incomplete(_ operation: String, lacks member: String, requestID: String?) -> ChatFailure {
        ChatFailure(
            .modelError, detail: "the answer of \(operation) has no readable '\(member)'", upstreamRequestID: requestID)
    }
}
