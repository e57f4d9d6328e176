import AsyncHTTPClient
private import Glibc
import NIOCore
import NIOHTTP1
import Synchronization

/// One POST and its answer, watched by a clock.
///
/// The answer is read in a task of its own, so that every part carries the time at which it arrived, however long the
/// consumer takes over the one before. What has arrived and is not yet consumed waits in memory, up to the bound on
/// bytes. All tasks have ended when ``run(_:consume:)`` returns.
struct PoeExchange {
    /// Status and headers of an answer.
    struct Head: Sendable {
        var status: Int
        /// The MIME type in lower case, without parameters; empty when the answer names none.
        var contentType: String
        var requestID: String?
        var botDigest: String?
    }

    enum Part: Sendable {
        case head(Head)
        case body(ByteBuffer, arrivedAt: ContinuousClock.Instant)
    }

    typealias Parts = AsyncThrowingStream<Part, any Error>

    let http: HTTPClient
    let timeouts: PoeClientTimeouts
    let byteLimit: Int

    /// Sends a request and hands its answer to `consume`.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - consume: Takes the parts: the head first. Where it returns before the end, the rest of the answer gets
    ///     ``grace`` to end by itself, so that the server sees no broken connection; then the request is cancelled.
    /// - Returns: What `consume` returns.
    /// - Throws: What `consume` throws, which gets ``PoeClientError`` from the parts; `CancellationError`.
    func run<Result>(
        _ request: HTTPClientRequest, consume: (Parts) async throws -> Result
    ) async throws -> Result {
        let (parts, continuation) = Parts.makeStream(bufferingPolicy: .unbounded)
        let activity = Activity(start: .now)
        return try await withThrowingTaskGroup(of: Ended.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                await read(request, into: continuation, activity: activity)
                return .reading
            }
            group.addTask {
                await watch(activity, continuation)
                return .watching
            }
            let result = try await consume(parts)
            try Task.checkCancellation()
            group.addTask {
                try? await Task.sleep(for: Self.grace, clock: .continuous)
                return .waiting
            }
            while let ended = try await group.next(), ended == .watching {}
            return result
        }
    }

    /// How long an answer may go on after its last event.
    private static let grace = Duration.seconds(1)

    /// Which of the tasks has ended.
    private enum Ended: Sendable {
        case reading, watching, waiting
    }

    private func read(_ request: HTTPClientRequest, into parts: Parts.Continuation, activity: Activity) async {
        var hasHead = false
        do {
            // The watch ends the request; the HTTP client's own deadline would only cover the head.
            let response = try await http.execute(request, deadline: .distantFuture)
            activity.touch()
            hasHead = true
            parts.yield(.head(Head(response)))
            var received = 0
            for try await buffer in response.body {
                received += buffer.readableBytes
                guard received <= byteLimit else {
                    throw PoeClientError(.tooLarge, "the answer is longer than \(byteLimit) bytes")
                }
                parts.yield(.body(buffer, arrivedAt: activity.touch()))
            }
            parts.finish()
        } catch let error as PoeClientError {
            parts.finish(throwing: error)
        } catch {
            parts.finish(throwing: Self.clientError(for: error, hasHead: hasHead))
        }
    }

    private func watch(_ activity: Activity, _ parts: Parts.Continuation) async {
        let end = activity.start + timeouts.total
        while true {
            let due = min(activity.last + timeouts.idle, end)
            let now = ContinuousClock.now
            guard now < due else {
                let reason =
                    now >= end
                    ? "the answer was not complete after \(timeouts.total.inSeconds)"
                    : "nothing came for \(timeouts.idle.inSeconds)"
                return parts.finish(throwing: PoeClientError(.timedOut, reason))
            }
            guard (try? await Task.sleep(until: due, clock: .continuous)) != nil else { return }
        }
    }

    private static func clientError(for error: any Error, hasHead: Bool) -> any Error {
        guard !(error is CancellationError) else { return error }
        switch error as? HTTPClientError {
        case .invalidURL?, .emptyHost?, .emptyScheme?, .missingSocketPath?:
            return PoeClientError(.invalidTarget, "the URL cannot be called", cause: error)
        case .deadlineExceeded?, .connectTimeout?, .readTimeout?, .tlsHandshakeTimeout?:
            return PoeClientError(.timedOut, "the connection timed out", cause: error)
        case _ where hasHead:
            return PoeClientError(
                .protocolFault, "the connection was lost within the answer: \(ConnectionFailure.text(of: error))",
                cause: error)
        default:
            return PoeClientError(.unreachable, "no connection: \(ConnectionFailure.text(of: error))", cause: error)
        }
    }

    /// When the server last gave a sign of life.
    private final class Activity: Sendable {
        let start: ContinuousClock.Instant
        private let latest: Mutex<ContinuousClock.Instant>

        init(start: ContinuousClock.Instant) {
            self.start = start
            latest = Mutex(start)
        }

        var last: ContinuousClock.Instant { latest.withLock { $0 } }

        @discardableResult
        func touch() -> ContinuousClock.Instant {
            let now = ContinuousClock.now
            latest.withLock { $0 = now }
            return now
        }
    }
}

extension PoeExchange.Head {
    fileprivate init(_ response: HTTPClientResponse) {
        let type = response.headers.first(name: "content-type") ?? ""
        self.init(
            status: Int(response.status.code), contentType: type.prefix { $0 != ";" }.lowercased().trimmed,
            requestID: response.headers.first(name: "x-request-id")?.asLabel(orElse: ""),
            botDigest: response.headers.first(name: "x-bot-digest")?.asLabel(orElse: "")
        )
    }
}

extension Duration {
    /// The duration for people: "1.5 s".
    fileprivate var inSeconds: String {
        let (seconds, attoseconds) = components
        let tenths = attoseconds / 100_000_000_000_000_000
        return tenths == 0 ? "\(seconds) s" : "\(seconds).\(tenths) s"
    }
}
