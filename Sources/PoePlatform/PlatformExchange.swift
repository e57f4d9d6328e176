import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import PoeProtocol
import Secrets

/// One request and its whole answer, within a time.
struct PlatformExchange: Sendable {
    /// An answer: its status and the beginning of its body.
    struct Answer: Sendable {
        var status: Int
        var body: [UInt8]
    }

    let http: HTTPClient

    /// Sends a request and reads its answer.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - limit: How long all of it may take.
    ///   - byteLimit: How many bytes of the body are read; the rest is left.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``PoePlatformError`` with the code `invalidTarget`, `unreachable` or `timedOut`; `CancellationError`.
    func answer(to request: HTTPClientRequest, within limit: Duration, byteLimit: Int) async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await read(request, byteLimit: byteLimit) }
            group.addTask {
                try await Task.sleep(for: limit, clock: .continuous)
                throw PoePlatformError(.timedOut, "no answer within \(limit.components.seconds) s")
            }
            let first = await group.nextResult()
            try Task.checkCancellation()
            guard let first else { throw CancellationError() }
            return try first.get()
        }
    }

    private func read(_ request: HTTPClientRequest, byteLimit: Int) async throws -> Answer {
        do {
            // The task beside this one ends it; the HTTP client's own deadline would only cover the head.
            let response = try await http.execute(request, deadline: .distantFuture)
            var body: [UInt8] = []
            for try await buffer in response.body {
                body += buffer.readableBytesView.prefix(byteLimit - body.count)
                if body.count >= byteLimit { break }
            }
            return Answer(status: Int(response.status.code), body: body)
        } catch let error as HTTPClientError {
            switch error {
            case .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath:
                throw PoePlatformError(.invalidTarget, "Poe's base URL cannot be called")
            case .connectTimeout, .tlsHandshakeTimeout:
                throw PoePlatformError(.unreachable, "no connection: it timed out")
            case .cancelled: throw CancellationError()
            // The client's own words: none of them holds a URL or a header.
            default: throw PoePlatformError(.unreachable, "the connection failed: \(error.shortDescription)")
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw PoePlatformError(.unreachable, "no connection: \(ConnectionFailure.text(of: error))")
        }
    }
}

extension PlatformExchange.Answer {
    /// The error of a status other than 200.
    ///
    /// - Parameter secret: What must not stand in a message, should the answer repeat it.
    /// - Returns: The error; nil for 200.
    func failure(hiding secret: Secret) -> PoePlatformError? {
        guard status != 200 else { return nil }
        let words = text(hiding: secret)
        return PoePlatformError(
            status >= 500 ? .unavailable : .refused, "status \(status)" + (words.isEmpty ? "" : ": \(words)"),
            status: status)
    }

    /// What Poe says.
    ///
    /// - Parameter secret: What must not stand in it, should the answer repeat it.
    /// - Returns: One line of at most 300 characters.
    func text(hiding secret: Secret) -> String { OneLine.text(of: body, hiding: secret) }
}
