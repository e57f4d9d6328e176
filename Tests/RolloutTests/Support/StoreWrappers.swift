import Deployment
import Synchronization

/// A store whose listing of replicas fails a number of times.
final class FlakyListing: ObjectStore {
    private let base: any ObjectStore
    private let failures: Mutex<Int>

    init(_ base: any ObjectStore, failures: Int) {
        self.base = base
        self.failures = Mutex(failures)
    }

    var location: String { base.location }

    func get(_ key: ObjectKey, limitInBytes: Int) async throws -> StoredObject? {
        try await base.get(key, limitInBytes: limitInBytes)
    }

    func write(_ bytes: [UInt8], to key: ObjectKey, if condition: WriteCondition) async throws -> WriteResult {
        try await base.write(bytes, to: key, if: condition)
    }

    func put(_ bytes: [UInt8], to key: ObjectKey) async throws { try await base.put(bytes, to: key) }

    func delete(_ key: ObjectKey) async throws { try await base.delete(key) }

    func list(_ folder: ObjectKey) async throws -> [ObjectKey] {
        let fails =
            folder == .replicas
            && failures.withLock { count in
                count -= count > 0 ? 1 : 0
                return count > 0
            }
        if fails { throw StateStoreError(.unavailable, "the store does not answer") }
        return try await base.list(folder)
    }
}
