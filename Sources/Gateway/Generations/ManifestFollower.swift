import BotConfiguration
import BotRuntime
import ChatEvents
import Deployment
import Logging
import ServiceLifecycle

/// Follows the manifest of a state store.
///
/// A store that cannot be reached, or a manifest that cannot be read, never stops what is being served: it is logged
/// once, and tried again.
struct ManifestFollower: Service {
    /// How often a generation that could not be built, or not wholly, is tried again.
    static let retryInterval: Duration = .seconds(10)
    /// How many generations may have open answers at once.
    static let generationLimit = 4

    let store: StateStore
    let builder: GenerationBuilder
    let current: CurrentGeneration
    /// Gets the keys of the OpenAI-compatible door at every look, so that a revoked one stops within seconds.
    let keys: CurrentKeys
    let answers: OpenAnswers
    let gates: BotGates
    let complaints: PoeComplaints
    /// Tells others what became of each look.
    let reporter: ReplicaReporter
    let pollInterval: Duration
    let clock: MonotonicClock
    let logger: Logger
    /// Told once, after the first look at the store, whatever came of it.
    let onFirstLook: @Sendable () async -> Void

    func run() async throws {
        let stop = Latch<Void>()
        await withDiscardingTaskGroup { group in
            group.addTask { await reporter.run() }
            var state = FollowerState()
            await look(&state)
            await onFirstLook()
            await withGracefulShutdownHandler {
                while !stop.isSet, !Task.isCancelled {
                    await wait(jittered(pollInterval), orUntil: stop)
                    if !stop.isSet, !Task.isCancelled { await look(&state) }
                }
            } onGracefulShutdown: {
                stop.set(())
            }
            group.cancelAll()
        }
        await reporter.remove()
    }

    private func wait(_ duration: Duration, orUntil stop: Latch<Void>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { do { try await clock.sleep(for: duration) } catch {} }
            group.addTask { do { try await stop.value() } catch {} }
            await group.next()
            group.cancelAll()
        }
    }

    /// Many replicas should not ask at the same moment.
    private func jittered(_ duration: Duration) -> Duration { duration * Double.random(in: 0.8...1.2) }

    /// Looks at the store once.
    private func look(_ state: inout FollowerState) async {
        do {
            // Neither a manifest that cannot be read nor a list of keys keeps the other back.
            let flaw = try await readKeys()
            if let stored = try await store.currentManifest() {
                if state.shouldBuild(stored, over: current.snapshot, at: clock.now()) { try await take(stored, &state) }
            }
            if let flaw { throw flaw }
            if state.problem != nil { logger.notice("state store readable again") }
            state.problem = nil
        } catch is CancellationError {
            return
        } catch {
            let problem = "\(error)"
            if state.problem != problem {
                logger.warning(
                    "state store not readable, serving on",
                    metadata: ["error.detail": "\(problem)", "generation.serial": "\(current.snapshot.serial)"])
            }
            state.problem = problem
        }
        await reporter.report(refused: state.refused)
    }

    /// Takes over the keys; gives back what keeps them from being read.
    private func readKeys() async throws(CancellationError) -> (any Error)? {
        do {
            keys.replace(with: try await store.apiKeys())
            return nil
        } catch let error as CancellationError {
            throw error
        } catch {
            return error
        }
    }

    /// Builds a manifest and serves it, if it may be served.
    private func take(_ stored: StoredManifest, _ state: inout FollowerState) async throws {
        let previous = current.snapshot
        state.lastBuild = clock.now()
        let next = try await builder.build(stored, from: store, after: previous)
        let failed = next.failed
        // A hot swap is all or nothing; a cold start serves what it can, and a bot that it could not make then, and
        // that still cannot be made, holds nobody else up.
        let worse = failed.filter { previous.failed[$0.key] == nil }
        if !worse.isEmpty, previous.serial != 0, previous.digest != stored.digest {
            let isNew = state.refused?.digest != stored.digest || state.refused?.failed != failed
            state.refused = ReplicaReport.Refusal(
                serial: stored.serial, digest: stored.digest,
                reason: worse.count == 1 ? "one bot cannot be made" : "\(worse.count) bots cannot be made",
                failed: failed)
            if isNew {
                logger.error(
                    "generation refused, serving on",
                    metadata: [
                        "generation.serial": "\(previous.serial)", "generation.refused": "\(stored.serial)",
                    ])
                FailedBots(failed).log("cannot be made", to: logger)
            }
            return
        }
        state.refused = nil
        if previous.digest == stored.digest, failed.count >= previous.failed.count { return }
        current.replace(with: next)
        let names = Set(next.bots.keys)
        gates.forget(allBut: names)
        complaints.forget(allBut: names)
        answers.end(
            before: next.ordinal - Self.generationLimit + 1,
            with: ChatFailure(.shuttingDown, detail: "its generation was retired"))
        logger.notice(
            "generation served",
            metadata: [
                "generation.serial": "\(next.serial)", "generation.digest": "\(stored.digest.short)",
                "bots.count": "\(next.bots.count)",
            ])
        FailedBots(failed).log("not available", to: logger)
    }
}

/// What the follower remembers between two looks.
private struct FollowerState {
    /// What is wrong with the store; nil when nothing is.
    var problem: String?
    /// The manifest that could not be built.
    var refused: ReplicaReport.Refusal?
    var lastBuild: Duration?

    /// Whether a manifest is worth building: it is new, or it failed some time ago.
    func shouldBuild(_ stored: StoredManifest, over served: Generation, at now: Duration) -> Bool {
        let isFlawed: Bool
        if stored.digest == served.digest {
            isFlawed = !served.failed.isEmpty || refused != nil
        } else if stored.digest == refused?.digest {
            isFlawed = true
        } else {
            return true
        }
        guard isFlawed, let lastBuild else { return isFlawed }
        return now - lastBuild >= ManifestFollower.retryInterval
    }
}
