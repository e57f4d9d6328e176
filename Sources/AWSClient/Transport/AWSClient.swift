import AWSSigning
package import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import WallClock

/// Sends signed requests to AWS.
///
/// It owns nothing: whoever made the HTTP client shuts it down. Copies share the derived signing keys.
package struct AWSClient: Sendable {
    private let httpClient: HTTPClient
    private let credentials: any AWSCredentialProvider
    private let clock: WallClock
    private let userAgent: String
    private let signingKeys = SigningKeyCache()

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - httpClient: Makes and keeps the connections; see ``makeHTTPClient(_:eventLoopGroup:)``.
    ///   - credentials: Asked before every attempt.
    ///   - clock: The time of the signatures; a service refuses one that is five minutes off.
    ///   - userAgent: How the client names itself.
    package init(
        httpClient: HTTPClient, credentials: any AWSCredentialProvider, clock: WallClock = .system,
        userAgent: String = "botctl"
    ) {
        self.httpClient = httpClient
        self.credentials = credentials
        self.clock = clock
        self.userAgent = userAgent
    }

    /// Sends a request and waits for the head of the answer, whatever its status.
    ///
    /// There is no deadline: the caller knows how long a model may think, and cancels its task. Cancelling closes the
    /// connection.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - endpoint: Where it is sent to.
    ///   - service: Which service that is, for the signature.
    ///   - region: The region of the signature.
    /// - Returns: The answer; its body must be read to the end, or else the connection is not used again.
    /// - Throws: ``AWSCredentialError``, ``AWSTransportError``, `CancellationError`.
    package func send(
        _ request: AWSRequest, to endpoint: AWSEndpoint, service: AWSService, region: String
    ) async throws -> AWSResponse {
        let invocation = Invocation(id: InvocationID(), attempt: 1, attempts: 1)
        return try await attempt(request, invocation, to: endpoint, service: service, region: region)
    }

    /// Sends a request once, signed for this moment.
    private func attempt(
        _ request: AWSRequest, _ invocation: Invocation, to endpoint: AWSEndpoint, service: AWSService, region: String
    ) async throws -> AWSResponse {
        let keys = try await credentials.credentials()
        let signer = RequestSigner(credentials: keys, region: region, service: service.signingName, keys: signingKeys)
        var headers = [(name: "host", value: endpoint.hostHeader)] + request.headers
        headers += signer.headers(
            signing: SigningRequest(
                method: request.method, target: endpoint.target(of: request.path), headers: headers,
                bodyHash: sha256Hex(request.body)),
            at: clock.now())
        headers += [
            (name: "user-agent", value: userAgent),
            (name: "amz-sdk-invocation-id", value: invocation.id.text),
            (name: "amz-sdk-request", value: "attempt=\(invocation.attempt); max=\(invocation.attempts)"),
        ]

        var httpRequest = HTTPClientRequest(url: endpoint.url(of: request.path))
        httpRequest.method = HTTPMethod(rawValue: request.method)
        httpRequest.headers = HTTPHeaders(headers)
        if !request.body.isEmpty { httpRequest.body = .bytes(ByteBuffer(bytes: request.body)) }
        do {
            let response = try await httpClient.execute(httpRequest, deadline: .distantFuture)
            return AWSResponse(
                status: Int(response.status.code), headers: response.headers, body: AWSResponseBody(response.body))
        } catch {
            try Task.checkCancellation()
            throw AWSTransportError(.unanswered, cause: error)
        }
    }

    /// Which try of which request this is, as told to the service.
    private struct Invocation {
        let id: InvocationID
        let attempt: Int
        let attempts: Int
    }
}
