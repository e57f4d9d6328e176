package import AsyncHTTPClient
package import NIOCore

/// The way over which requests go: an HTTP client, or in a test a function.
package struct HTTPTransport: Sendable {
    private let send: @Sendable (HTTPClientRequest, NIODeadline) async throws -> HTTPClientResponse

    /// Makes a way over a client, which whoever made it shuts down.
    package init(_ client: HTTPClient) {
        send = { request, deadline in try await client.execute(request, deadline: deadline) }
    }

    /// Makes a way over a function that gives the answer to a request, or throws what a client would.
    package init(_ send: @escaping @Sendable (HTTPClientRequest, NIODeadline) async throws -> HTTPClientResponse) {
        self.send = send
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

/// Runs something and gives up on it after a while.
///
/// - Throws: ``AWSTransportError`` with the code `timedOut` after that while, or what the body throws.
func withTimeLimit<Value: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        guard let value = try await group.next() ?? nil else {
            throw AWSTransportError(.timedOut, message: "nothing came for \(limit)")
        }
        return value
    }
}
