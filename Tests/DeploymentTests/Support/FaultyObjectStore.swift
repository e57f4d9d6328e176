import Deployment
import Synchronization

/// A store that works until its process is killed, or its network breaks, at one of its writes.
final class FaultyObjectStore: ObjectStore {
    enum Fault: Equatable {
        /// The write does not happen, nor does anything after it.
        case killedBefore
        /// The write happens, and nothing after it.
        case killedAfter
        /// The write does not happen; reads and later writes work.
        case refused
        /// The write happens but its reply is lost; reads and later writes work.
        case replyLost
    }

    private struct State {
        var writes: [ObjectKey] = []
        var isKilled = false
    }

    private let base: any ObjectStore
    private let fault: Fault
    private let faultyWrite: Int
    private let state = Mutex(State())

    /// A store with one fault, at the write of that number, counted from 1; 0 for none.
    init(_ base: any ObjectStore, fault: Fault = .refused, at faultyWrite: Int = 0) {
        self.base = base
        self.fault = fault
        self.faultyWrite = faultyWrite
    }

    var location: String { base.location }

    /// The keys that were to be written, in order.
    var writes: [ObjectKey] { state.withLock { $0.writes } }

    private var failure: StateStoreError { StateStoreError(.unavailable, "the store does not answer") }

    private func requireAlive() throws {
        if state.withLock({ $0.isKilled }) { throw failure }
    }

    private func writing<Value>(_ key: ObjectKey, _ write: () async throws -> Value) async throws -> Value {
        try requireAlive()
        let isFaulty = state.withLock { state in
            state.writes.append(key)
            return state.writes.count == faultyWrite
        }
        guard isFaulty else { return try await write() }
        switch fault {
        case .killedBefore: state.withLock { $0.isKilled = true }
        case .killedAfter:
            _ = try await write()
            state.withLock { $0.isKilled = true }
        case .refused: break
        case .replyLost: _ = try await write()
        }
        throw failure
    }

    func get(_ key: ObjectKey, limitInBytes: Int) async throws -> StoredObject? {
        try requireAlive()
        return try await base.get(key, limitInBytes: limitInBytes)
    }

    func write(_ bytes: [UInt8], to key: ObjectKey, if condition: WriteCondition) async throws -> WriteResult {
        try await writing(key) { try await base.write(bytes, to: key, if: condition) }
    }

    func put(_ bytes: [UInt8], to key: ObjectKey) async throws {
        try await writing(key) { try await base.put(bytes, to: key) }
    }

    func delete(_ key: ObjectKey) async throws {
        try await writing(key) { try await base.delete(key) }
    }

    func list(_ folder: ObjectKey) async throws -> [ObjectKey] {
        try requireAlive()
        return try await base.list(folder)
    }
}
