import AsyncHTTPClient
import NIOCore
import NIOHTTP1

extension PoeClient {
    /// The largest file that is fetched, in bytes.
    ///
    /// Source: Poe server-bot protocol, sending files: larger ones cannot be uploaded.
    package static let fileLimitInBytes = 256 << 20

    /// Fetches the beginning of a file that an answer links to, without a key, as whoever has the link can.
    ///
    /// - Parameters:
    ///   - url: The file's URL.
    ///   - byteCount: How many bytes are wanted; a shorter file gives fewer.
    ///   - timeouts: How long to wait.
    /// - Returns: The first bytes.
    /// - Throws: ``PoeClientError``, `CancellationError`.
    package func fetchHead(
        of url: String, byteCount: Int, timeouts: PoeClientTimeouts = PoeClientTimeouts()
    ) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: url)
        request.headers = ["range": "bytes=0-\(max(byteCount, 1) - 1)"]
        let exchange = PoeExchange(http: http, timeouts: timeouts, byteLimit: Self.fileLimitInBytes)
        return try await read(request, over: exchange, endingAfter: byteCount)
    }

    /// Fetches a whole file that an answer links to, without a key, as whoever has the link can.
    ///
    /// - Parameters:
    ///   - url: The file's URL.
    ///   - limit: The most bytes that it may have.
    ///   - timeouts: How long to wait.
    /// - Returns: The file.
    /// - Throws: ``PoeClientError``, of the code `tooLarge` for a larger file; `CancellationError`.
    package func fetchFile(
        _ url: String, sizeLimitInBytes limit: Int, timeouts: PoeClientTimeouts = PoeClientTimeouts()
    ) async throws -> [UInt8] {
        let exchange = PoeExchange(http: http, timeouts: timeouts, byteLimit: limit)
        return try await read(HTTPClientRequest(url: url), over: exchange, endingAfter: .max)
    }

    private func read(
        _ request: HTTPClientRequest, over exchange: PoeExchange, endingAfter byteCount: Int
    ) async throws -> [UInt8] {
        try await exchange.run(request) { parts in
            var bytes: [UInt8] = []
            for try await part in parts {
                switch part {
                case .head(let head):
                    guard head.status == 200 || head.status == 206 else {
                        throw PoeClientError(.refused, "status \(head.status)").with(head)
                    }
                case .body(let buffer, _): bytes += buffer.readableBytesView.prefix(byteCount - bytes.count)
                }
                if bytes.count >= byteCount { break }
            }
            try Task.checkCancellation()
            return bytes
        }
    }
}
