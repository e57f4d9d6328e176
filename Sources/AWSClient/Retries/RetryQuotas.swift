import Synchronization

/// The quotas of retries, one for each endpoint: one service in trouble takes nothing from the others.
final class RetryQuotas: Sendable {
    /// More endpoints than a gateway has regions and services; beyond it quotas start afresh.
    private static let capacity = 256

    private let quotas = Mutex<[AWSEndpoint: RetryQuota]>([:])

    /// The quota that all calls to an endpoint share.
    func quota(for endpoint: AWSEndpoint) -> RetryQuota {
        quotas.withLock { quotas in
            if let quota = quotas[endpoint] { return quota }
            if quotas.count >= Self.capacity { quotas.removeAll() }
            let quota = RetryQuota()
            quotas[endpoint] = quota
            return quota
        }
    }
}
