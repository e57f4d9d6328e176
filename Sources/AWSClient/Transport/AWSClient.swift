import AWSSigning
package import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import Secrets
import ServiceConnections
package import WallClock

/// Sends signed requests to AWS.
///
/// It owns nothing: whoever made the HTTP client shuts it down. Copies share the derived signing keys, the quota of
/// retries for each endpoint, and what is known of the services' clocks.
package struct AWSClient: Sendable {
    private let transport: HTTPTransport
    private var credentials: any AWSCredentialProvider
    private var bearerToken: RotatingSecret?
    private let clock: WallClock
    private let userAgent: String
    private let retryPolicy: RetryPolicy
    private let attemptLimit: Int
    private let pauses: RetryPauses
    private let signingKeys = SigningKeyCache()
    private var quotas = RetryQuotas()
    private let clockOffsets = ClockOffsets()

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
        self.init(
            transport: HTTPTransport(httpClient), credentials: credentials, clock: clock, userAgent: userAgent)
    }

    /// Makes a client over any transport.
    ///
    /// - Parameters:
    ///   - transport: Sends the requests.
    ///   - credentials: Asked before every attempt.
    ///   - bearerToken: A Bedrock API key. Where there is one, requests to Bedrock carry it in place of a signature, and
    ///     no credentials are asked for; other services do not take it.
    ///   - clock: The time of the signatures.
    ///   - userAgent: How the client names itself.
    ///   - retryPolicy: When a failed request is sent again.
    ///   - attemptLimit: How often a request is tried in all where its sender does not say.
    ///   - pauses: How time passes between attempts.
    package init(
        transport: HTTPTransport, credentials: any AWSCredentialProvider, bearerToken: RotatingSecret? = nil,
        clock: WallClock = .system, userAgent: String = "botctl", retryPolicy: RetryPolicy = RetryPolicy(),
        attemptLimit: Int = RetryAttempts.standardLimit, pauses: RetryPauses = .system
    ) {
        self.transport = transport
        self.credentials = credentials
        self.bearerToken = bearerToken
        self.clock = clock
        self.userAgent = userAgent
        self.retryPolicy = retryPolicy
        self.attemptLimit = attemptLimit
        self.pauses = pauses
    }

    /// Whether requests to Bedrock carry an API key, which anybody on the way can read where nothing is encrypted.
    package var sendsBedrockKey: Bool { bearerToken != nil }

    /// The same client with other credentials and a quota of retries of its own.
    ///
    /// - Parameters:
    ///   - credentials: Asked before every attempt.
    ///   - bearerToken: A Bedrock API key that goes with them.
    /// - Returns: The client.
    package func authorized(
        by credentials: any AWSCredentialProvider, bearerToken: RotatingSecret? = nil
    ) -> AWSClient {
        var copy = self
        copy.credentials = credentials
        copy.bearerToken = bearerToken
        copy.quotas = RetryQuotas()
        return copy
    }

    /// Makes sure that there are credentials that sign requests, without sending one.
    ///
    /// - Throws: ``AWSCredentialError``, `CancellationError`.
    package func checkCredentials() async throws { _ = try await credentials.credentials() }

    /// The attempts of a call that begins now.
    ///
    /// - Parameters:
    ///   - limit: How many there may be in all; 1 means no retry, nil as many as the client has for all its calls.
    ///   - endpoint: Where the requests go; all calls to one endpoint share a quota of retries.
    ///   - deadline: When the caller's patience ends: no retry begins after it, and no head of an answer is waited for.
    /// - Returns: The attempts, the first of which has begun.
    package func makeAttempts(
        limit: Int? = nil, to endpoint: AWSEndpoint, deadline: ContinuousClock.Instant? = nil
    ) -> RetryAttempts {
        RetryAttempts(
            limit: limit ?? attemptLimit, deadline: deadline, policy: retryPolicy, quota: quotas.quota(for: endpoint),
            pauses: pauses)
    }

    /// Sends a request once and waits for the head of the answer, whatever its status.
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
        var attempts = makeAttempts(limit: 1, to: endpoint)
        return try await send(request, to: endpoint, service: service, region: region, attempts: &attempts)
    }

    /// Sends a request, again where that may help, and waits for the head of the answer, whatever its status.
    ///
    /// Failures of the way, of the service and of throttling are tried again as the attempts allow; so are, once and
    /// without a wait, keys that have expired, an API key that was changed, and a signature whose time was off. An error's body has been read by
    /// then; that of a success has not.
    ///
    /// - Parameters:
    ///   - request: What is sent; signed anew for each attempt.
    ///   - endpoint: Where it is sent to.
    ///   - service: Which service that is, for the signature.
    ///   - region: The region of the signature.
    ///   - attempts: The attempts of the call, from ``makeAttempts(limit:to:deadline:)``.
    /// - Returns: The answer; the body of a success must be read to the end, or else the connection is not used again.
    /// - Throws: ``AWSCredentialError``, ``AWSTransportError``, `CancellationError`.
    package func send(
        _ request: AWSRequest, to endpoint: AWSEndpoint, service: AWSService, region: String,
        attempts: inout RetryAttempts
    ) async throws -> AWSResponse {
        let scope = SigningScope(endpoint: endpoint, service: service, region: endpoint.signingRegion ?? region)
        while true {
            do {
                let authorization = try await authorization(of: request, for: service)
                let sent = clock.now()
                let response = try await attempt(request, attempts, authorization, scope)
                guard response.status >= 400 else {
                    attempts.succeed()
                    return response
                }
                let (error, failure) = try await response.readFailure()
                if try await isRepaired(error, of: failure, authorization, sentAt: sent, scope), attempts.retryAtOnce()
                {
                    continue
                }
                let hint = RetryAfterHint(failure, at: clock.now())
                guard try await attempts.waitToRetry(after: RetryKind(error), hint: hint) else { return failure }
            } catch let error as AWSTransportError {
                guard try await attempts.waitToRetry(after: RetryKind(error)) else { throw error }
            }
        }
    }
}

// MARK: - One attempt

extension AWSClient {
    private enum Authorization {
        case none
        case bearer(Secret)
        case keys(SigningCredentials)
    }

    private struct SigningScope {
        let endpoint: AWSEndpoint
        let service: AWSService
        let region: String
    }

    private func authorization(of request: AWSRequest, for service: AWSService) async throws -> Authorization {
        switch request.authorization {
        case .anonymous: return .none
        case .signed:
            // Source: Amazon Bedrock User Guide, "Use an Amazon Bedrock API key": it comes before any other credentials.
            if let bearerToken, service.signingName == AWSService.bedrockRuntime.signingName {
                return .bearer(await bearerToken.value())
            }
            return .keys(try await credentials.credentials())
        }
    }

    private func attempt(
        _ request: AWSRequest, _ attempts: RetryAttempts, _ authorization: Authorization, _ scope: SigningScope
    ) async throws -> AWSResponse {
        var headers = [(name: "host", value: scope.endpoint.hostHeader)] + request.headers
        switch authorization {
        case .none: break
        case .bearer(let token): headers.append((name: "authorization", value: "Bearer \(token.reveal())"))
        case .keys(let keys):
            let signer = RequestSigner(
                credentials: keys, region: scope.region, service: scope.service.signingName, keys: signingKeys)
            headers += signer.headers(
                signing: SigningRequest(
                    method: request.method, target: scope.endpoint.target(of: request.path), headers: headers,
                    bodyHash: sha256Hex(request.body)),
                at: clock.now().advanced(by: clockOffsets.offset(of: scope.endpoint).value))
        }
        headers += [
            (name: "user-agent", value: userAgent),
            (name: "amz-sdk-invocation-id", value: attempts.invocation.text),
            (name: "amz-sdk-request", value: "attempt=\(attempts.count); max=\(attempts.limit)"),
        ]
        let signed = ServiceRequest(
            HTTPMethod(rawValue: request.method), scope.endpoint.target(of: request.path),
            headers: HTTPHeaders(headers), body: ByteBuffer(bytes: request.body))
        let timeouts = [request.responseTimeout, attempts.timeLeft].compactMap(\.self)
        return try await transport.send(signed, to: scope.endpoint, timeout: timeouts.min())
    }

    private static let expiredKeyCodes: Set<String> = ["ExpiredToken", "ExpiredTokenException"]

    /// Mends what an error says is wrong with the request's signature.
    ///
    /// - Returns: Whether another attempt has a better chance.
    private func isRepaired(
        _ error: AWSServiceError, of response: AWSResponse, _ authorization: Authorization, sentAt sent: Timestamp,
        _ scope: SigningScope
    ) async throws -> Bool {
        let keys: SigningCredentials
        switch authorization {
        case .none: return false
        case .bearer(let token):
            // Source: Amazon Bedrock User Guide, "Use an Amazon Bedrock API key": it is refused as access is.
            guard [401, 403].contains(response.status) else { return false }
            return await bearerToken?.replacement(of: token) != nil
        case .keys(let given): keys = given
        }
        if let code = error.code, Self.expiredKeyCodes.contains(code) {
            await credentials.invalidate(keys)
            return (try? await credentials.credentials()).map { $0 != keys } ?? false
        }
        return clockOffsets.offset(of: scope.endpoint).isCorrected(
            by: error, date: response.header("date"), sent: sent, received: clock.now())
    }
}

// MARK: - Presigning

extension AWSClient {
    /// A URL that carries its signature in its query, for a request without a body.
    ///
    /// - Throws: ``AWSCredentialError``, `CancellationError`.
    func presignedURL(
        _ method: String, _ path: String, endpoint: AWSEndpoint, service: AWSService, region: String,
        expiresIn seconds: Int
    ) async throws -> String {
        let signer = RequestSigner(
            credentials: try await credentials.credentials(), region: region, service: service.signingName,
            keys: signingKeys)
        let request = SigningRequest(
            method: method, target: endpoint.target(of: path), headers: [(name: "host", value: endpoint.hostHeader)],
            bodyHash: SigningRequest.unsignedPayload)
        let target = signer.target(
            presigning: request, at: clock.now().advanced(by: clockOffsets.offset(of: endpoint).value),
            expiresIn: seconds)
        return "\(endpoint.scheme.rawValue)://\(endpoint.hostHeader)\(target)"
    }
}

extension RetryAfterHint {
    /// Reads the headers of an answer.
    fileprivate init(_ response: AWSResponse, at now: Timestamp) {
        self.init(aws: response.header("x-amz-retry-after"), http: response.header("retry-after")) { text in
            HTTPDate.timestamp(text).map { Int($0.since(now).components.seconds) }
        }
    }
}

extension AWSClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The client holds secrets, and descriptions end up in logs.
    package var description: String { "AWSClient" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
