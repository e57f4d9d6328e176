import BotConfiguration
import Deployment
import JSONCoding
import Synchronization
import TestSupport
import WallClock

/// A state store of one test, which can fail.
final class TestStore: ObjectStore {
    private let objects = InMemoryObjectStore()
    private let problem = Mutex<StateStoreError?>(nil)
    private let gate = Mutex<Signal?>(nil)

    var location: String { "test" }

    var state: StateStore { StateStore(self) }

    /// Lets every operation fail from now on, or work again.
    func fail(with error: StateStoreError?) { problem.withLock { $0 = error } }

    /// Gives no blobs from now on until the signal is set.
    func holdBlobs(until signal: Signal) { gate.withLock { $0 = signal } }

    private func check() throws {
        if let error = problem.withLock({ $0 }) { throw error }
    }

    func get(_ key: ObjectKey, limitInBytes: Int) async throws -> StoredObject? {
        try check()
        if key.text.hasPrefix("blobs/"), let signal = gate.withLock({ $0 }) { await signal.wait() }
        return try await objects.get(key, limitInBytes: limitInBytes)
    }

    func write(_ bytes: [UInt8], to key: ObjectKey, if condition: WriteCondition) async throws -> WriteResult {
        try check()
        return try await objects.write(bytes, to: key, if: condition)
    }

    func put(_ bytes: [UInt8], to key: ObjectKey) async throws {
        try check()
        try await objects.put(bytes, to: key)
    }

    func delete(_ key: ObjectKey) async throws {
        try check()
        try await objects.delete(key)
    }

    func list(_ folder: ObjectKey) async throws -> [ObjectKey] {
        try check()
        return try await objects.list(folder)
    }

    // MARK: - Deploying

    /// Makes these bots the deployed ones: by name, with further members of their stored forms.
    @discardableResult
    func deploy(_ bots: [String: String], disabled: Set<String> = []) async throws -> StoredManifest {
        let stored = try bots.mapValues { members in
            StoredConfiguration(canonical: try JSONParser.parse(storedBot(members: members)).sorted)
        }
        let base = try await state.currentManifest()
        let manifest = Manifest(
            succeeding: base, newLineage: "lineage",
            stamp: ManifestStamp(created: WallClock.system.now(), by: "test", tool: "botctl test"),
            bots: Dictionary(
                uniqueKeysWithValues: stored.map { name, configuration in
                    (name, ManifestBot(digest: configuration.digest, kind: "chat", isEnabled: !disabled.contains(name)))
                }))
        return try await state.promote(manifest, over: base, blobs: Array(stored.values))
    }

    /// What the one replica reports; whoever waits for another report lets others work meanwhile.
    func report() async throws -> ReplicaReport? {
        await Task.yield()
        return try await state.liveReplicas(at: WallClock.system.now()).first
    }
}

extension JSONValue {
    /// The value with the members of its objects sorted by name.
    fileprivate var sorted: JSONValue {
        switch self {
        case .object(let object): .object(JSONObject(object.members.map { ($0.name, $0.value.sorted) }).sortedByName())
        case .array(let elements): .array(elements.map(\.sorted))
        case .null, .bool, .number, .string: self
        }
    }
}
