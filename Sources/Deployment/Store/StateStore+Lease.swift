package import WallClock

/// Waits; injected, so that a test need not.
///
/// Throws `CancellationError` when the task is cancelled.
package typealias Sleep = @Sendable (Duration) async throws -> Void

extension StateStore {
    /// How often the lease is renewed while it is held.
    static let leaseRenewalInterval: Duration = .seconds(5)
    /// How often a lease that somebody else holds is looked at again.
    static let leasePollInterval: Duration = .seconds(1)

    /// Does something while holding the lease, and gives it back however that ends.
    ///
    /// The lease is renewed meanwhile. When renewing fails the work goes on, since the conditional write of the
    /// manifest keeps it safe.
    ///
    /// - Parameters:
    ///   - holder: Who asks, as people know them.
    ///   - token: A random text of this process.
    ///   - patience: How long to wait while somebody else holds it.
    ///   - clock: Tells when leases end.
    ///   - sleep: Waits.
    ///   - onWait: Called once, with the lease that is in the way.
    ///   - body: What to do.
    /// - Returns: What `body` returns.
    /// - Throws: ``StateStoreError`` with the code `leaseHeld` when waiting was in vain, `unavailable`, and what `body`
    ///   throws.
    package func withLease<Value>(
        holder: String, token: String, patience: Duration, clock: WallClock, sleep: @escaping Sleep,
        onWait: (Lease) -> Void, body: () async throws -> Value
    ) async throws -> Value {
        try await waitForLease(
            holder: holder, token: token, patience: patience, clock: clock, sleep: sleep, onWait: onWait)
        let result: Result<Value, any Error>
        do {
            result = .success(try await renewing(holder: holder, token: token, clock: clock, sleep: sleep, body))
        } catch {
            result = .failure(error)
        }
        // In a task of its own, awaited here, so that a cancelled deploy gives the lease back too.
        await Task { try? await releaseLease(token: token, now: clock.now()) }.value
        return try result.get()
    }

    private func waitForLease(
        holder: String, token: String, patience: Duration, clock: WallClock, sleep: Sleep, onWait: (Lease) -> Void
    ) async throws {
        var waited: Duration = .zero
        while true {
            let result = try await acquireLease(holder: holder, token: token, now: clock.now())
            guard case .held(by: let lease) = result else { return }
            guard waited < patience else {
                throw StateStoreError(
                    .leaseHeld, "\(lease.holder) is deploying to \(location)",
                    hint: "wait for them to finish; their lease ends at \(lease.until.iso8601) unless they renew it")
            }
            if waited == .zero { onWait(lease) }
            try await sleep(Self.leasePollInterval)
            waited += Self.leasePollInterval
        }
    }

    private func renewing<Value>(
        holder: String, token: String, clock: WallClock, sleep: @escaping Sleep, _ body: () async throws -> Value
    ) async throws -> Value {
        // Cancelled and awaited where this function ends, so that no renewal comes after the release.
        async let _: Void = renewLease(holder: holder, token: token, clock: clock, sleep: sleep)
        return try await body()
    }

    /// Renews the lease until the task is cancelled.
    private func renewLease(holder: String, token: String, clock: WallClock, sleep: Sleep) async {
        while !Task.isCancelled {
            do { try await sleep(Self.leaseRenewalInterval) } catch { return }
            _ = try? await acquireLease(holder: holder, token: token, now: clock.now())
        }
    }
}
