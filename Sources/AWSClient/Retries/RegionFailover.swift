/// Goes on to another region while the first ones cannot answer.
///
/// The same model stands in several regions, each with a quota of its own. What helps is another region after
/// throttling, an unavailable service, a lost way and a wait that was too long; what a request is refused for is the
/// same everywhere. It is for the time before the first token only: the caller stops trying once something has
/// reached the user.
package struct RegionFailover<Target: Sendable>: Sendable {
    /// Where requests go, the first choice first; never empty.
    package let targets: [Target]

    /// Makes the order.
    ///
    /// - Parameters:
    ///   - first: Where a request goes at first.
    ///   - others: Where it goes then, in this order.
    package init(_ first: Target, then others: [Target] = []) { targets = [first] + others }

    /// Tries one target after the other.
    ///
    /// - Parameters:
    ///   - deadline: When the caller's patience ends: no further target is tried after it.
    ///   - helps: Whether another region may do better after an error; see ``mayHelp(after:)``.
    ///   - attempt: Makes the request at a target. It throws only errors of the time before the first token, or ones
    ///     that `helps` refuses.
    /// - Returns: What the first target gave that did not fail.
    /// - Throws: What the last target that was tried threw; `CancellationError` at once.
    package func run<Value>(
        until deadline: ContinuousClock.Instant? = nil, helps: (any Error) -> Bool = RegionFailover.mayHelp,
        _ attempt: (Target) async throws -> Value
    ) async throws -> Value {
        var rest = targets[...]
        while true {
            let target = rest.removeFirst()
            do {
                return try await attempt(target)
            } catch {
                try Task.checkCancellation()
                let isTooLate = deadline.map { ContinuousClock().now >= $0 } ?? false
                guard !rest.isEmpty, !isTooLate, !(error is CancellationError), helps(error) else { throw error }
            }
        }
    }

    /// Whether another region may do better after an error of a request.
    package static func mayHelp(after error: any Error) -> Bool {
        switch error {
        case let error as AWSServiceError:
            // A model that is slow or still being loaded in one region may not be in the next.
            return RetryKind(error) != nil || error.status == 408 || error.status >= 500
        case let error as AWSTransportError: return RetryKind(error) != nil
        default: return false
        }
    }
}
