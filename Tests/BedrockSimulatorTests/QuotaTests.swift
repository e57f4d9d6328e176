import BedrockSimulator
import JSONCoding
import NIOHTTP1
import Synchronization
import Testing
import WallClock

/// Buckets of requests and tokens, with a clock that the tests turn.
@Suite(.timeLimit(.minutes(1)))
struct QuotaTests {
    /// A clock that goes when it is told to.
    private final class HandClock: Sendable {
        private let time = Mutex(stoppedTime)

        var clock: WallClock { WallClock { self.time.withLock { $0 } } }

        /// What the clock tells, at which requests are signed.
        var now: Timestamp { time.withLock { $0 } }

        func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
    }

    private func withQuotas<Value: Sendable>(
        _ quotas: [Quota], _ use: (HandClock, (JSONValue) async throws -> SimulatorClient.Answer) async throws -> Value
    ) async throws -> Value {
        let hand = HandClock()
        return try await withSimulator {
            $0.clock = hand.clock
            $0.quotas = quotas
        } _: { client async throws in
            try await use(hand) { body in
                var client = client
                client.time = hand.now
                return try await client.call("converse", body)
            }
        }
    }

    /// A request that keeps back its prompt and that many tokens of an answer, and uses far fewer.
    private func request(maxTokens: Int) -> JSONValue {
        conversation(
            "Reply with the single word pong", adding: ["inferenceConfig": ["maxTokens": .integer(maxTokens)]])
    }

    @Test func `requests beyond the quota are throttled until the bucket fills again`() async throws {
        try await withQuotas([Quota(requestsPerMinute: 2)]) { hand, ask async throws in
            for _ in 0..<2 { #expect(try await ask(request(maxTokens: 100)).status == 200) }
            let throttled = try await ask(request(maxTokens: 100))
            #expect(throttled.status == 429)
            #expect(throttled.errorCode == "ThrottlingException")
            #expect(throttled.message == "Too many requests, please wait before trying again.")
            #expect(throttled.header("x-amz-retry-after") == "30000")
            hand.advance(by: .milliseconds(29_999))
            #expect(try await ask(request(maxTokens: 100)).header("x-amz-retry-after") == "1")
            hand.advance(by: .milliseconds(1))
            #expect(try await ask(request(maxTokens: 100)).status == 200)
            #expect(try await ask(request(maxTokens: 100)).status == 429)
        }
    }

    @Test func `what an answer may cost is kept back, and what it does not cost given back`() async throws {
        try await withQuotas([Quota(tokensPerMinute: 1000)]) { _, ask async throws in
            let tooMuch = try await ask(request(maxTokens: 1000))
            #expect(tooMuch.status == 429, "a large limit alone throttles")
            #expect(tooMuch.message == "Too many tokens, please wait before trying again.")
            #expect(tooMuch.header("x-amz-retry-after") == nil, "waiting does not help")
            for _ in 0..<40 { #expect(try await ask(request(maxTokens: 500)).status == 200) }
        }
    }

    @Test func `tokens of a day come back at midnight`() async throws {
        try await withQuotas([Quota(tokensPerDay: 100)]) { hand, ask async throws in
            var answers = 0
            while try await ask(request(maxTokens: 20)).status == 200, answers < 100 { answers += 1 }
            #expect((1..<100).contains(answers))
            let refused = try await ask(request(maxTokens: 20))
            #expect(refused.message == "Too many tokens per day, please wait before trying again.")
            hand.advance(by: .seconds(3600))
            #expect(try await ask(request(maxTokens: 20)).status == 429)
            hand.advance(by: .seconds(86_400))
            #expect(try await ask(request(maxTokens: 20)).status == 200)
        }
    }

    @Test func `models, profiles and regions have quotas of their own`() async throws {
        try await withSimulator {
            $0.quotas = [Quota(requestsPerMinute: 100), Quota(model: SimulatorClient.model, requestsPerMinute: 1)]
        } _: { client async throws in
            let hello = conversation("Hello")
            #expect(try await client.call("converse", hello).status == 200)
            #expect(try await client.call("converse-stream", hello).status == 429)
            #expect(try await client.call("converse", "us.\(SimulatorClient.model)", hello).status == 200)
            #expect(try await client.call("converse", "amazon.nova-lite-v1:0", hello).status == 200)
            var west = client
            west.region = "us-west-2"
            #expect(try await west.call("converse", "us.\(SimulatorClient.model)", hello).status == 200)
        }
    }

    @Test(arguments: [("anthropic.claude-sonnet-4-5-20250929-v1:0", 5), (SimulatorClient.model, 1)])
    func `tokens of an answer count at the rate of the model`(model: String, rate: Int) async throws {
        try await withSimulator {
            $0.quotas = [Quota(tokensPerMinute: 1_000_000)]
        } _: { client async throws in
            let id = rate == 5 ? "us.\(model)" : model
            let answer = try await client.call("converse-stream", id, conversation("Hello"))
            let usage = try #require(try answer.events().last?.payload["usage"])
            let used = try #require(usage["inputTokens"]?.integer) + rate * #require(usage["outputTokens"]?.integer)
            let left = try await client.control(.GET, "quotas")["use"]?.array?.first?["tokens_left"]?.integer
            #expect(left == 1_000_000 - used)
        }
    }

    @Test func `the control endpoint sets quotas, tells what is left and takes them away`() async throws {
        try await withSimulator { client async throws in
            #expect(try await client.control(.GET, "quotas")["quotas"] == [])
            let set = try await client.control(.POST, "quotas", ["requests_per_minute": 1])
            #expect(set["quotas"] == [["requests_per_minute": 1]])
            #expect(try await client.call("converse", conversation("Hello")).status == 200)
            #expect(try await client.call("converse", conversation("Hello")).status == 429)
            let told = try await client.control(.GET, "quotas")
            #expect(told["use"]?.array?.first?["requests_left"] == 0)
            #expect(told["throttled"]?["requests_per_minute"] == 1)
            _ = try await client.control(.POST, "quotas", [["requests_per_minute": 2]])
            #expect(try await client.call("converse", conversation("Hello")).status == 200, "full again")
            #expect(try await client.control(.DELETE, "quotas")["quotas"] == [])
            for _ in 0..<3 { #expect(try await client.call("converse", conversation("Hello")).status == 200) }
        }
    }

    @Test(arguments: [
        #"{"tokens": 1}"#, #"{"requests_per_minute": 0}"#, #"{"requests_per_minute": "1"}"#, "{}", "[1]", "]",
        #"{"model": "", "tokens_per_day": 1}"#,
    ])
    func `what is no quota is refused with words`(text: String) async throws {
        #expect(throws: QuotaError.self) { try Quota.list(json: Array(text.utf8)) }
    }
}
