package import BotConfiguration
import BotRuntime
package import Deployment
import Gateway
import JSONCoding
import Secrets
import SmokeTesting
import WallClock

/// One deploy of one plan: smoke the candidate, write, wait for the replicas, smoke what is live, and take it back
/// when that fails.
///
/// Until the one conditional write of the manifest nothing that anybody reads has changed; after it the deployed state
/// is the new generation, whole, however the rollout ends. Only a replica that cannot build it and a smoke case that
/// fails live take it back, by a further serial with the bots of the one before.
package struct Rollout: Sendable {
    let plan: Plan
    let bots: [String: RolloutBot]
    let options: RolloutOptions
    let world: RolloutDependencies

    /// A rollout.
    ///
    /// - Parameters:
    ///   - plan: What to deploy; the person has agreed to it.
    ///   - bots: Every bot that the plan changes and that answers afterwards, by name.
    ///   - options: Who deploys, and what they allow.
    ///   - dependencies: The outside world.
    package init(
        _ plan: Plan, bots: [String: RolloutBot], options: RolloutOptions, dependencies: RolloutDependencies
    ) {
        self.plan = plan
        self.bots = bots
        self.options = options
        world = dependencies
    }

    /// A rollout of a project's plan.
    package init(_ plan: Plan, of project: Project, options: RolloutOptions, dependencies: RolloutDependencies) {
        self.init(
            plan,
            bots: Dictionary(project.bots.map { ($0.name, RolloutBot($0)) }, uniquingKeysWith: { first, _ in first }),
            options: options, dependencies: dependencies)
    }

    /// Deploys.
    ///
    /// A cancelled task ends with ``RolloutEnd/interrupted(serial:wasWritten:)``; a rollback that has begun is finished
    /// first.
    ///
    /// - Parameter onEvent: Told what happens, as it happens.
    /// - Returns: How it ended.
    /// - Throws: Before anything is written: ``StateStoreError`` with the code `conflict` when somebody else deployed
    ///   since the plan was made, `leaseHeld`, or any other; ``RolloutError``. Afterwards: ``StateStoreError`` with the
    ///   code `unavailable`, when the replicas' reports could not be read; it names the serial that is deployed.
    package func run(onEvent: (RolloutEvent) -> Void = { _ in }) async throws -> RolloutEnd {
        let refusals = plan.refusals(under: options.guards)
        guard refusals.isEmpty else { return .refused(refusals) }
        guard !plan.isEmpty else { return .nothingToDo }
        let subjects = try await subjects()
        var written: StoredManifest?
        do {
            return try await world.store.withLease(
                holder: options.by, token: world.randomText(), patience: options.leasePatience, clock: world.wallClock,
                sleep: { [clock = world.clock] in try await clock.sleep(for: $0) },
                onWait: { onEvent(.waiting(for: $0)) }
            ) {
                try requireCurrent(try await world.store.currentManifest())
                if let end = try await tryCandidate(subjects, onEvent) { return end }
                let manifest = try await promote()
                written = manifest
                onEvent(.written(serial: manifest.serial))
                return try await verify(manifest, subjects, onEvent)
            }
        } catch is CancellationError {
            guard let written else { return .interrupted(serial: plan.base?.serial ?? 0, wasWritten: false) }
            await keep(.interrupted, of: written, "the deploy was stopped before its end was known", onEvent)
            return .interrupted(serial: written.serial, wasWritten: true)
        } catch var error as StateStoreError {
            guard let written else { throw error }
            error.message = "serial \(written.serial) is deployed, but what became of it is unknown: \(error.message)"
            error.hint = "see 'botctl history' and smoke the bots once the store can be reached"
            throw error
        }
    }

    /// Refuses a plan over which somebody else deployed, before the candidate takes its time.
    private func requireCurrent(_ current: StoredManifest?) throws {
        guard plan.isStale(against: current) else { return }
        let made = plan.base.map { "serial \($0.serial)" } ?? "an environment with nothing deployed"
        throw StateStoreError(
            .conflict,
            "the plan was made against \(made), and "
                + (current.map { "\($0.manifest.by) has deployed serial \($0.serial) since" } ?? "that is gone"),
            hint: "look at 'botctl diff' again, then deploy again",
            winner: current.map { StateStoreError.Winner(serial: $0.serial, by: $0.manifest.by) })
    }

    /// Writes the plan's manifest.
    private func promote() async throws -> StoredManifest {
        let stamp = ManifestStamp(
            created: world.wallClock.now(), by: options.by, tool: options.tool, source: options.source,
            message: options.message)
        let manifest = plan.manifest(stamp: stamp, newLineage: world.randomText())
        do {
            return try await world.store.promote(manifest, over: plan.base, blobs: plan.blobs)
        } catch is CancellationError {
            // The write may have happened just before; what stands there tells, and the next step stops.
            let current = await Task { [store = world.store] in try? await store.currentManifest() }.value
            guard let current, current.bytes == manifest.encoded else { throw CancellationError() }
            return current
        }
    }

    /// Keeps what became of a serial, also when the rollout was cancelled.
    func keep(
        _ result: DeploymentOutcome.Result, of manifest: StoredManifest, _ reason: String, rolledBackTo: Int? = nil,
        smoke: SmokeReport? = nil, _ onEvent: (RolloutEvent) -> Void
    ) async {
        let outcome = DeploymentOutcome(
            serial: manifest.serial, result: result, reason: reason, rolledBackTo: rolledBackTo,
            at: world.wallClock.now(), smoke: smoke?.json)
        let failure = await Task { [store = world.store] in
            do {
                try await store.putOutcome(outcome)
                return nil as String?
            } catch {
                return "\(error)"
            }
        }.value
        if let failure { onEvent(.outcomeNotKept(serial: manifest.serial, reason: failure)) }
    }
}
