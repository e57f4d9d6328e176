import Deployment
import Synchronization
import Testing
import WallClock

struct LeaseTests {
    private let memory = InMemoryObjectStore()
    private var store: StateStore { StateStore(memory) }
    private let time = Samples.time

    private func isHeld(_ result: LeaseResult, by holder: String) -> Bool {
        if case .held(let lease) = result { lease.holder == holder } else { false }
    }

    private func isAcquired(_ result: LeaseResult) -> Bool {
        if case .acquired = result { true } else { false }
    }

    @Test func `one holds the lease until it ends`() async throws {
        #expect(isAcquired(try await store.acquireLease(holder: "ana", token: "a", now: time)))
        #expect(isHeld(try await store.acquireLease(holder: "bo", token: "b", now: time), by: "ana"))
        let later = time.advanced(by: .seconds(10))
        #expect(isAcquired(try await store.acquireLease(holder: "ana", token: "a", now: later)))
        let afterFirst = time.advanced(by: .seconds(16))
        #expect(isHeld(try await store.acquireLease(holder: "bo", token: "b", now: afterFirst), by: "ana"))
        let afterRenewal = time.advanced(by: .seconds(26))
        #expect(isAcquired(try await store.acquireLease(holder: "bo", token: "b", now: afterRenewal)))
        #expect(isHeld(try await store.acquireLease(holder: "ana", token: "a", now: afterRenewal), by: "bo"))
    }

    @Test func `a released lease is free at once, and only its holder releases it`() async throws {
        _ = try await store.acquireLease(holder: "ana", token: "a", now: time)
        try await store.releaseLease(token: "b", now: time)
        #expect(isHeld(try await store.acquireLease(holder: "bo", token: "b", now: time), by: "ana"))
        try await store.releaseLease(token: "a", now: time)
        #expect(isAcquired(try await store.acquireLease(holder: "bo", token: "b", now: time)))
    }

    @Test(arguments: ["", "rubbish", "{\"format\":9}"])
    func `what is no lease stands in nobody's way`(text: String) async throws {
        try await memory.put(Array(text.utf8), to: .lease)
        #expect(isAcquired(try await store.acquireLease(holder: "ana", token: "a", now: time)))
    }

    @Test func `a lease from a clock far ahead stands in nobody's way`() async throws {
        _ = try await store.acquireLease(holder: "ana", token: "a", now: time.advanced(by: .seconds(3600)))
        #expect(isAcquired(try await store.acquireLease(holder: "bo", token: "b", now: time)))
    }

    /// A clock that moves when somebody sleeps.
    private final class Time: Sendable {
        private let now: Mutex<Timestamp>

        init(_ start: Timestamp) { now = Mutex(start) }

        var clock: WallClock { WallClock { self.now.withLock { $0 } } }

        func advance(by duration: Duration) { now.withLock { $0 = $0.advanced(by: duration) } }
    }

    @Test func `waiting ends when the other's lease ends`() async throws {
        _ = try await store.acquireLease(holder: "ana", token: "a", now: time)
        let time = Time(time)
        let waitedFor = Mutex<[String]>([])
        let value = try await store.withLease(
            holder: "bo", token: "b", patience: .seconds(60), clock: time.clock,
            sleep: { duration in
                try Task.checkCancellation()
                // A renewal sleeps until it is cancelled; waiting moves the clock.
                guard duration == .seconds(1) else { return try await Task.sleep(for: .seconds(600)) }
                time.advance(by: duration)
            },
            onWait: { lease in waitedFor.withLock { $0.append(lease.holder) } },
            body: { "done" })
        #expect(value == "done")
        #expect(waitedFor.withLock { $0 } == ["ana"])
        #expect(isAcquired(try await store.acquireLease(holder: "cy", token: "c", now: time.clock.now())))
    }

    @Test func `patience ends with an error that names the holder`() async throws {
        _ = try await store.acquireLease(holder: "ana", token: "a", now: time)
        let error = await #expect(throws: StateStoreError.self) {
            try await store.withLease(
                holder: "bo", token: "b", patience: .seconds(3), clock: WallClock { [time] in time }, sleep: { _ in },
                onWait: { _ in }, body: {})
        }
        #expect(error?.code == .leaseHeld)
        #expect(error?.message.contains("ana") == true)
    }

    @Test func `work that fails gives the lease back`() async throws {
        struct Failure: Error {}
        await #expect(throws: Failure.self) {
            try await store.withLease(
                holder: "bo", token: "b", patience: .zero, clock: WallClock { [time] in time },
                sleep: { _ in try await Task.sleep(for: .seconds(600)) }, onWait: { _ in },
                body: { throw Failure() })
        }
        #expect(isAcquired(try await store.acquireLease(holder: "ana", token: "a", now: time)))
    }
}
