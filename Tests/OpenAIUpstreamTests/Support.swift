import AWSClient
import AsyncHTTPClient
import ChatEvents
import NIOCore
import NIOHTTP1
import OpenAIUpstream
import Secrets
import Synchronization

/// A service that gives the answers of a list, one after the other, and keeps what it was sent.
final class ScriptedService: Sendable {
    struct Reply: Sendable {
        var status = 200
        var headers = [("content-type", "text/event-stream")]
        /// The body in the pieces in which it arrives.
        var pieces: [String]
        /// Whether the body ends after them; else it stays open for as long as somebody reads.
        var endsBody = true
    }

    struct Call: Sendable {
        var url: String
        var headers: HTTPHeaders
        var body: String
    }

    private let replies: Mutex<[Reply]>
    private let seen = Mutex<[Call]>([])
    private let waits = Mutex<[Duration]>([])

    init(_ replies: [Reply]) { self.replies = Mutex(replies) }

    var calls: [Call] { seen.withLock { $0 } }
    /// How long the client waited before each attempt after the first.
    var pauses: [Duration] { waits.withLock { $0 } }

    func upstream(
        baseURL: String = "https://models.example/v1", key: RotatingSecret? = RotatingSecret(Secret("secret-key")),
        traits: OpenAIModelTraits = OpenAIModelTraits()
    ) -> OpenAIUpstream {
        let transport = HTTPTransport { request, _ in
            var body = ""
            if let requestBody = request.body {
                for try await piece in requestBody { body += String(buffer: piece) }
            }
            self.seen.withLock { $0.append(Call(url: request.url, headers: request.headers, body: body)) }
            guard let reply = self.replies.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
                throw HTTPClientError.connectTimeout
            }
            let pieces = AsyncStream { continuation in
                for piece in reply.pieces { continuation.yield(ByteBuffer(string: piece)) }
                if reply.endsBody { continuation.finish() }
            }
            return HTTPClientResponse(
                status: HTTPResponseStatus(statusCode: reply.status), headers: HTTPHeaders(reply.headers),
                body: .stream(pieces))
        }
        return OpenAIUpstream(
            OpenAIUpstream.Configuration(baseURL: baseURL, apiKey: key, model: "m", traits: traits),
            transport: transport,
            pauses: RetryPauses(sleep: { wait in self.waits.withLock { $0.append(wait) } }, random: { 0.5 }))
    }

    /// Asks, and gives the events that came before the end or the failure.
    func answer(
        to request: ChatRequest = ChatRequest(messages: [ChatMessage(role: .user, text: "Hi")]),
        key: RotatingSecret? = RotatingSecret(Secret("secret-key"))
    ) async -> (events: [ChatEvent], failure: ChatFailure?) {
        let events = Mutex<[ChatEvent]>([])
        do {
            try await upstream(key: key).answer(request, requestID: "r") { batch in events.withLock { $0 += batch } }
            return (events.withLock { $0 }, nil)
        } catch {
            return (events.withLock { $0 }, error as? ChatFailure)
        }
    }
}

/// The events of a stream, each chunk given as the text within `data:`.
func stream(_ chunks: [String]) -> String { chunks.map { "data: \($0)\n\n" }.joined() }
