import HTTPTypes
import HummingbirdCore
import NIOCore

/// One request of a client, and the way back to it.
final class ClientCall: Sendable {
    let request: Request
    let requestID: RequestID
    let response: PendingResponse
    /// The client's connection.
    let channel: any Channel
    /// Reads the request's body.
    let body: BodyReader

    init(_ request: Request, body: BodyReader, response: PendingResponse, on channel: any Channel) {
        self.request = request
        self.body = body
        requestID = request.headers[.requestID].flatMap(RequestID.init) ?? RequestID()
        self.response = response
        self.channel = channel
    }

    /// Whether the client sends its body only once it is told to.
    private var awaitsGoAhead: Bool { request.headers[.expect]?.lowercased() == "100-continue" }

    /// Has the client send its body, if it waits for that.
    func askForBody() async throws {
        if awaitsGoAhead { try await response.askForBody() }
    }

    /// The longest body that is read and answered on the thread of the connection, in bytes.
    private static let lightBodyInBytes = 65_536

    /// Whether to answer costs so little that the thread of the connection can do it, with all that it serves besides.
    ///
    /// A question of some pages is light: its answer is a model's, and passing it on costs little at a time.
    func staysOnLoop(for route: Route) -> Bool {
        switch route {
        case .health, .readiness, .unknown: return true
        case .file, .registryBots, .registryBot, .openAPI: return false
        case .bot, .openAI(.chatCompletions):
            guard let length = request.headers[.contentLength] else { return request.method != .post }
            return Int(length).map { $0 <= Self.lightBodyInBytes } ?? false
        case .openAI: return false
        }
    }
}
