import AsyncHTTPClient
import BedrockSimulator
import EventStreamCoding
import JSONCoding
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FaultTests {
    private static let target = "/model/amazon.nova-micro-v1%3A0/"
    private let hello = conversation("Hello")

    private func ask(
        _ client: SimulatorClient, _ operation: String, fault: String
    ) async throws -> SimulatorClient.Answer {
        try await client.send(
            target: Self.target + operation, body: hello.encoded(), headers: [("x-simulator-fault", fault)])
    }

    @Test(
        arguments: [
            ("throttle", 429, "ThrottlingException"), ("throttle-daily", 429, "ThrottlingException"),
            ("bare-429", 429, nil), ("quota-exceeded", 400, "ServiceQuotaExceededException"),
            ("validation", 400, "ValidationException"), ("access-denied", 403, "AccessDeniedException"),
            ("expired-token", 403, "ExpiredTokenException"), ("not-found", 404, "ResourceNotFoundException"),
            ("model-not-ready", 429, "ModelNotReadyException"), ("model-timeout", 408, "ModelTimeoutException"),
            ("model-error", 424, "ModelErrorException"), ("internal-error", 500, "InternalServerException"),
            ("unavailable", 503, "ServiceUnavailableException"), ("error-type-in-body", 500, nil),
            ("empty-error", 500, nil), ("html-error", 502, nil), ("wrong-content-type", 200, nil),
        ] as [(String, Int, String?)])
    func `a fault takes the place of an answer, streamed or not`(
        fault: String, status: Int, code: String?
    ) async throws {
        try await withSimulator { client in
            for operation in ["converse", "converse-stream"] {
                let answer = try await ask(client, operation, fault: fault)
                #expect(answer.status == status)
                #expect(answer.errorCode == code)
            }
            let counts = try await client.control(.GET, "counts")
            #expect(counts["faults"]?[fault]?.integer == 2)
            #expect(try await client.call("converse", hello).status == 200, "the next request works")
        }
    }

    @Test func `a throttle says when to come back if it is told to`() async throws {
        try await withSimulator { client in
            let answer = try await ask(client, "converse", fault: "throttle;retry-after=3")
            #expect(answer.header("retry-after") == "3")
            #expect(answer.header("x-amz-retry-after") == "3000")
            #expect(try await ask(client, "converse", fault: "throttle").header("retry-after") == nil)
        }
    }

    @Test(arguments: [
        ("stream-internal-error", "internalServerException"), ("stream-model-error", "modelStreamErrorException"),
        ("stream-validation", "validationException"), ("stream-throttle", "throttlingException"),
        ("stream-unavailable", "serviceUnavailableException"), ("stream-model-timeout", "modelTimeoutException"),
    ])
    func `an exception ends a stream after the events that it should`(fault: String, type: String) async throws {
        try await withSimulator { client in
            for count in [0, 1, 4] {
                let answer = try await ask(client, "converse-stream", fault: "\(fault);after=\(count)")
                var decoder = EventStreamDecoder()
                var messages: [EventStreamMessage] = []
                try answer.body.withUnsafeBytes { try decoder.decode($0) { messages.append($0.message) } }
                try decoder.finish()
                #expect(messages.count == count + 1)
                #expect(messages.last?.string(":exception-type") == type)
                #expect(messages.last?.string(":message-type") == "exception")
            }
        }
    }

    @Test(arguments: ["corrupt-crc", "corrupt-prelude", "truncated-frame", "oversized-frame"])
    func `a broken frame cannot be read`(fault: String) async throws {
        try await withSimulator { client in
            let answer = try await ask(client, "converse-stream", fault: "\(fault);after=2")
            #expect(answer.status == 200)
            #expect(throws: (any Error).self) { try answer.events() }
        }
    }

    @Test func `an unknown event stands in an answer that goes on`() async throws {
        try await withSimulator { client in
            let types = try await ask(client, "converse-stream", fault: "unknown-event;after=2").events().map(\.type)
            #expect(types[2] == "somethingNew")
            #expect(types.last == "metadata")
        }
    }

    @Test func `a stream in small chunks is the same stream`() async throws {
        try await withSimulator { client in
            let split = try await ask(client, "converse-stream", fault: "split-chunks")
            #expect(split.body == (try await client.call("converse-stream", hello)).body)
        }
    }

    @Test(arguments: [("missing-metadata", "messageStop"), ("missing-stop", "contentBlockStop")])
    func `the end of a stream can be missing`(fault: String, last: String) async throws {
        try await withSimulator { client in
            let types = try await ask(client, "converse-stream", fault: fault).events().map(\.type)
            #expect(types.last == last)
        }
    }

    @Test(arguments: [
        ("reset-before-head", "converse"), ("reset-mid-stream", "converse"), ("cut-mid-stream", "converse"),
        ("reset-before-head", "converse-stream"), ("reset-mid-stream", "converse-stream"),
        ("cut-mid-stream", "converse-stream"),
    ])
    func `a connection that ends is an error, and leaves nothing behind`(
        fault: String, operation: String
    ) async throws {
        try await withSimulator { client in
            await #expect(throws: (any Error).self) { try await ask(client, operation, fault: fault) }
            #expect(try await client.call("converse", hello).status == 200)
            let counts = try await client.control(.GET, "counts")
            #expect(counts["open_streams"] == 0)
            #expect(counts["open_requests"] == 0)
        }
    }

    @Test(arguments: ["stall-before-head", "stall-mid-stream", "slow-first-byte"])
    func `a stall waits for as long as it is told`(fault: String) async throws {
        let (pauses, continuation) = AsyncStream.makeStream(of: Duration.self)
        try await withSimulator {
            $0.pause = { continuation.yield($0) }
        } _: { client in
            let answer = try? await ask(client, "converse-stream", fault: "\(fault);delay=1234")
            #expect((answer?.status == 200) == (fault == "slow-first-byte"))
            var iterator = pauses.makeAsyncIterator()
            #expect(await iterator.next() == .milliseconds(1234))
        }
    }

    @Test func `faults wait for the request that they are meant for, as often as told`() async throws {
        try await withSimulator { client in
            let fault: JSONValue = [
                "fault": "throttle", "match": ["model": .string(SimulatorClient.model), "operation": "converse"],
                "times": 2,
            ]
            let waiting = try await client.control(.POST, "faults", fault)
            #expect(waiting["faults"]?.array?.count == 1)
            #expect(try await client.call("converse-stream", hello).status == 200, "another operation")
            #expect(try await client.call("converse", "us.amazon.nova-lite-v1:0", hello).status == 200, "another model")
            #expect(try await client.call("converse", "us." + SimulatorClient.model, hello).status == 429)
            #expect(try await client.call("converse", hello).status == 429)
            #expect(try await client.call("converse", hello).status == 200, "used up")
            let counts = try await client.control(.GET, "counts")
            #expect(counts["faults"] == ["throttle": 2])
            #expect(counts["operations"]?["converse"] == 4)
        }
    }

    @Test func `faults can be there from the start, and be taken away`() async throws {
        let faults = try Fault.list(json: Array(#"[{"fault": "unavailable"}, {"fault": "stream-throttle"}]"#.utf8))
        try await withSimulator {
            $0.faults = faults
        } _: { client in
            for _ in 0..<3 { #expect(try await client.call("converse", hello).status == 503) }
            let left = try await client.control(.DELETE, "faults")
            #expect(left["faults"] == [])
            #expect(try await client.call("converse", hello).status == 200)
        }
    }

    @Test(arguments: [
        (#"{"fault": "boredom"}"#, "'boredom' is no fault"),
        (#"{"fault": "throttle", "time": 1}"#, "'time' is no member"),
        (#"{"fault": "throttle", "times": -1}"#, "'times' must be a whole number"),
        (#"{"fault": "throttle", "match": {"bot": "x"}}"#, "'match' takes 'model' and 'operation'"),
        ("{}", "the faults must be a list"), ("[1]", "a fault is an object"), ("{", "the body is invalid JSON"),
    ])
    func `a description that cannot be used says why`(body: String, message: String) async throws {
        try await withSimulator { client in
            var client = client
            client.isSigned = false
            let answer = try await client.send(target: "/simulator/v1/faults", body: Array(body.utf8))
            #expect(answer.status == 400)
            #expect(answer.json?["error"]?.string?.hasPrefix(message) == true, "\(answer.json?.text() ?? "")")
        }
    }

    @Test func `a header that names no fault is refused`() async throws {
        try await withSimulator { client in
            let answer = try await ask(client, "converse", fault: "boredom")
            #expect(answer.status == 400)
            #expect(answer.message?.contains("'boredom' is no fault") == true)
        }
    }

    @Test func `the last requests are kept without their secrets`() async throws {
        try await withSimulator {
            $0.limits.keptRequests = 2
        } _: { client in
            for word in ["a", "b", "c"] { _ = try await client.call("converse", conversation(word)) }
            let kept = try await client.control(.GET, "requests")["requests"]?.array ?? []
            #expect(kept.map { $0["body"] } == [conversation("b"), conversation("c")])
            let authorization = kept.first?["headers"]?["authorization"]
            #expect(authorization == "AWS4-HMAC-SHA256 <redacted>")
            #expect(kept.first?["target"]?.string == Self.target + "converse")
        }
    }
}
