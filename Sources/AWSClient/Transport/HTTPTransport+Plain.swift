import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import ServiceConnections

extension HTTPTransport {
    /// Sends a request unsigned, for services that are none of the vendor's.
    ///
    /// - Parameters:
    ///   - method: The HTTP method.
    ///   - url: Where to.
    ///   - headers: All headers but `host` and those of the body's length.
    ///   - body: The body.
    ///   - timeout: How long the answer's head may take; nil for as long as the caller's task lives.
    /// - Returns: The answer, whatever its status; its body must be read to the end, or else the connection is not used
    ///   again.
    /// - Throws: ``AWSTransportError``, `CancellationError`.
    package func send(
        _ method: String, _ url: String, headers: [(name: String, value: String)], body: [UInt8],
        timeout: Duration? = nil
    ) async throws -> AWSResponse {
        let headers = HTTPHeaders(headers.map { ($0.name, $0.value) })
        // A URL with a query is left to the client.
        if let endpoint = try? AWSEndpoint(parsing: url) {
            var request = ServiceRequest(
                HTTPMethod(rawValue: method), endpoint.pathPrefix.isEmpty ? "/" : endpoint.pathPrefix,
                headers: headers, body: ByteBuffer(bytes: body))
            request.headers.replaceOrAdd(name: "host", value: endpoint.hostHeader)
            return try await send(request, to: endpoint, timeout: timeout)
        }
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        request.headers = headers
        if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
        return AWSResponse(try await execute(request, timeout: timeout))
    }
}
