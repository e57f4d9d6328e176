package import ChatEvents

/// Goes on to another region while the first ones cannot answer, each within its share of the caller's patience.
///
/// The same model stands in several regions, each with a quota and troubles of its own. What helps is another region
/// after throttling, an unavailable service, a lost connection and a wait that was too long; what a request is refused
/// for is the same everywhere. It is for the time before the first event only: once something has reached the user,
/// another answer would only confuse.
package struct RegionFailover<Region: Sendable>: Sendable {
    /// The way to one region, while it is asked.
    package struct Turn: Sendable {
        /// The region that is asked.
        package let region: Region
        /// When its share of the patience ends, for its attempts, the waits between them and the first event; nil when
        /// patience has no end.
        package let deadline: ContinuousClock.Instant?
        /// Whether no other region comes after it.
        package let isLast: Bool
    }

    private let regions: [Region]
    private let patience: Duration?
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Makes an order.
    ///
    /// - Parameters:
    ///   - first: Where a request goes at first.
    ///   - others: Where it goes then, in this order.
    ///   - patience: How long the first event may take, over all regions; nil when the caller's task is the only end.
    ///   - now: Gives the time that shares are counted from.
    package init(
        _ first: Region, then others: [Region] = [], patience: Duration? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now }
    ) {
        regions = [first] + others
        self.patience = patience
        self.now = now
    }

    /// Asks one region after the other until one does not fail.
    ///
    /// Each gets an equal share of the time that is left, so that one which accepts a request and stays silent, or asks
    /// to come back later again and again, leaves the others theirs. What a region does not use goes to the rest.
    ///
    /// - Parameters:
    ///   - goesOn: Says whether the next region is to be asked after a failure; see ``mayHelp(after:)``.
    ///   - ask: Asks a region.
    /// - Throws: What the last region that was asked threw; at once what is no ``ChatFailure``.
    package func run(
        goingOn goesOn: (_ failure: ChatFailure, _ failed: Region, _ next: Region) -> Bool,
        _ ask: (Turn) async throws -> Void
    ) async throws {
        let end = patience.map { now().advanced(by: $0) }
        var rest = regions[...]
        while let region = rest.popFirst() {
            let deadline = end.map { end in
                let now = now()
                return now.advanced(by: now.duration(to: end) / (rest.count + 1))
            }
            do {
                return try await ask(Turn(region: region, deadline: deadline, isLast: rest.isEmpty))
            } catch let failure as ChatFailure {
                try Task.checkCancellation()
                let isTooLate = end.map { now() >= $0 } ?? false
                guard let next = rest.first, !isTooLate, goesOn(failure, region, next) else { throw failure }
            }
        }
    }

    /// Whether another region may do better after a failure.
    package static func mayHelp(after failure: ChatFailure) -> Bool {
        switch failure.kind {
        case .throttled, .quotaExhausted, .unavailable, .timedOut: true
        case .inputTooLong, .invalidRequest, .contentFiltered, .unauthorized, .misconfigured, .modelError, .overloaded,
            .botUnavailable, .insufficientFunds, .shuttingDown, .internalError:
            false
        }
    }
}
