import BotConfiguration
import Deployment
import JSONCoding
import PoeProtocol
import Rollout
import Secrets
import SmokeTesting
import Testing
import WallClock

/// The ways a rollout goes that leave what it wrote, or write nothing.
struct RolloutTests {
    private let world = RolloutWorld()
    private let old = [RolloutWorld.bot("claude", "old"), RolloutWorld.bot("nova", "same")]
    private let new = [RolloutWorld.bot("claude", "new"), RolloutWorld.bot("nova", "same")]

    @Test func `a good deploy goes through every step in order`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one")
        try await world.fleet.start("two", .follows(after: 3))
        let end = try await world.deploy(new)
        guard case .deployed(let serial, let convergence, let live?) = end else {
            Issue.record("expected a deploy, got \(end)")
            return
        }
        #expect(serial == 2)
        #expect(convergence.ready == ["one", "two"])
        #expect(live.result == .pass)
        #expect(
            world.events == [
                "candidate smoke of 1", "claude pass", "candidate pass", "written 2", "0 of 2", "1 of 2", "2 of 2",
                "live smoke of 1", "claude pass", "live pass",
            ])
        #expect(try await world.deployed() == ["claude": "new", "nova": "same"])
        let outcome = try await world.store.outcome(of: 2)
        #expect(outcome?.result == .verified)
        #expect(outcome?.reason == "2 of 2 replicas serve it, 1 passed on the simulator")
        #expect(outcome?.smoke?["passed"] == 1)
    }

    @Test func `each door is asked for the new digest with its own key`() async throws {
        try await world.fleet.start("one")
        try await world.deploy([new[0]])
        let digest = new[0].stored.digest
        #expect(world.asked.map(\.url) == ["http://candidate/bots/claude", "http://live/bots/claude"])
        #expect(world.asked.map(\.digest) == [digest, digest])
        #expect(world.asked[1].accessKey == RolloutWorld.liveKey)
        #expect(world.asked[0].accessKey != RolloutWorld.liveKey)
    }

    @Test(arguments: [SmokeVerdict.Result.fail, .inconclusive])
    func `a candidate that does not pass is not written at all`(result: SmokeVerdict.Result) async throws {
        try await world.fleet.start("one")
        world.answers { $0.isCandidate ? result : .pass }
        let end = try await world.deploy(new)
        switch end {
        case .candidateFailed(let report): #expect(result == .fail && report.count(.fail) == 2)
        case .candidateInconclusive(let report): #expect(result == .inconclusive && report.count(.inconclusive) == 2)
        default: Issue.record("expected the candidate to be refused, got \(end)")
        }
        #expect(try await world.store.currentManifest() == nil)
        #expect(try await world.objects.list(.blobs).isEmpty)
        #expect(world.asked.allSatisfy { $0.isCandidate })
    }

    @Test func `an inconclusive candidate goes live for a reason, which is kept`() async throws {
        try await world.fleet.start("one")
        world.answers { $0.isCandidate ? .inconclusive : .pass }
        var options = RolloutWorld.options
        options.acceptInconclusive = "Bedrock is down in us-east-1"
        let end = try await world.deploy(new, options: options)
        guard case .deployed(1, _, _?) = end else {
            Issue.record("expected a deploy, got \(end)")
            return
        }
        #expect(world.events.contains("accepted: Bedrock is down in us-east-1"))
        #expect(try await world.store.outcome(of: 1)?.reason.contains("Bedrock is down in us-east-1") == true)
    }

    @Test func `a failed candidate is refused whatever reason there is`() async throws {
        world.answers { _ in .fail }
        var options = RolloutWorld.options
        options.acceptInconclusive = "because"
        guard case .candidateFailed = try await world.deploy(new, options: options) else {
            Issue.record("expected the candidate to be refused")
            return
        }
        #expect(try await world.serial() == nil)
    }

    @Test func `a candidate that cannot be made is not written`() async throws {
        let candidate = FakeCandidate(failure: CandidateRefusal(reason: "claude: no handler"))
        let end = try await world.run(try await world.plan(new), new, candidate: candidate)
        guard case .candidateCannotBuild(reason: "claude: no handler") = end else {
            Issue.record("expected a refusal, got \(end)")
            return
        }
        #expect(try await world.serial() == nil)
    }

    @Test func `a candidate gateway that does not start is an error, and nothing is written`() async throws {
        let candidate = FakeCandidate(failure: RolloutError(.candidate, "no port"))
        let plan = try await world.plan(new)
        let error = await #expect(throws: RolloutError.self) {
            try await world.run(plan, new, candidate: candidate)
        }
        #expect(error?.code == .candidate)
        #expect(try await world.serial() == nil)
    }

    @Test func `a live smoke that tells nothing leaves the deploy as it is`() async throws {
        try await world.fleet.start("one")
        world.answers { $0.isCandidate ? .pass : .inconclusive }
        guard case .liveInconclusive(serial: 1, let report) = try await world.deploy(new) else {
            Issue.record("expected an inconclusive end")
            return
        }
        #expect(report.count(.inconclusive) == 2)
        #expect(try await world.deployed() == ["claude": "new", "nova": "same"])
        #expect(try await world.store.outcome(of: 1)?.result == .inconclusive)
    }

    @Test func `a replica that does not follow in time is named, and nothing is taken back`() async throws {
        try await world.fleet.start("good")
        try await world.fleet.start("stuck", .isStuck)
        guard case .notConverged(serial: 1, let convergence) = try await world.deploy(new) else {
            Issue.record("expected the deploy not to converge")
            return
        }
        #expect(convergence.behind == ["stuck"])
        #expect(convergence.ready == ["good"])
        #expect((Duration.seconds(60)..<(.seconds(61))).contains(world.clock.now.offset))
        #expect(try await world.serial() == 1)
        #expect(try await world.store.outcome(of: 1)?.result == .notConverged)
        #expect(world.asked.allSatisfy { $0.isCandidate })
    }

    @Test func `with no replica live the manifest is written and nobody is waited for`() async throws {
        guard case .unserved(serial: 1, wasRequired: false) = try await world.deploy(new) else {
            Issue.record("expected an unserved deploy")
            return
        }
        #expect(world.clock.now.offset == .zero)
        #expect(try await world.deployed() == ["claude": "new", "nova": "same"])
        #expect(try await world.store.outcome(of: 1)?.result == .unserved)
    }

    @Test func `a replica that is required is waited for`() async throws {
        var options = RolloutWorld.options
        options.requiresReplica = true
        options.convergeTimeout = .seconds(20)
        guard case .unserved(serial: 1, wasRequired: true) = try await world.deploy(old, options: options) else {
            Issue.record("expected an unserved deploy")
            return
        }
        #expect(world.clock.now.offset >= .seconds(20))
        world.clock.onSleep { [fleet = world.fleet] in try await fleet.start("late") }
        guard case .deployed(serial: 2, let convergence, _?) = try await world.deploy(new, options: options) else {
            Issue.record("expected a deploy")
            return
        }
        #expect(convergence.ready == ["late"])
    }

    @Test func `a replica that restarts meanwhile is waited for`() async throws {
        try await world.fleet.start("one", .restarts(after: 8))
        guard case .deployed(_, let convergence, _?) = try await world.deploy(new) else {
            Issue.record("expected a deploy")
            return
        }
        #expect(convergence.ready == ["one"])
    }

    @Test(arguments: [false, true])
    func `a replica that was live and fell silent counts as behind`(isAlone: Bool) async throws {
        try await world.deploy(old)
        try await world.fleet.start("silent", .fallsSilent)
        if !isAlone { try await world.fleet.start("good") }
        guard case .notConverged(serial: 2, let convergence) = try await world.deploy(new) else {
            Issue.record("expected the deploy not to converge")
            return
        }
        #expect(try await world.store.liveReplicas(at: world.wallClock.now()).map(\.id) == (isAlone ? [] : ["good"]))
        #expect(convergence.behind == ["silent"])
        #expect(convergence.ready == (isAlone ? [] : ["good"]))
        #expect((Duration.seconds(60)..<(.seconds(61))).contains(world.clock.now.offset))
        #expect(try await world.store.outcome(of: 2)?.reason == "not served in time by silent")
    }

    @Test func `a replica that fell silent before the deploy does not count`() async throws {
        try await world.fleet.start("one")
        try await world.store.putReplica(
            ReplicaReport(
                id: "old", serial: 0, digest: nil, tool: "test", at: RolloutWorld.start.advanced(by: .seconds(-30))))
        guard case .deployed(serial: 1, let convergence, _?) = try await world.deploy(new) else {
            Issue.record("expected a deploy")
            return
        }
        #expect(convergence.ready == ["one"])
    }

    @Test func `a replica that was stopped on purpose does not count`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("stopped", .restarts(after: .max))
        try await world.fleet.start("good", .follows(after: 2))
        guard case .deployed(serial: 2, let convergence, _?) = try await world.deploy(new) else {
            Issue.record("expected a deploy")
            return
        }
        #expect(convergence.ready == ["good"])
        #expect(convergence.behind.isEmpty)
    }

    @Test func `when all replicas were stopped on purpose and none comes back, nothing serves it`() async throws {
        try await world.fleet.start("stopped", .restarts(after: .max))
        guard case .unserved(serial: 1, wasRequired: false) = try await world.deploy(new) else {
            Issue.record("expected an unserved deploy")
            return
        }
        #expect((Duration.seconds(60)..<(.seconds(61))).contains(world.clock.now.offset))
        #expect(try await world.store.outcome(of: 1)?.result == .unserved)
    }

    @Test func `bots that are off or removed are not asked`() async throws {
        try await world.deploy(old)
        try await world.fleet.start("one")
        guard
            case .deployed(serial: 2, _, nil) = try await world.deploy([
                RolloutWorld.bot("nova", "same", isEnabled: false)
            ])
        else {
            Issue.record("expected a deploy without a live smoke")
            return
        }
        #expect(world.asked.isEmpty)
        #expect(try await world.deployed() == ["nova": "same"])
        #expect(try await world.store.outcome(of: 2)?.result == .verified)
    }

    @Test func `nothing to do writes nothing`() async throws {
        try await world.deploy(old)
        guard case .nothingToDo = try await world.deploy(old) else {
            Issue.record("expected nothing to do")
            return
        }
        #expect(try await world.serial() == 1)
        #expect(world.events.isEmpty)
    }

    @Test func `guards are asked before anything else`() async throws {
        try await world.deploy(old)
        guard
            case .refused([.removalNeedsPrune(["nova"])]) = try await world.deploy(
                [new[0]], options: RolloutOptions(by: "ana", tool: "botctl"))
        else {
            Issue.record("expected a refusal")
            return
        }
        #expect(world.events.isEmpty)
        #expect(try await world.serial() == 1)
    }

    @Test func `a stale plan is refused before the candidate is asked`() async throws {
        try await world.deploy(old)
        let plan = try await world.plan(new)
        try await world.deploy([RolloutWorld.bot("claude", "theirs"), old[1]])
        let error = await #expect(throws: StateStoreError.self) { try await world.run(plan, new) }
        #expect(error?.code == .conflict)
        #expect(error?.winner == StateStoreError.Winner(serial: 2, by: "ana"))
        #expect(world.asked.isEmpty)
        #expect(try await world.deployed()?["claude"] == "theirs")
    }

    @Test func `somebody who deploys during the candidate's smoke wins`() async throws {
        try await world.deploy(old)
        let plan = try await world.plan(new)
        world.answers { [world] target in
            let base = try await world.store.currentManifest()
            let other = Manifest(
                succeeding: base, newLineage: "", stamp: ManifestStamp(created: RolloutWorld.start, by: "bo", tool: ""),
                bots: [:])
            _ = try await world.store.promote(other, over: base, blobs: [])
            return .pass
        }
        let error = await #expect(throws: StateStoreError.self) { try await world.run(plan, new) }
        #expect(error?.code == .conflict)
        #expect(error?.winner?.by == "bo")
        #expect(try await world.deployed() == [:])
    }

    @Test func `a lease that somebody else keeps is waited for, then an error`() async throws {
        world.clock.onSleep { [world] in
            _ = try await world.store.acquireLease(holder: "bo", token: "b", now: world.wallClock.now())
        }
        _ = try await world.store.acquireLease(holder: "bo", token: "b", now: world.wallClock.now())
        let plan = try await world.plan(new)
        let error = await #expect(throws: StateStoreError.self) { try await world.run(plan, new) }
        #expect(error?.code == .leaseHeld)
        #expect(world.events == ["waiting for bo"])
        #expect(try await world.serial() == nil)
    }

    @Test(arguments: ["", "short", String(repeating: "k", count: 31) + "\n"])
    func `a live key that cannot be right is an error before anything is written`(key: String) async throws {
        let plan = try await world.plan(new)
        let error = await #expect(throws: RolloutError.self) {
            try await world.run(plan, new, accessKey: { _ in try PoeAccessKey(Secret(key)) })
        }
        #expect(error?.code == .accessKey)
        #expect(error?.message.contains("claude") == true)
        #expect(try await world.serial() == nil)
    }

    @Test func `a live key that is not found is an error before anything is written`() async throws {
        struct NotFound: Error {}
        let plan = try await world.plan(new)
        let error = await #expect(throws: RolloutError.self) {
            try await world.run(plan, new, accessKey: { _ in throw NotFound() })
        }
        #expect(error?.code == .accessKey)
        #expect(error?.cause is NotFound)
        #expect(world.asked.isEmpty)
    }
}
