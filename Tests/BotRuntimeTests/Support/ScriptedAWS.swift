import AWSClient
import AWSSigning
import AsyncHTTPClient
import BotConfiguration
import BotRuntime
import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// A model service and its store that answer as a test says, and keep what they were asked.
final class ScriptedAWS: Sendable {
    /// What was asked.
    struct Request: Sendable, Equatable {
        let method: String
        /// The path with its query.
        let path: String
        let body: String
        /// By lower-case name.
        var headers: [String: String] = [:]
    }

    /// What is answered.
    struct Answer: Sendable {
        var status = 200
        var body: [UInt8]

        init(_ text: String, status: Int = 200) {
            self.status = status
            body = Array(text.utf8)
        }

        init(bytes: [UInt8]) { body = bytes }
    }

    private static let url = "http://upstream.test"
    private let script: @Sendable (Request, Int) -> Answer
    private let seen = Mutex<[Request]>([])

    /// A service.
    ///
    /// - Parameter script: Gives the answer to a request and its number, which counts from 0.
    init(_ script: @escaping @Sendable (Request, Int) -> Answer) { self.script = script }

    var requests: [Request] { seen.withLock { $0 } }

    private var transport: HTTPTransport {
        HTTPTransport { [self] request, _ in
            var body = ""
            if let sent = request.body {
                for try await chunk in sent { body += String(buffer: chunk) }
            }
            let record = Request(
                method: request.method.rawValue, path: String(request.url.dropFirst(Self.url.count)), body: body,
                headers: Dictionary(
                    request.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }))
            let number = seen.withLock { seen in
                seen.append(record)
                return seen.count - 1
            }
            let answer = script(record, number)
            return HTTPClientResponse(
                status: HTTPResponseStatus(statusCode: answer.status),
                headers: ["content-type": "application/json", "x-amzn-requestid": "r-\(number)"],
                body: .bytes(ByteBuffer(bytes: answer.body)))
        }
    }

    /// A factory whose media bots call this service.
    ///
    /// - Parameters:
    ///   - clock: What video bots wait with.
    ///   - services: What the bots share.
    ///   - keys: What the requests of video bots are signed with.
    /// - Returns: The factory.
    func factory(
        clock: MonotonicClock = .continuous, services: ServiceManager = ServiceManager(),
        keys: any AWSCredentialProvider = StaticCredentialProvider(
            SigningCredentials(accessKeyID: "A", secretAccessKey: "b"))
    ) -> BotFactory {
        let client = AWSClient(
            transport: transport,
            credentials: StaticCredentialProvider(SigningCredentials(accessKeyID: "A", secretAccessKey: "b")),
            pauses: RetryPauses(sleep: { _ in }, random: { 0 }))
        let endpoints = AWSEndpointResolver(variables: [:], explicitURL: Self.url)
        let logger = Logger(label: "test")
        return BotFactory(
            registrations: [
                .bedrockImages(clients: { _ in client }, endpoints: endpoints, logger: logger),
                .bedrockVideos(
                    clients: { _ in client.authorized(by: keys) }, endpoints: endpoints, clock: clock, logger: logger),
            ], services: services)
    }
}

/// A clock whose sleepers wake at once, at the time they wanted to wake at.
final class LeapingClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Duration.zero)
    private let sleeps = Mutex<[Duration]>([])

    var now: Instant { Instant(offset: time.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// How long each sleeper wanted to sleep.
    var waits: [Duration] { sleeps.withLock { $0 } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        sleeps.withLock { $0.append(deadline.offset - now.offset) }
        time.withLock { $0 = max($0, deadline.offset) }
    }
}
