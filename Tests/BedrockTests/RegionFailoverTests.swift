import Bedrock
import ChatEvents
import Synchronization
import Testing

struct RegionFailoverTests {
    /// A clock that a test moves.
    private final class Hand: Sendable {
        private let time = Mutex(ContinuousClock().now)

        var now: ContinuousClock.Instant { time.withLock { $0 } }

        func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
    }

    @Test func `each region gets an equal part of what the ones before have left`() async throws {
        let hand = Hand()
        let failover = RegionFailover("one", then: ["two", "three"], patience: .seconds(90), now: { hand.now })
        var shares: [Duration?] = []
        // The first one uses a third of its share, the second one all of it.
        let uses = [Duration.seconds(10), .seconds(40), .seconds(1)]
        try await failover.run(goingOn: { _, _, _ in true }) { turn in
            shares.append(turn.deadline.map { hand.now.duration(to: $0) })
            hand.advance(by: uses[shares.count - 1])
            #expect(turn.isLast == (turn.region == "three"))
            if !turn.isLast { throw ChatFailure(.throttled, detail: turn.region) }
        }
        #expect(shares == [.seconds(30), .seconds(40), .seconds(40)])
    }

    @Test func `without patience there are no deadlines, and at its end no further region`() async throws {
        var regions: [String] = []
        try await RegionFailover("one").run(goingOn: { _, _, _ in true }) { turn in
            #expect(turn.deadline == nil)
            #expect(turn.isLast)
            regions.append(turn.region)
        }
        let hand = Hand()
        let failure = await #expect(throws: ChatFailure.self) {
            try await RegionFailover("one", then: ["two"], patience: .seconds(1), now: { hand.now })
                .run(goingOn: { _, _, _ in true }) { turn in
                    hand.advance(by: .seconds(1))
                    throw ChatFailure(.throttled, detail: turn.region)
                }
        }
        #expect(failure?.detail == "one")
        #expect(regions == ["one"])
    }

    @Test func `who asks says whether to go on, and other errors end it`() async throws {
        let failover = RegionFailover(1, then: [2, 3])
        let refused = await #expect(throws: ChatFailure.self) {
            try await failover.run(goingOn: { _, failed, _ in failed == 1 }) { turn in
                throw ChatFailure(.unavailable, detail: "\(turn.region)")
            }
        }
        #expect(refused?.detail == "2")
        var count = 0
        await #expect(throws: CancellationError.self) {
            try await failover.run(goingOn: { _, _, _ in true }) { _ in
                count += 1
                throw CancellationError()
            }
        }
        #expect(count == 1)
    }

    @Test(arguments: ChatFailure.Kind.allCases)
    func `another region helps where the first one is in trouble`(kind: ChatFailure.Kind) {
        let helps: Set<ChatFailure.Kind> = [.throttled, .quotaExhausted, .unavailable, .timedOut]
        #expect(RegionFailover<Int>.mayHelp(after: ChatFailure(kind, detail: "")) == helps.contains(kind))
    }
}
