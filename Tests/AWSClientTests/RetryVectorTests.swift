import AWSClient
import JSONCoding
import NIOHTTP1
import Testing

struct RetryVectorTests {
    private static let modes: [(String, RetryPolicy)] = [
        ("classic", RetryPolicy(.classic)), ("revised2026", RetryPolicy(.revised)),
    ]

    private func mode(_ name: String) throws -> JSONValue { try #require(try vectors("standard-mode.json")[name]) }

    /// The kind of a failure that the vectors describe.
    private func kind(of failure: JSONValue) -> RetryKind? {
        switch failure["error"]?.string {
        case "connectTimeout", "readTimeout": return .timeout
        case .some: return .transient
        case nil: return RetryKind(status: failure["status"]?.integer ?? 0, code: failure["code"]?.string)
        }
    }

    @Test(arguments: modes) func `every failure is classified`(name: String, policy: RetryPolicy) throws {
        let cases = try #require(try mode(name)["classification"]?.array)
        #expect(cases.count == 35)
        for testCase in cases {
            let kind = kind(of: testCase)
            if testCase["status"]?.integer == 429, testCase["code"] == nil {
                // Ours: a proxy's 429 has no name and means the same.
                #expect(kind == .throttling)
                continue
            }
            #expect((kind != nil) == testCase["retry"]?.bool, "\(testCase)")
            guard let kind else { continue }
            #expect(policy.cost(of: kind) == testCase["quotaCost"]?.integer, "\(testCase)")
            #expect(
                policy.delay(beforeRetry: 1, after: kind, random: 1) == seconds(testCase["firstDelay"]), "\(testCase)")
        }
    }

    @Test(arguments: AWSTransportError.Code.allCases)
    func `a failure on the way is tried again only before the answer`(code: AWSTransportError.Code) {
        let kind: RetryKind? =
            switch code {
            case .unanswered: .transient
            case .timedOut: .timeout
            case .interrupted, .tooLarge: nil
            }
        let error = AWSTransportError(code, message: "test")
        #expect(RetryKind(error) == kind)
        // Where nobody has seen anything of it, one that broke off may be asked for again, too.
        #expect(RetryKind(unseen: error) == (code == .interrupted ? .transient : kind))
    }

    @Test(arguments: modes) func `waits grow up to a bound`(name: String, policy: RetryPolicy) throws {
        for (key, kind) in [("throttling", RetryKind.throttling), ("transient", .transient)] {
            let delays = try #require(try mode(name)["backoff"]?[key]?.array)
            #expect(delays.count == 12)
            for (index, delay) in delays.enumerated() {
                #expect(policy.delay(beforeRetry: index + 1, after: kind, random: 1) == seconds(delay))
            }
            #expect(policy.delay(beforeRetry: 1, after: kind, random: 0) == .zero)
        }
        #expect(policy.delay(beforeRetry: .max, after: .throttling, random: 1) == .seconds(20))
    }

    @Test func `the wish of the service is obeyed within bounds`() throws {
        let cases = try #require(try mode("revised2026")["retryAfter"]?.array)
        #expect(cases.count == 20)
        for testCase in cases {
            let kind: RetryKind = testCase["kind"]?.string == "throttling" ? .throttling : .transient
            let hint = RetryAfterHint(aws: testCase["header"]?.string, http: nil)
            #expect(
                RetryPolicy().delay(beforeRetry: 1, after: kind, random: 1, hint: hint) == seconds(testCase["delay"]),
                "\(testCase)")
        }
        let ignored = RetryAfterHint(aws: "1500", http: nil)
        #expect(
            RetryPolicy(.classic).delay(beforeRetry: 1, after: .transient, random: 0, hint: ignored) == .zero)
    }

    @Test(arguments: modes) func `calls spend and earn as they should`(name: String, policy: RetryPolicy) async throws {
        let scenarios = try #require(try mode(name)["scenarios"]?.array)
        #expect(scenarios.count == 18)
        for scenario in scenarios {
            let title = Comment(rawValue: scenario["name"]?.string ?? "")
            let quota = RetryQuota(scenario["startQuota"]?.integer ?? RetryQuota.capacity)
            for call in scenario["calls"]?.array ?? [] {
                let log = DelayLog()
                let pauses = RetryPauses(
                    sleep: { await log.append($0, quota.available) }, random: { 1 })
                var attempts = RetryAttempts(
                    limit: scenario["maxAttempts"]?.integer ?? 3, deadline: nil, policy: policy, quota: quota,
                    pauses: pauses)
                for response in call["responses"]?.array ?? [] {
                    if response["status"]?.integer == 200 {
                        attempts.succeed()
                        break
                    }
                    guard try await attempts.waitToRetry(after: kind(of: response)) else { break }
                }
                #expect(attempts.count == call["attempts"]?.integer, title)
                #expect(await log.delays == (call["delays"]?.array ?? []).map(seconds), title)
                #expect(await log.quotas == (call["quotaAfterEachRetry"]?.array ?? []).map(\.integer), title)
                #expect(quota.available == call["quotaAfterCall"]?.integer, title)
            }
        }
    }

    /// The vectors write seconds as decimals of at most three places.
    private func seconds(_ value: JSONValue?) -> Duration {
        .milliseconds(Int(((value?.double ?? -1) * 1000).rounded()))
    }
}

/// What a test saw of the waits between attempts.
actor DelayLog {
    private(set) var delays: [Duration] = []
    private(set) var quotas: [Int?] = []

    func append(_ delay: Duration, _ quota: Int) {
        delays.append(delay)
        quotas.append(quota)
    }
}

struct RetryAfterHintTests {
    @Test(
        arguments: [
            ("1500", "7", RetryAfterHint.aws(.milliseconds(1500))), (nil, "7", .http(.seconds(7))),
            ("x", "7", .http(.seconds(7))), (nil, "-7", .none), (nil, "1.5", .none), (nil, nil, .none),
            (nil, "99999999999999999999", .none), (nil, "Sat", .http(.seconds(12))),
        ] as [(String?, String?, RetryAfterHint)])
    func `the vendor's header comes before the standard one`(aws: String?, http: String?, hint: RetryAfterHint) {
        #expect(RetryAfterHint(aws: aws, http: http) { $0 == "Sat" ? 12 : nil } == hint)
    }

    @Test func `a plain wish is never longer than a user waits`() {
        let hint = RetryAfterHint.http(.seconds(3600))
        #expect(RetryPolicy().delay(beforeRetry: 1, after: .throttling, random: 0, hint: hint) == .seconds(20))
    }

    @Test func `nothing is tried again beyond the deadline`() async throws {
        let start = ContinuousClock().now
        let pauses = RetryPauses(sleep: { _ in }, random: { 1 }, now: { start })
        for (deadline, isTried) in [(Duration.milliseconds(40), false), (.milliseconds(60), true)] {
            var attempts = RetryAttempts(
                limit: 3, deadline: start.advanced(by: deadline), policy: RetryPolicy(), quota: RetryQuota(),
                pauses: pauses)
            #expect(try await attempts.waitToRetry(after: .transient) == isTried)
        }
    }

    @Test func `an end of the task ends the wait`() async throws {
        let task = Task {
            let pauses = RetryPauses(sleep: { try await Task.sleep(for: $0 * 1000) }, random: { 1 })
            var attempts = RetryAttempts(
                limit: 3, deadline: nil, policy: RetryPolicy(), quota: RetryQuota(), pauses: pauses)
            return try await attempts.waitToRetry(after: .throttling)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
