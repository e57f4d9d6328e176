import BotRuntime
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Reads the body of one request as far as a bound.
struct BodyReader: Sendable {
    private let limitInBytes: Int
    /// What the body holds of all that bodies may hold at once.
    private let share: ByteBudget.Share

    /// The reader of one request.
    init(_ state: GatewayState) {
        limitInBytes = state.limits.bodyBytes
        share = state.bodies.share()
    }

    /// What a body turned out to be.
    enum Outcome: Sendable {
        case complete([UInt8])
        /// It is longer than the bound, or says that it is.
        case tooLarge
        /// Too many bodies are held already.
        case busy
        /// The client stopped before the length that it announced.
        case truncated
    }

    /// Whether the length that a request announces is past a bound.
    static func isAnnouncedTooLarge(_ request: Request, limitInBytes: Int) -> Bool {
        announcedLength(of: request).map { $0 > limitInBytes } ?? false
    }

    /// Reads the whole body.
    ///
    /// One that is complete counts against what bodies may hold until ``release()``.
    ///
    /// - Throws: An error of the connection.
    func read(_ request: Request) async throws -> Outcome {
        if Self.isAnnouncedTooLarge(request, limitInBytes: limitInBytes) { return .tooLarge }
        var body: [UInt8] = []
        var isComplete = false
        defer { if !isComplete { release() } }
        for try await buffer in request.body {
            guard body.count + buffer.readableBytes <= limitInBytes else { return .tooLarge }
            guard share.take(buffer.readableBytes) else { return .busy }
            body.append(contentsOf: buffer.readableBytesView)
        }
        if let length = Self.announcedLength(of: request), body.count < length { return .truncated }
        isComplete = true
        return .complete(body)
    }

    /// Tells that the body is used up.
    func release() { share.release() }

    private static func announcedLength(of request: Request) -> Int? {
        request.headers[.contentLength].flatMap { Int($0) }
    }
}
