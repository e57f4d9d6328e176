import BotRuntime
import Deployment
import Logging
import WallClock

/// Tells the state store that this replica lives, and what it serves.
///
/// It does so on a beat of its own, so that a replica counts as living also while it waits for a slow store; and when
/// it is told that something has changed.
actor ReplicaReporter {
    /// How often the replica reports without a change: a third of ``ReplicaReport/lifetime``.
    static let interval: Duration = .seconds(10)

    private let store: StateStore
    private let current: CurrentGeneration
    private let complaints: PoeComplaints
    private let replicaID: String
    private let tool: String
    private let clock: MonotonicClock
    private let wallClock: WallClock
    private let logger: Logger

    private var refused: ReplicaReport.Refusal?
    private var last: (report: ReplicaReport, at: Duration)?
    private var isWriting = false
    private var hasNews = false

    /// A reporter of one replica.
    ///
    /// - Parameters:
    ///   - store: Where it reports.
    ///   - current: What the replica serves.
    ///   - complaints: What Poe disliked.
    ///   - replicaID: The replica's name in the store.
    ///   - tool: Name and version of the program.
    ///   - clock: What the beat is measured with.
    ///   - wallClock: The time of a report.
    ///   - logger: Gets what fails, at debug level: a store that does not work is told of elsewhere.
    init(
        store: StateStore, current: CurrentGeneration, complaints: PoeComplaints, replicaID: String, tool: String,
        clock: MonotonicClock, wallClock: WallClock, logger: Logger
    ) {
        self.store = store
        self.current = current
        self.complaints = complaints
        self.replicaID = replicaID
        self.tool = tool
        self.clock = clock
        self.wallClock = wallClock
        self.logger = logger
    }

    /// Reports on the beat, until it is cancelled.
    func run() async {
        while (try? await clock.sleep(for: Self.interval)) != nil { await write() }
    }

    /// Reports what is served now, where that is not what was reported last.
    ///
    /// - Parameter refused: The manifest that could not be built; nil for none.
    func report(refused: ReplicaReport.Refusal?) async {
        self.refused = refused
        await write()
    }

    /// Takes the report away, as the replica goes; to be called once nothing else runs here.
    func remove() async {
        do { try await store.removeReplica(replicaID) } catch {
            logger.debug("replica report not removed", metadata: ["error.detail": "\(error)"])
        }
    }

    /// Writes one report after the other: of two at once, the older one could come last.
    private func write() async {
        hasNews = true
        guard !isWriting else { return }
        isWriting = true
        defer { isWriting = false }
        while hasNews {
            hasNews = false
            await writeOnce()
        }
    }

    private func writeOnce() async {
        let snapshot = current.snapshot
        let now = clock.now()
        var report = ReplicaReport(
            id: replicaID, serial: snapshot.serial, digest: snapshot.digest, failed: snapshot.failed,
            refused: refused, poeErrors: complaints.all, tool: tool, at: wallClock.now())
        if let last, now - last.at < Self.interval {
            report.at = last.report.at
            if report == last.report { return }
            report.at = wallClock.now()
        }
        do {
            try await store.putReplica(report)
            last = (report, now)
        } catch {
            logger.debug("replica report not written", metadata: ["error.detail": "\(error)"])
        }
    }
}
