import Deployment
import JSONCoding
import Rollout
import SmokeTesting
import Testing
import WallClock

/// Rollouts that take back what they wrote, and those that somebody stops.
struct RollbackTests {
    private let world = RolloutWorld()
    private let old = [RolloutWorld.bot("claude", "old"), RolloutWorld.bot("nova", "same")]
    private let new = [
        RolloutWorld.bot("claude", "new"), RolloutWorld.bot("nova", "same"), RolloutWorld.bot("llama", "new"),
    ]

    private func rollback(_ end: RolloutEnd) throws -> Rollback {
        guard case .rolledBack(let back) = end else {
            Issue.record("expected a rollback, got \(end)")
            throw CancellationError()
        }
        return back
    }

    @Test func `a live smoke that fails brings the bots from before back`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one")
        world.answers { $0.isCandidate || $0.bot == "llama" ? .pass : .fail }
        let back = try rollback(try await world.deploy(new))
        #expect(back.from == 2)
        #expect(back.serial == 3)
        #expect(back.convergence?.ready == ["one"])
        #expect(back.cause.description.contains("claude"))
        #expect(try await world.deployed() == ["claude": "old", "nova": "same"])
        #expect(
            world.events.suffix(5) == [
                "live fail", "rolling back 2", "rolled back 2 to 3", "0 of 1", "1 of 1",
            ])
        let bad = try await world.store.outcome(of: 2)
        #expect(bad?.result == .rolledBack)
        #expect(bad?.rolledBackTo == 3)
        #expect(bad?.smoke?["failed"] == 1)
        #expect(try await world.store.outcome(of: 3)?.result == .verified)
        let manifests = try await world.store.history(limit: 10)
        #expect(manifests.map(\.serial) == [3, 2, 1])
        #expect(manifests[0].message?.hasPrefix("rollback of serial 2 to serial 1: live smoke failed") == true)
        #expect(manifests[0].bots == manifests[2].bots)
    }

    @Test func `a first deploy is rolled back to a manifest without bots`() async throws {
        try await world.fleet.start("one")
        world.answers { $0.isCandidate ? .pass : .fail }
        let back = try rollback(try await world.deploy(new))
        #expect(back.serial == 2)
        #expect(try await world.deployed() == [:])
    }

    @Test func `a replica that cannot build it takes the whole deploy back`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("good")
        try await world.fleet.start("poor", .refuses(bot: "llama"))
        let back = try rollback(try await world.deploy(new))
        guard case .replicasRefused(let refusals) = back.cause else {
            Issue.record("expected a refusal, got \(back.cause)")
            return
        }
        #expect(
            refusals == [
                ReplicaRefusal(replica: "poor", reason: "1 bot cannot be made", failed: ["llama": "no key"])
            ])
        #expect(back.cause.description == "replica poor cannot build it: llama: no key")
        #expect(world.asked.allSatisfy { $0.isCandidate })
        #expect(back.convergence?.isReached == true)
        #expect(try await world.deployed() == ["claude": "old", "nova": "same"])
    }

    @Test func `a replica that starts without a changed bot takes the deploy back`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one", .startsWithout(bot: "llama"))
        let back = try rollback(try await world.deploy(new))
        #expect(back.cause.description == "replica one cannot build it: llama: no key")
    }

    @Test func `a replica that lacks a bot from before does not`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one", .startsWithout(bot: "nova"))
        guard case .deployed(serial: 2, _, _?) = try await world.deploy(new) else {
            Issue.record("expected a deploy")
            return
        }
    }

    @Test func `a replica that does not come back is told, and the rollback stands`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one")
        world.answers { [world] target in
            if target.isCandidate { return .pass }
            try await world.fleet.start("one", .isStuck)
            return .fail
        }
        let back = try rollback(try await world.deploy(new))
        #expect(back.convergence?.behind == ["one"])
        #expect(try await world.serial() == 3)
        #expect(try await world.store.outcome(of: 3)?.result == .notConverged)
    }

    @Test func `what somebody else deployed meanwhile is not taken back`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one")
        world.answers { [world] target in
            if target.isCandidate { return .pass }
            if let base = try await world.store.currentManifest(), base.serial == 2 {
                let stamp = ManifestStamp(created: RolloutWorld.start, by: "bo", tool: "")
                let other = Manifest(succeeding: base, newLineage: "", stamp: stamp, bots: [:])
                _ = try await world.store.promote(other, over: base, blobs: [])
            }
            return .fail
        }
        guard case .notRolledBack(serial: 2, _, let error) = try await world.deploy(new) else {
            Issue.record("expected a rollback that comes too late")
            return
        }
        #expect((error as? StateStoreError)?.code == .conflict)
        #expect((error as? StateStoreError)?.winner?.by == "bo")
        #expect(try await world.deployed() == [:])
        #expect(try await world.serial() == 3)
        #expect(try await world.store.outcome(of: 2)?.result == .failed)
    }

    // MARK: - Stopped

    @Test func `a deploy that is stopped before it writes leaves the old generation`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one")
        world.answers { target in
            withUnsafeCurrentTask { $0?.cancel() }
            return .pass
        }
        let end = try await Task { [world, new] in try await world.deploy(new) }.value
        guard case .interrupted(serial: 1, wasWritten: false) = end else {
            Issue.record("expected an interruption, got \(end)")
            return
        }
        #expect(try await world.deployed() == ["claude": "old", "nova": "same"])
    }

    @Test func `a deploy that is stopped while it waits leaves the new generation`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one", .isStuck)
        world.clock.onSleep { withUnsafeCurrentTask { $0?.cancel() } }
        let end = try await Task { [world, new] in try await world.deploy(new) }.value
        guard case .interrupted(serial: 2, wasWritten: true) = end else {
            Issue.record("expected an interruption, got \(end)")
            return
        }
        #expect(try await world.deployed()?["claude"] == "new")
        #expect(try await world.store.outcome(of: 2)?.result == .interrupted)
        let lease = try await world.store.acquireLease(holder: "bo", token: "b", now: world.wallClock.now())
        guard case .acquired = lease else {
            Issue.record("expected the lease to be free again")
            return
        }
    }

    @Test func `a rollback that has begun is finished though the caller stops it`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one")
        world.answers { $0.isCandidate ? .pass : .fail }
        world.onEvent { event in
            if case .rollingBack = event { withUnsafeCurrentTask { $0?.cancel() } }
        }
        let back = try rollback(try await Task { [world, new] in try await world.deploy(new) }.value)
        #expect(back.serial == 3)
        #expect(back.convergence == nil)
        #expect(try await world.deployed() == ["claude": "old", "nova": "same"])
    }

    @Test func `a store that is away for a moment while waiting does not end the deploy`() async throws {
        try await world.fleet.start("one")
        let flaky = FlakyListing(world.objects, failures: 5)
        guard
            case .deployed(serial: 1, _, _?) = try await world.run(
                try await world.plan(new), new, store: StateStore(flaky))
        else {
            Issue.record("expected a deploy")
            return
        }
    }

    @Test func `a store that stays away is an error that names the serial`() async throws {
        try await world.fleet.start("one")
        let plan = try await world.plan(new)
        let error = await #expect(throws: StateStoreError.self) {
            try await world.run(plan, new, store: StateStore(FlakyListing(world.objects, failures: .max)))
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message.hasPrefix("serial 1 is deployed") == true)
    }
}
