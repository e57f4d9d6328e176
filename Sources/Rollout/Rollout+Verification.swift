import BotRuntime
import Deployment
import SmokeTesting
import WallClock

extension Rollout {
    /// How often the replicas' reports are read while waiting for them.
    private static let pollInterval: Duration = .milliseconds(250)

    /// Waits for the replicas, asks the live bots, and takes the manifest back where it is bad.
    func verify(
        _ manifest: StoredManifest, _ subjects: [Subject], _ onEvent: (RolloutEvent) -> Void
    ) async throws -> RolloutEnd {
        let serial = manifest.serial
        let convergence = try await converge(on: manifest, mustBeServed: options.requiresReplica, onEvent)
        guard convergence.refused.isEmpty else {
            return await rollBack(manifest, .replicasRefused(convergence.refused), onEvent)
        }
        guard convergence.liveCount > 0 else {
            await keep(.unserved, of: manifest, "no replica was live", onEvent)
            return .unserved(serial: serial, wasRequired: options.requiresReplica)
        }
        guard convergence.isReached else {
            let names = convergence.behind.joined(separator: ", ")
            await keep(.notConverged, of: manifest, "not served in time by \(names)", onEvent)
            return .notConverged(serial: serial, convergence)
        }
        let replicas = "\(convergence.ready.count) of \(convergence.liveCount) replicas serve it"
        guard !subjects.isEmpty else {
            await keep(.verified, of: manifest, "\(replicas), and there was nothing to ask", onEvent)
            return .deployed(serial: serial, convergence: convergence, live: nil)
        }
        let report = try await ask(subjects, at: world.gatewayURL, .live, onEvent)
        switch report.result {
        case .pass:
            await keep(.verified, of: manifest, "\(replicas), \(report.summary)\(acceptance)", smoke: report, onEvent)
            return .deployed(serial: serial, convergence: convergence, live: report)
        case .inconclusive:
            await keep(
                .inconclusive, of: manifest, "\(replicas), \(report.summary)\(acceptance)", smoke: report, onEvent)
            return .liveInconclusive(serial: serial, live: report)
        case .fail: return await rollBack(manifest, .liveSmokeFailed(report), onEvent)
        }
    }

    /// What the outcome says of a candidate that was let through.
    private var acceptance: String {
        options.acceptInconclusive.map { "; an inconclusive candidate was accepted: \($0)" } ?? ""
    }

    /// Waits until every live replica serves a manifest.
    ///
    /// A replica that was live when the waiting began, or since, and fell silent counts as behind: it may come back
    /// with the old bots, or have crashed over the new ones. One that took its report away was stopped on purpose and
    /// does not count.
    ///
    /// - Parameters:
    ///   - manifest: The manifest.
    ///   - mustBeServed: Whether to wait for a replica to appear when none is live.
    ///   - onEvent: Told when it changes.
    /// - Returns: How far they were when they all served it, one refused it, none was live, or time was up.
    /// - Throws: `CancellationError`; ``StateStoreError`` when the reports could not be read when time was up.
    func converge(
        on manifest: StoredManifest, mustBeServed: Bool, _ onEvent: (RolloutEvent) -> Void
    ) async throws -> Convergence {
        let changed = Set(plan.changes.map(\.name))
        let start = world.clock.now()
        let startTime = world.wallClock.now()
        var seen: Set<String> = []
        var last: Convergence?
        while true {
            try Task.checkCancellation()
            let isTimeUp = world.clock.now() - start >= options.convergeTimeout
            let time = world.wallClock.now()
            let replicas: (live: [ReplicaReport], stored: Set<String>)
            do {
                replicas = try await world.store.replicas(at: min(startTime, time))
            } catch let error as StateStoreError where error.code == .unavailable && !isTimeUp {
                try await world.clock.sleep(for: Self.pollInterval)
                continue
            }
            seen.formUnion(replicas.live.map(\.id))
            let live = replicas.live.filter { $0.isLive(at: time) }
            let silent = seen.intersection(replicas.stored).subtracting(live.map(\.id))
            let now = Convergence(of: manifest, changed: changed, in: live, silent: silent)
            // Replicas that were live and are gone may be restarting; only when none ever was there is no one to wait
            // for.
            let isOver = now.liveCount == 0 ? !mustBeServed && last == nil : now.isReached || !now.refused.isEmpty
            if now != last, now.liveCount > 0 || last != nil { onEvent(.converging(now)) }
            if isOver || isTimeUp { return now }
            if now.liveCount > 0 || last != nil { last = now }
            try await world.clock.sleep(for: Self.pollInterval)
        }
    }

    // MARK: - Back

    /// Puts the bots from before in the place of a bad manifest, if it still is the deployed one.
    ///
    /// Once begun it is finished, also when the rollout is cancelled: a bad manifest must not stay for that.
    private func rollBack(
        _ manifest: StoredManifest, _ cause: RollbackCause, _ onEvent: (RolloutEvent) -> Void
    ) async -> RolloutEnd {
        onEvent(.rollingBack(serial: manifest.serial, cause: cause))
        var report: SmokeReport?
        if case .liveSmokeFailed(let live) = cause { report = live }
        let before = plan.base.map { "serial \($0.serial)" } ?? "an environment without bots"
        let stamp = ManifestStamp(
            created: world.wallClock.now(), by: options.by, tool: options.tool, source: plan.base?.manifest.source,
            message: "rollback of serial \(manifest.serial) to \(before): \(cause.description)")
        let back = Manifest(
            succeeding: manifest, newLineage: manifest.manifest.lineage, stamp: stamp,
            bots: plan.base?.manifest.bots ?? [:])
        let restored: StoredManifest
        do {
            restored = try await Task { [store = world.store] in
                try await store.promote(back, over: manifest, blobs: [])
            }.value
        } catch {
            await keep(
                .failed, of: manifest, "\(cause.description); taking it back failed: \(error)", smoke: report, onEvent)
            return .notRolledBack(serial: manifest.serial, cause: cause, error: error)
        }
        onEvent(.rolledBack(serial: manifest.serial, to: restored.serial))
        await keep(
            .rolledBack, of: manifest, cause.description, rolledBackTo: restored.serial, smoke: report, onEvent)
        let convergence = try? await converge(on: restored, mustBeServed: false, onEvent)
        await keepOutcome(of: restored, convergence, onEvent)
        return .rolledBack(
            Rollback(from: manifest.serial, serial: restored.serial, cause: cause, convergence: convergence))
    }

    private func keepOutcome(
        of restored: StoredManifest, _ convergence: Convergence?, _ onEvent: (RolloutEvent) -> Void
    ) async {
        guard let convergence else {
            await keep(.interrupted, of: restored, "it is not known whether the replicas are back", onEvent)
            return
        }
        let replicas = "\(convergence.ready.count) of \(convergence.liveCount) replicas serve the bots from before"
        if convergence.liveCount == 0 {
            await keep(.unserved, of: restored, "no replica was live", onEvent)
        } else {
            await keep(convergence.isReached ? .verified : .notConverged, of: restored, replicas, onEvent)
        }
    }
}
