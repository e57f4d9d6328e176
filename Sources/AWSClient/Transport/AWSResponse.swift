import NIOCore
import NIOHTTP1

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

    /// The value of the first header of that name, in whatever case.
    package func header(_ name: String) -> String? { headers.first(name: name) }

    /// The service's id of the request, which its support asks for.
    package var requestID: String? { header("x-amzn-RequestId") }

    /// Reads the rest of an answer that is an error.
    ///
    /// At most ``AWSServiceError/bodyLimitInBytes`` are kept; what is longer is no error of the service's own, and its
    /// connection is closed.
    ///
    /// - Returns: The error, as far as it can be told; a body that breaks off counts as ending there.
    /// - Throws: `CancellationError`.
    package func readError() async throws -> AWSServiceError {
        var bytes: [UInt8] = []
        do {
            for try await chunk in body {
                let room = AWSServiceError.bodyLimitInBytes - bytes.count
                bytes.append(contentsOf: chunk.readableBytesView.prefix(room))
                if chunk.readableBytes > room { break }
            }
        } catch is AWSTransportError {
            // The status and headers say more about what went wrong than the connection's end.
        }
        return AWSServiceError(status: status, headers: headers, body: bytes)
    }
}
