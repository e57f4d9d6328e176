import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import ServiceConnections
import WallClock

/// The head of a service's answer, and the body as it comes.
package struct AWSResponse: Sendable {
    package let status: Int
    private let headers: HTTPHeaders
    /// Can be read once; when it is dropped unread, the connection is closed.
    package let body: AWSResponseBody

    init(status: Int, headers: HTTPHeaders, body: AWSResponseBody) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(_ response: HTTPClientResponse) {
        self.init(
            status: Int(response.status.code), headers: response.headers, body: AWSResponseBody(response.body))
    }

    init(_ answer: ServiceAnswer) {
        self.init(
            status: Int(answer.head.status.code), headers: answer.head.headers, body: AWSResponseBody(answer.body))
    }

    /// The value of the first header of that name, in whatever case.
    package func header(_ name: String) -> String? { headers.first(name: name) }

    /// The service's id of the request, which its support asks for.
    package var requestID: String? { header("x-amzn-RequestId") ?? header("x-amz-request-id") }

    /// How long the rest of an answer may take that is an error.
    private static let errorBodyTimeout = Duration.seconds(10)

    /// Reads the rest of an answer that is an error.
    ///
    /// At most ``AWSServiceError/bodyLimitInBytes`` are kept; what is longer is no error of the service's own, and its
    /// connection is closed.
    ///
    /// - Returns: The error, as far as it can be told; a body that breaks off or stalls counts as ending there.
    /// - Throws: `CancellationError`.
    package func readError() async throws -> AWSServiceError { try await readFailure().error }

    /// Reads an answer that is an error, and gives it with a body that can be read once more.
    func readFailure() async throws -> (error: AWSServiceError, response: AWSResponse) {
        let bytes = try await body.prefix(AWSServiceError.bodyLimitInBytes, timeout: Self.errorBodyTimeout)
        let error = AWSServiceError(status: status, headers: headers, body: bytes)
        let copy = HTTPClientResponse.Body.bytes(ByteBuffer(bytes: bytes))
        return (error, AWSResponse(status: status, headers: headers, body: AWSResponseBody(copy)))
    }

    /// Reads the whole body.
    ///
    /// - Parameters:
    ///   - limitInBytes: The most that is read.
    ///   - timeout: How long that may take.
    /// - Returns: The bytes of the body.
    /// - Throws: ``AWSTransportError``, also for a body that is too large or too slow; `CancellationError`.
    package func readBody(limitInBytes: Int, timeout: Duration) async throws -> [UInt8] {
        let body = body
        return try await withTimeLimit(timeout, orThrow: AWSTransportError(silentFor: timeout)) {
            var bytes: [UInt8] = []
            for try await chunk in body {
                guard bytes.count + chunk.readableBytes <= limitInBytes else {
                    throw AWSTransportError(.tooLarge, message: "more than \(limitInBytes) bytes")
                }
                bytes.append(contentsOf: chunk.readableBytesView)
            }
            return bytes
        }
    }
}

extension AWSResponseBody {
    /// The beginning of the body, as far as it comes in time; what breaks off counts as ending there.
    ///
    /// - Throws: `CancellationError`.
    fileprivate func prefix(_ count: Int, timeout: Duration) async throws -> [UInt8] {
        let kept = KeptBytes()
        let body = self
        do {
            try await withTimeLimit(timeout, orThrow: AWSTransportError(silentFor: timeout)) {
                for try await chunk in body where !kept.append(chunk.readableBytesView, upTo: count) { break }
            }
        } catch is AWSTransportError {
            // The status and headers say more about what went wrong than the connection's end.
        }
        return kept.bytes
    }
}
