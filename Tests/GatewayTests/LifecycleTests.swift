import AWSSigning
import BedrockSimulator
import ChatEvents
import Gateway
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LifecycleTests {
    private let key = TestGateway.key

    /// Runs a gateway, opens an answer on it, shuts the gateway down and returns what the client read.
    private func shutDown(_ world: TestGateway, whenShutDown: @escaping @Sendable () -> Void) async throws -> WireReply?
    {
        let ports = AsyncStream.makeStream(of: Int.self)
        let isOpen = Signal()
        return try await withThrowingTaskGroup(of: WireReply?.self) { group in
            group.addTask {
                for await port in ports.stream {
                    return try await WireClient(port: port).connected { connection in
                        try await connection.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                        try await connection.read { $0.events.contains("text") }
                        isOpen.set()
                        return try await connection.read(until: \.isComplete)
                    }
                }
                return nil
            }
            let services = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [
                        Runner(gateway: world.gateway) { address in
                            ports.continuation.yield(address.port)
                            ports.continuation.finish()
                        }
                    ], logger: world.log.logger))
            group.addTask {
                try await services.run()
                return nil
            }
            await isOpen.wait()
            await services.triggerGracefulShutdown()
            whenShutDown()
            var reply: WireReply?
            for try await result in group where result != nil { reply = result }
            return reply
        }
    }

    /// A gateway as a command runs it: one service of a group.
    private struct Runner: Service {
        let gateway: Gateway
        let onReady: @Sendable (GatewayAddress) -> Void

        func run() async throws { try await gateway.run { onReady($0) } }
    }

    @Test func `an open answer may finish while the gateway stops`() async throws {
        let release = Signal()
        let world = try TestGateway { deliver in
            try await deliver([.text("so")])
            await release.wait()
            try await deliver([.text(" long"), .finished(.endOfTurn)])
        }
        let log = world.log
        let reply = try await shutDown(world) {
            Task {
                await log.wait(for: "stopping, waiting for open answers")
                release.set()
            }
        }
        #expect(reply?.events == ["meta", "text", "text", "done"])
        #expect(reply?.isComplete == true)
    }

    @Test func `an answer that lasts past the drain timeout ends with an error that may be retried`() async throws {
        var world = try TestGateway { deliver in
            try await deliver([.text("so")])
            try await waitForever()
        }
        world.configuration.drainTimeout = .milliseconds(20)
        let reply = try await shutDown(world) {}
        #expect(reply?.events == ["meta", "text", "error", "done"])
        #expect(reply?.data(of: "error")?.contains(#""allow_retry":true"#) == true)
        #expect(world.requestLines.first?["outcome"] == "shuttingDown")
    }

    @Test func `a port that is taken is an error that names it`() async throws {
        let first = try TestGateway { _ in }
        try await first.running { client in
            var second = try TestGateway { _ in }
            second.configuration.port = client.port
            let error = await #expect(throws: GatewayError.self) { try await second.running { _ in } }
            #expect(error?.code == .cannotListen)
            #expect(error?.message == "cannot listen on 127.0.0.1:\(client.port): the port is in use")
        }
    }

    @Test func `a bot that was handed over and cannot be made is an error`() async throws {
        var world = try TestGateway { _ in }
        world.accessKeyOverride = nil
        let error = await #expect(throws: GatewayError.self) { try await world.running { _ in } }
        #expect(error?.code == .cannotBuild)
        #expect(error?.message.contains("nova: no Poe access key") == true)
    }

    @Test func `what the body throws comes out, and the gateway is gone`() async throws {
        struct Stop: Error {}
        let world = try TestGateway { _ in }
        let port = Mutex(0)
        await #expect(throws: Stop.self) {
            try await world.running { client in
                port.withLock { $0 = client.port }
                throw Stop()
            }
        }
        let client = WireClient(port: port.withLock { $0 })
        await #expect(throws: (any Error).self) { try await client.exchange(wireRequest("GET", "/healthz")) }
    }

    @Test func `a body that trickles is given up`() async throws {
        var world = try TestGateway { _ in }
        world.configuration.limits.readTimeout = .milliseconds(20)
        try await world.running { client in
            try await client.connected { connection in
                try await connection.send(
                    "POST /bots/nova HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \(key)\r\ncontent-length: 100\r\n\r\n{"
                )
                let reply = try await connection.read { _ in false }
                #expect(reply == nil || reply?.status == 400)
                #expect(connection.isClosed)
            }
        }
    }

    @Test func `a head that never ends is given up`() async throws {
        var world = try TestGateway { _ in }
        world.configuration.limits.idleTimeout = .milliseconds(20)
        try await world.running { client in
            try await client.connected { connection in
                try await connection.send("POST /bots/nova HTTP/1.1\r\nhost: x\r\n")
                let reply = try await connection.read { _ in false }
                #expect(reply == nil)
                #expect(connection.isClosed)
            }
        }
    }

    // MARK: - The real upstream

    @Test func `the embedded simulator answers for a bot`() async throws {
        var world = TestGateway()
        world.source = .fixed([.init(config: try sampleBot())])
        world.configuration.upstream = .simulator()
        let reply = try await world.running { client in
            try await client.exchange(
                wireRequest(
                    "POST", "/bots/nova", key: key, body: queryBody("Reply with the single word pong.")))
        }
        #expect(reply?.events.first == "meta")
        #expect(reply?.events.last == "done")
        #expect(reply?.body.contains("pong") == true)
        let line = try #require(world.requestLines.first)
        #expect(line["outcome"] == "ok")
        #expect(line["tokens.input"] != nil)
    }

    @Test func `a client that leaves ends the request to the model service`() async throws {
        let isCancelled = Signal()
        var simulator = SimulatorConfiguration(logger: TestLog().logger)
        simulator.tokensPerSecond = 5
        simulator.observer = SimulatorObserver(onEnd: { _, outcome in if outcome == .cancelled { isCancelled.set() } })
        try await BedrockSimulator(simulator).whileRunning { address in
            var world = TestGateway()
            world.source = .fixed([.init(config: try sampleBot())])
            world.configuration.upstream = .endpoint(
                url: address.url, credentials: SimulatorConfiguration.defaultCredentials)
            try await world.running { client in
                try await client.connected { connection in
                    try await connection.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                    try await connection.read { $0.events.contains("text") }
                }
                await isCancelled.wait()
            }
            #expect(world.requestLines.map { $0["outcome"] } == ["clientLeft"])
        }
    }

    @Test func `credentials that the model service refuses are the operator's business`() async throws {
        try await BedrockSimulator(SimulatorConfiguration(logger: TestLog().logger)).whileRunning { address in
            var world = TestGateway()
            world.source = .fixed([.init(config: try sampleBot())])
            world.configuration.upstream = .endpoint(
                url: address.url,
                credentials: SigningCredentials(accessKeyID: "simulator", secretAccessKey: "wrong"))
            let reply = try await world.running { client in
                try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
            }
            #expect(reply?.events == ["meta", "error", "done"])
            #expect(reply?.data(of: "error")?.contains(#""allow_retry":false"#) == true)
            #expect(world.requestLines.first?["outcome"] == "unauthorized")
        }
    }
}
