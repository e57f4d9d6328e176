import AWSClient
import AWSSigning
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Secrets
import Synchronization
import WallClock

/// A service that gives prepared answers in turn, the last one for ever, and keeps what it was asked.
final class ScriptedService: Sendable {
    /// One answer.
    enum Answer: Sendable {
        case status(Int, headers: [(String, String)] = [], body: String = "")
        case failure(HTTPClientError)
    }

    /// What was asked.
    struct Request: Sendable {
        let method: String
        let url: String
        let headers: HTTPHeaders
        let body: String
    }

    private let answers: [Answer]
    private let seen = Mutex<[Request]>([])

    init(_ answers: [Answer]) { self.answers = answers }

    convenience init(_ answers: Answer...) { self.init(answers) }

    var requests: [Request] { seen.withLock { $0 } }

    /// The values of a header in all requests, in order.
    func values(_ header: String) -> [String?] { requests.map { $0.headers.first(name: header) } }

    var transport: HTTPTransport {
        HTTPTransport { [self] request, _ in
            var body = ""
            if let sent = request.body {
                for try await chunk in sent { body += String(buffer: chunk) }
            }
            let record = Request(
                method: request.method.rawValue, url: request.url, headers: request.headers, body: body)
            let index = seen.withLock { seen in
                seen.append(record)
                return seen.count - 1
            }
            switch answers[min(index, answers.count - 1)] {
            case .failure(let error): throw error
            case .status(let status, let headers, let text):
                return HTTPClientResponse(
                    status: HTTPResponseStatus(statusCode: status), headers: HTTPHeaders(headers),
                    body: .bytes(ByteBuffer(string: text)))
            }
        }
    }

    /// A client of the service whose time stands at 2015-08-30T12:36:00Z and whose waits take none.
    func client(
        credentials: (any AWSCredentialProvider)? = nil, bearerToken: String? = nil, delays: DelayLog? = nil
    ) -> AWSClient {
        AWSClient(
            transport: transport,
            credentials: credentials
                ?? StaticCredentialProvider(SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")),
            bearerToken: bearerToken.map { .init(.init($0)) }, clock: Self.clock,
            pauses: RetryPauses(
                sleep: { delay in
                    try Task.checkCancellation()
                    await delays?.append(delay, 0)
                }, random: { 1 }))
    }

    static let clock = WallClock { Timestamp(millisecondsSinceEpoch: 1_440_938_160_000) }
}
