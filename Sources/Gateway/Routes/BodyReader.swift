import HTTPTypes
import HummingbirdCore
import NIOCore

/// Reads a request's body as far as a bound.
struct BodyReader: Sendable {
    let limitInBytes: Int
    /// How many bytes of bodies may be held at once; whoever gets a complete one gives it back when it is used up.
    let budget: ByteBudget

    /// The reader of a gateway.
    init(_ state: GatewayState) {
        limitInBytes = state.limits.bodyBytes
        budget = state.bodies
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

    /// Whether the length that a request announces is past the bound.
    func isAnnouncedTooLarge(_ request: Request) -> Bool {
        announcedLength(of: request).map { $0 > limitInBytes } ?? false
    }

    /// Reads the whole body.
    ///
    /// - Throws: An error of the connection.
    func read(_ request: Request) async throws -> Outcome {
        if isAnnouncedTooLarge(request) { return .tooLarge }
        var body: [UInt8] = []
        var isComplete = false
        defer { if !isComplete { budget.giveBack(body.count) } }
        for try await buffer in request.body {
            guard body.count + buffer.readableBytes <= limitInBytes else { return .tooLarge }
            guard budget.take(buffer.readableBytes) else { return .busy }
            body.append(contentsOf: buffer.readableBytesView)
        }
        if let length = announcedLength(of: request), body.count < length { return .truncated }
        isComplete = true
        return .complete(body)
    }

    private func announcedLength(of request: Request) -> Int? { request.headers[.contentLength].flatMap { Int($0) } }
}
