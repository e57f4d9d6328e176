import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension HTTPTransport {
    /// Sends a request as it is, unsigned, for services that are none of the vendor's.
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
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        request.headers = HTTPHeaders(headers.map { ($0.name, $0.value) })
        if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
        return AWSResponse(try await execute(request, timeout: timeout))
    }
}
