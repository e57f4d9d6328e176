import AWSClient
import AWSSigning
import Synchronization
import Testing
import WallClock

struct CachedCredentialProviderTests {
    /// A source that a test opens and shuts, and a clock that it sets.
    private final class Source: AWSCredentialSource {
        struct State {
            var loads = 0
            var now: Int64 = 0
            var lifetime: Int64? = 3600
            var fails = false
            var isShut = false
            var waiting: [CheckedContinuation<Void, Never>] = []
        }

        let state = Mutex(State())
        let name = "the test"

        var loads: Int { state.withLock { $0.loads } }
        var clock: WallClock {
            WallClock { [self] in Timestamp(millisecondsSinceEpoch: state.withLock { $0.now } * 1000) }
        }

        func load() async throws -> AWSCredentials? {
            let isShut = state.withLock { state in
                state.loads += 1
                return state.isShut
            }
            if isShut {
                await withCheckedContinuation { waiter in
                    let isOpen = state.withLock { state in
                        if state.isShut { state.waiting.append(waiter) }
                        return !state.isShut
                    }
                    if isOpen { waiter.resume() }
                }
            }
            let (fails, number, end) = state.withLock { state in
                (state.fails, state.loads, state.lifetime.map { (state.now + $0) * 1000 })
            }
            if fails { throw AWSCredentialError(.failed, message: "the test fails") }
            return AWSCredentials(
                SigningCredentials(accessKeyID: "AKID\(number)", secretAccessKey: "s"),
                expiration: end.map { Timestamp(millisecondsSinceEpoch: $0) })
        }

        func open() {
            let waiting = state.withLock { state in
                state.isShut = false
                defer { state.waiting.removeAll() }
                return state.waiting
            }
            for waiter in waiting { waiter.resume() }
        }

        /// Waits, by giving way, until something holds.
        func until(_ condition: () async -> Bool) async { while await !condition() { await Task.yield() } }
    }

    private let source = Source()
    private let provider: CachedCredentialProvider

    init() { provider = CachedCredentialProvider(source, clock: source.clock, random: { 0 }) }

    private func set(_ change: (inout Source.State) -> Void) { source.state.withLock { change(&$0) } }

    private func id() async throws -> String { try await provider.credentials().accessKeyID }

    @Test func `keys are kept, and all who wait share one renewal`() async throws {
        set { $0.isShut = true }
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await id() } }
            await source.until { source.loads == 1 }
            source.open()
            for try await id in group { #expect(id == "AKID1") }
        }
        #expect(try await id() == "AKID1")
        #expect(source.loads == 1)
    }

    @Test func `keys are renewed ahead of their end without anybody waiting`() async throws {
        #expect(try await id() == "AKID1")
        // An hour's keys: from a quarter of an hour before their end.
        set { $0.now = 2699 }
        #expect(try await id() == "AKID1")
        #expect(source.loads == 1)
        set {
            $0.now = 2701; $0.isShut = true
        }
        #expect(try await id() == "AKID1")
        #expect(try await id() == "AKID1")
        await source.until { source.loads == 2 }
        source.open()
        await source.until { (try? await id()) == "AKID2" }
        #expect(source.loads == 2)
    }

    @Test func `close to the end callers wait for the renewal`() async throws {
        #expect(try await id() == "AKID1")
        set { $0.now = 3001 }
        #expect(try await id() == "AKID2")
    }

    @Test func `a renewal that fails is not fatal while the keys are good`() async throws {
        #expect(try await id() == "AKID1")
        set {
            $0.now = 3001; $0.fails = true
        }
        #expect(try await id() == "AKID1")
        #expect(source.loads == 2)
        // The next try is some time away.
        set { $0.now = 3020 }
        #expect(try await id() == "AKID1")
        #expect(source.loads == 2)
        set { $0.now = 3032 }
        #expect(try await id() == "AKID1")
        #expect(source.loads == 3)
        set { $0.now = 3600 }
        await #expect(throws: AWSCredentialError.self) { try await id() }
        set {
            $0.now = 3602; $0.fails = false
        }
        #expect(try await id() == "AKID5")
    }

    @Test func `without good keys a failure is given out for two seconds`() async throws {
        set { $0.fails = true }
        for _ in 0..<5 {
            let error = await #expect(throws: AWSCredentialError.self) { try await id() }
            #expect(error?.message == "the test fails")
        }
        set {
            $0.now = 1; $0.fails = false
        }
        await #expect(throws: AWSCredentialError.self) { try await id() }
        #expect(source.loads == 1)
        set { $0.now = 2 }
        #expect(try await id() == "AKID2")
        #expect(try await id() == "AKID2")
        #expect(source.loads == 2)
    }

    @Test func `a clock that is set back keeps no failure`() async throws {
        set {
            $0.now = 1000; $0.fails = true
        }
        await #expect(throws: AWSCredentialError.self) { try await id() }
        set {
            $0.now = 0; $0.fails = false
        }
        #expect(try await id() == "AKID2")
    }

    @Test func `keys that are called expired after a renewal are asked for anew`() async throws {
        set { $0.fails = true }
        await #expect(throws: AWSCredentialError.self) { try await id() }
        set {
            $0.now = 2; $0.fails = false
        }
        let keys = try await provider.credentials()
        await provider.invalidate(keys)
        #expect(try await id() == "AKID3")
    }

    @Test func `short-lived keys are renewed in the last part of their life`() async throws {
        set { $0.lifetime = 60 }
        #expect(try await id() == "AKID1")
        set { $0.now = 44 }
        #expect(try await id() == "AKID1")
        set { $0.now = 51 }
        #expect(try await id() == "AKID2")
    }

    @Test func `keys without an end are kept until a service calls them expired`() async throws {
        set { $0.lifetime = nil }
        let keys = try await provider.credentials()
        set { $0.now = 1_000_000 }
        #expect(try await id() == "AKID1")
        await provider.invalidate(SigningCredentials(accessKeyID: "other", secretAccessKey: "s"))
        #expect(try await id() == "AKID1")
        await provider.invalidate(keys)
        #expect(try await id() == "AKID2")
    }

    @Test func `keys that have ended when they come are refused`() async throws {
        set { $0.lifetime = -1 }
        let error = await #expect(throws: AWSCredentialError.self) { try await id() }
        #expect(error?.code == .expired)
    }

    @Test func `who is cancelled stops to wait, and the others get their keys`() async throws {
        set { $0.isShut = true }
        let impatient = Task { try await id() }
        let patient = Task { try await id() }
        await source.until { source.loads == 1 }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        source.open()
        #expect(try await patient.value == "AKID1")
    }

    @Test func `nothing configured is told with what to do`() async throws {
        let provider = CachedCredentialProvider(CredentialChain([]), clock: source.clock)
        let error = await #expect(throws: AWSCredentialError.self) { try await provider.credentials() }
        #expect(error?.code == .notFound)
        #expect(error?.hint.contains("AWS_PROFILE") == true)
    }
}
