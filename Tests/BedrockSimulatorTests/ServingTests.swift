import AsyncHTTPClient
import BedrockSimulator
import EventStreamCoding
import JSONCoding
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Synchronization
import Testing
import WallClock

@Suite(.timeLimit(.minutes(1)))
struct ServingTests {
    /// Lets pauses through one at a time, when the test says so.
    private final class Gate: Sendable {
        let pauses: AsyncStream<Duration>
        private let announce: AsyncStream<Duration>.Continuation
        private let permits: AsyncStream<Void>
        private let permit: AsyncStream<Void>.Continuation

        init() {
            (pauses, announce) = AsyncStream.makeStream()
            (permits, permit) = AsyncStream.makeStream()
        }

        /// The pause of the simulator: tells that it waits, then waits for a permit.
        func pause(_ duration: Duration) async throws {
            announce.yield(duration)
            for await _ in permits { return }
            throw CancellationError()
        }

        func open() { permit.yield() }
    }

    /// Reads the types of a stream's events as they arrive.
    private struct EventTypeReader {
        private var body: HTTPClientResponse.Body.AsyncIterator
        private var decoder = EventStreamDecoder()
        /// What has come and was not asked for yet.
        private var waiting: [String] = []

        init(_ body: HTTPClientResponse.Body) { self.body = body.makeAsyncIterator() }

        /// Every event up to and with the next of that type.
        @concurrent
        mutating func read(through type: String) async throws -> [String] {
            var types: [String] = []
            while types.last != type {
                if waiting.isEmpty {
                    guard let buffer = try await body.next() else { break }
                    try buffer.withUnsafeReadableBytes { bytes in
                        try decoder.decode(bytes) { waiting.append($0.eventType ?? "") }
                    }
                } else {
                    types.append(waiting.removeFirst())
                }
            }
            return types
        }
    }

    /// What an observer was told.
    private final class Record: Sendable {
        let ends: AsyncStream<(SimulatorObserver.Call, SimulatorObserver.Outcome)>
        let calls = Mutex<[SimulatorObserver.Call]>([])
        private let end: AsyncStream<(SimulatorObserver.Call, SimulatorObserver.Outcome)>.Continuation

        init() { (ends, end) = AsyncStream.makeStream() }

        var observer: SimulatorObserver {
            SimulatorObserver(
                onRequest: { call in self.calls.withLock { $0.append(call) } },
                onEnd: { self.end.yield(($0, $1)) })
        }

        func nextEnd() async -> (SimulatorObserver.Call, SimulatorObserver.Outcome)? {
            for await end in ends { return end }
            return nil
        }
    }

    private let target = "/model/amazon.nova-micro-v1%3A0/converse-stream"

    @Test func `a paced stream sends each delta when its time has come`() async throws {
        let gate = Gate()
        try await withSimulator {
            $0.tokensPerSecond = 2
            $0.pause = { try await gate.pause($0) }
        } _: { client in
            let response = try await client.start(target: target, body: conversation("Hello").encoded())
            var stream = EventTypeReader(response.body)
            var pauses = gate.pauses.makeAsyncIterator()
            let first = try await stream.read(through: "messageStart")
            #expect(first == ["messageStart"])
            #expect(await pauses.next() == .seconds(0.5), "'This' is one token at two a second")
            for _ in 0..<5 {
                gate.open()
                let types = try await stream.read(through: "contentBlockDelta")
                #expect(types == ["contentBlockDelta"])
                #expect(await pauses.next() != nil)
            }
            for _ in 0..<200 { gate.open() }
            let rest = try await stream.read(through: "metadata")
            #expect(rest.suffix(3) == ["contentBlockStop", "messageStop", "metadata"])
        }
    }

    @Test func `a paced answer in one piece takes the time of all its tokens`() async throws {
        let gate = Gate()
        gate.open()
        try await withSimulator {
            $0.tokensPerSecond = 10
            $0.pause = { try await gate.pause($0) }
        } _: { client in
            let answer = try await client.call("converse", conversation("Reply with the single word pongpong"))
            #expect(answer.text == "pongpong")
            var pauses = gate.pauses.makeAsyncIterator()
            #expect(await pauses.next() == .seconds(0.2))
        }
    }

    @Test func `an answer at once does not pause`() async throws {
        try await withSimulator {
            $0.pause = { _ in Issue.record("paused") }
        } _: { client in
            let events = try await client.call("converse-stream", conversation("Hello")).events()
            #expect(events.count > 8)
        }
    }

    @Test func `pacing works on the clock of the machine too`() async throws {
        try await withSimulator {
            $0.tokensPerSecond = 500
        } _: { client in
            let start = ContinuousClock.now
            _ = try await client.call("converse-stream", conversation("Hello"))
            #expect(ContinuousClock.now - start > .milliseconds(50))
        }
    }

    @Test func `the simulator stops when the client goes away`() async throws {
        let record = Record()
        try await withSimulator {
            $0.tokensPerSecond = 20
            $0.observer = record.observer
        } _: { client in
            // The response leaves its scope unread, which makes the client close the connection.
            do {
                let response = try await client.start(target: target, body: conversation("Hello").encoded())
                #expect(response.status.code == 200)
            }
            let (call, outcome) = try #require(await record.nextEnd())
            #expect(outcome == .cancelled)
            #expect(call.operation == "converse-stream")
        }
    }

    @Test func `the observer sees what came and how it ended`() async throws {
        let record = Record()
        try await withSimulator {
            $0.observer = record.observer
        } _: { client in
            var client = client
            let request = conversation("Hello")
            let answer = try await client.call("converse-stream", request)
            let first = try #require(await record.nextEnd())
            #expect(first.1 == .completed)
            #expect(first.0.modelID == SimulatorClient.model)
            #expect(first.0.region == "us-east-1")
            #expect(first.0.body == request)
            #expect(first.0.requestID == answer.header("x-amzn-requestid"))

            _ = try await client.call("converse", request)
            #expect(await record.nextEnd()?.1 == .completed)
            _ = try await client.call("converse", "acme.none", request)
            #expect(await record.nextEnd()?.1 == .refused(code: "ValidationException"))
            client.isSigned = false
            _ = try await client.call("converse", request)
            #expect(record.calls.withLock { $0.count } == 3, "an unsigned request is not told")
            #expect(record.calls.withLock { $0.map(\.operation) } == ["converse-stream", "converse", "converse"])
        }
    }

    @Test func `many streams at once all get their answer`() async throws {
        try await withSimulator { client in
            try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let prompt = "Reply with the single word n\(number)."
                        let events = try await client.call("converse-stream", conversation(prompt)).events()
                        let text = events.compactMap { $0.payload["delta"]?["text"]?.string }.joined()
                        return text == "n\(number)" ? nil : text
                    }
                }
                for try await wrong in group { #expect(wrong == nil) }
            }
        }
    }

    // MARK: - Bytes that no client library would send

    @Test(arguments: [
        ("/model/%/converse", 400, "ValidationException"),
        ("/model/%3/converse", 400, "ValidationException"),
        ("/model/%zz/converse-stream", 400, "ValidationException"),
        ("/model/%FF/converse", 400, "ValidationException"),
        ("/model//converse", 400, "ValidationException"),
        ("/model/a/b/converse", 404, "UnknownOperationException"),
        ("*", 404, "UnknownOperationException"),
    ])
    func `a target that names no model is refused`(target: String, status: Int, code: String) async throws {
        try await withSimulator { client in
            let answer = try await exchange(
                "POST \(target) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                with: client.address)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(
                answer.contains("x-amzn-ErrorType: \(code):http://internal.amazon.com/coral/com.amazon.bedrock/\r\n"))
        }
    }

    @Test func `a head over the limit ends the connection`() async throws {
        try await withSimulator { client in
            let header = "x: \(String(repeating: "a", count: 32_768))"
            let answer = try await exchange("POST / HTTP/1.1\r\nHost: x\r\n\(header)\r\n\r\n", with: client.address)
            #expect(answer.hasPrefix("HTTP/1.1 400 ") || answer.isEmpty)
        }
    }

    @Test func `what is no HTTP ends the connection`() async throws {
        try await withSimulator { client in
            let answer = try await exchange("\u{16}\u{3}\u{1} hello\r\n\r\n", with: client.address)
            #expect(answer.hasPrefix("HTTP/1.1 400 ") || answer.isEmpty)
        }
    }

    @Test func `an idle connection is closed`() async throws {
        try await withSimulator {
            $0.limits.idleTimeout = .milliseconds(20)
        } _: { client in
            let answer = try await exchange("POST / HTTP/1.1\r\nHost: x\r\n", with: client.address)
            #expect(answer.isEmpty)
        }
    }

    /// Sends bytes and reads until the simulator closes the connection.
    private func exchange(_ request: String, with address: SimulatorAddress) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var answer = ByteBuffer()
            do {
                try await outbound.write(ByteBuffer(string: request))
                for try await var part in inbound { answer.writeBuffer(&part) }
            } catch is ChannelError, is IOError {
                // A reset closes a connection too.
            }
            return String(buffer: answer)
        }
    }

    // MARK: - The life of a server

    @Test func `cancelling ends the server and open answers`() async throws {
        let record = Record()
        let (addresses, continuation) = AsyncStream.makeStream(of: SimulatorAddress.self)
        var configuration = SimulatorConfiguration(logger: quietLogger)
        configuration.clock = .init { stoppedTime }
        configuration.tokensPerSecond = 0.01
        configuration.observer = record.observer
        let simulator = BedrockSimulator(configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await simulator.run { address in continuation.yield(address) }
            }
            var iterator = addresses.makeAsyncIterator()
            let address = try #require(await iterator.next())
            let client = SimulatorClient(address: address)
            let response = try await client.start(target: target, body: conversation("Hello").encoded())
            #expect(response.status.code == 200)
            group.cancelAll()
            #expect(await record.nextEnd()?.1 == .cancelled)
            // A cancelled server may say so or just return; it must end, and free its port.
            while (try? await group.next()) != nil {}
            configuration.port = address.port
            let port = try await BedrockSimulator(configuration).whileRunning { $0.port }
            #expect(port == address.port)
            withExtendedLifetime(response) {}
        }
    }

    @Test func `a graceful shutdown lets open answers finish`() async throws {
        struct Simulation: Service {
            let simulator: BedrockSimulator
            let onReady: @Sendable (SimulatorAddress) -> Void

            func run() async throws { try await simulator.run { onReady($0) } }
        }
        let gate = Gate()
        let (addresses, continuation) = AsyncStream.makeStream(of: SimulatorAddress.self)
        var configuration = SimulatorConfiguration(logger: quietLogger)
        configuration.clock = .init { stoppedTime }
        configuration.tokensPerSecond = 10
        configuration.pause = { try await gate.pause($0) }
        let service = Simulation(simulator: BedrockSimulator(configuration)) { continuation.yield($0) }
        let services = ServiceGroup(services: [service], logger: quietLogger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            var iterator = addresses.makeAsyncIterator()
            let client = SimulatorClient(address: try #require(await iterator.next()))
            let response = try await client.start(target: target, body: conversation("Hello").encoded())
            var stream = EventTypeReader(response.body)
            let opening = try await stream.read(through: "messageStart")
            #expect(opening == ["messageStart"])
            await services.triggerGracefulShutdown()
            for _ in 0..<200 { gate.open() }
            let rest = try await stream.read(through: "metadata")
            #expect(rest.last == "metadata")
            try await group.waitForAll()
        }
    }

    @Test func `an error of the ready closure ends the server`() async throws {
        struct Refused: Error {}
        await #expect(throws: Refused.self) {
            try await BedrockSimulator(SimulatorConfiguration(logger: quietLogger)).run { _ in throw Refused() }
        }
    }

    @Test func `a port that is taken is an error`() async throws {
        try await withSimulator { client in
            var configuration = SimulatorConfiguration(logger: quietLogger)
            configuration.port = client.address.port
            await #expect(throws: SimulatorError.self) {
                try await BedrockSimulator(configuration).run { _ in Issue.record("must not be ready") }
            }
        }
    }

    @Test func `a body that throws ends the server with its error`() async throws {
        struct Stopped: Error {}
        await #expect(throws: Stopped.self) { try await withSimulator { _ in throw Stopped() } }
    }

    @Test(arguments: [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80"), ("localhost", "localhost:80")])
    func `an address is written as host and port`(host: String, text: String) {
        let address = SimulatorAddress(host: host, port: 80)
        #expect(address.description == text)
        #expect(address.url == "http://\(text)")
    }

    private var quietLogger: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}
