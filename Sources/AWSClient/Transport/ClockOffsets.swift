import Synchronization

/// What is known of the services' clocks, host by host: one that is off says nothing of the others.
final class ClockOffsets: Sendable {
    /// More hosts than a gateway has regions, services and buckets; beyond it what is known is found out afresh.
    private static let capacity = 256

    private let offsets = Mutex<[String: ClockOffset]>([:])

    /// What is known of the clock of an endpoint's host.
    func offset(of endpoint: AWSEndpoint) -> ClockOffset {
        offsets.withLock { offsets in
            if let offset = offsets[endpoint.hostHeader] { return offset }
            if offsets.count >= Self.capacity { offsets.removeAll() }
            let offset = ClockOffset()
            offsets[endpoint.hostHeader] = offset
            return offset
        }
    }
}
