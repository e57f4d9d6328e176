package import AsyncHTTPClient
package import NIOCore
import NIOHTTP1
package import ServiceConnections

/// The way over which requests go: an HTTP client, or in a test a function.
package struct HTTPTransport: Sendable {
    private let send: @Sendable (HTTPClientRequest, NIODeadline) async throws -> HTTPClientResponse
    /// What calls of services go over; nil where the client serves for them, too.
    private let connections: ConnectionPool?

    /// Makes a way over a client, which whoever made it shuts down.
    ///
    /// - Parameters:
    ///   - client: Sends whatever is asked for by a URL.
    ///   - connections: What the calls of services go over, which are many and answer in streams; nil for the client.
    package init(_ client: HTTPClient, connections: ConnectionPool? = nil) {
        send = { request, deadline in try await client.execute(request, deadline: deadline) }
        self.connections = connections
    }

    /// Makes a way over a function that gives the answer to a request, or throws what a client would.
    package init(_ send: @escaping @Sendable (HTTPClientRequest, NIODeadline) async throws -> HTTPClientResponse) {
        self.send = send
        connections = nil
    }

    /// Sends a request to a service and waits for the head of the answer.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - endpoint: Where it goes.
    ///   - timeout: How long the head may take; nil for as long as the caller's task lives.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``AWSTransportError``, `CancellationError`.
    func send(_ request: ServiceRequest, to endpoint: AWSEndpoint, timeout: Duration?) async throws -> AWSResponse {
        guard let connections else {
            var copy = HTTPClientRequest(url: "\(endpoint.scheme.rawValue)://\(endpoint.hostHeader)\(request.target)")
            copy.method = request.method
            copy.headers = request.headers
            if request.body.readableBytes > 0 { copy.body = .bytes(request.body) }
            return AWSResponse(try await execute(copy, timeout: timeout))
        }
        do {
            return AWSResponse(try await connections.send(request, to: endpoint.origin, timeout: timeout))
        } catch {
            try Task.checkCancellation()
            throw AWSTransportError(unanswered: error)
        }
    }

    /// Sends a request and waits for the head of the answer.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - timeout: How long the head may take; nil for as long as the caller's task lives.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``AWSTransportError``, `CancellationError`.
    func execute(_ request: HTTPClientRequest, timeout: Duration?) async throws -> HTTPClientResponse {
        do {
            return try await send(request, timeout.map { .now() + TimeAmount($0) } ?? .distantFuture)
        } catch {
            try Task.checkCancellation()
            throw AWSTransportError(unanswered: error)
        }
    }
}
