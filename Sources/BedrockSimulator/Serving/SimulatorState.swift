import JSONCoding
import Synchronization

/// What a running simulator remembers between requests.
final class SimulatorState: Sendable {
    let cache = PromptCache()
    let lab: FaultLab
    let quotas: QuotaMeter
    let counts = ActivityCounts()
    let log: RequestLog
    let objects: ObjectStore
    let jobs: JobStore
    let profiles: ApplicationProfiles

    init(_ configuration: SimulatorConfiguration) {
        lab = FaultLab(configuration.faults)
        quotas = QuotaMeter(configuration.quotas)
        log = RequestLog(limit: configuration.limits.keptRequests)
        objects = ObjectStore(limits: configuration.limits)
        jobs = JobStore(configuration)
        profiles = ApplicationProfiles(limit: configuration.limits.applicationProfiles)
    }
}

/// What is going on, in numbers that tests assert.
final class ActivityCounts: Sendable {
    /// A reading of the counts.
    struct Reading: Sendable, Hashable {
        var requests = 0
        var openStreams = 0
        var openRequests = 0
        var connections = 0
        var acceptedConnections = 0
        /// The requests by operation.
        var operations: [String: Int] = [:]
    }

    private let reading = Mutex(Reading())

    /// The counts now.
    var now: Reading { reading.withLock { $0 } }

    /// Changes the counts.
    func change(_ change: (inout Reading) -> Void) { reading.withLock { change(&$0) } }

    /// Counts a request of an operation; names past a bound are counted together.
    func countOperation(_ name: String) {
        change { reading in
            let isKnown = reading.operations[name] != nil || reading.operations.count < 100
            reading.operations[isKnown ? name : "other", default: 0] += 1
        }
    }
}
