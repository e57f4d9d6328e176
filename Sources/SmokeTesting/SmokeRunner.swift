package import PoeProtocol

/// Asks bots their smoke cases over the Poe protocol, several at once.
package struct SmokeRunner: Sendable {
    private let client: PoeClient
    private let concurrency: Int
    private let timeouts: PoeClientTimeouts

    /// A runner.
    ///
    /// - Parameters:
    ///   - client: What asks.
    ///   - concurrency: How many cases are under way at once, at least 1.
    ///   - timeouts: How long a case may take.
    package init(
        client: PoeClient, concurrency: Int = 16,
        timeouts: PoeClientTimeouts = PoeClientTimeouts(idle: .seconds(120), total: .seconds(300))
    ) {
        self.client = client
        self.concurrency = max(1, concurrency)
        self.timeouts = timeouts
    }

    /// Runs every case of every target.
    ///
    /// - Parameters:
    ///   - targets: The bots.
    ///   - upstream: What stands behind them, for the report.
    ///   - onVerdict: Told of each verdict as it comes, in no particular order.
    /// - Returns: All verdicts, in the order of the targets.
    /// - Throws: `CancellationError`; whatever else goes wrong is a verdict.
    package func run(
        _ targets: [SmokeTarget], upstream: String, onVerdict: (SmokeVerdict) -> Void = { _ in }
    ) async throws -> SmokeReport {
        let probes = targets.flatMap { target in
            target.effectiveCases.map { SmokeProbe(target: target, smokeCase: $0, client: client, timeouts: timeouts) }
        }
        var verdicts: [SmokeVerdict?] = Array(repeating: nil, count: probes.count)
        try await withThrowingTaskGroup(of: (Int, SmokeVerdict).self) { group in
            var next = 0
            func start() {
                let index = next
                let probe = probes[index]
                group.addTask { (index, try await probe.run()) }
                next += 1
            }
            while next < min(concurrency, probes.count) { start() }
            while let (index, verdict) = try await group.next() {
                verdicts[index] = verdict
                onVerdict(verdict)
                if next < probes.count { start() }
            }
        }
        return SmokeReport(upstream: upstream, verdicts: verdicts.compactMap { $0 })
    }
}
