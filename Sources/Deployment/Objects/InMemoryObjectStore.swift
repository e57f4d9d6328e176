import BotConfiguration
private import Synchronization

/// An object store that lives as long as its process; for tests, and for a gateway that brings its own deployment.
package final class InMemoryObjectStore: ObjectStore {
    private let objects = Mutex<[ObjectKey: [UInt8]]>([:])

    package let location: String

    package init(location: String = "memory") { self.location = location }

    package func get(_ key: ObjectKey, limitInBytes: Int) async throws -> StoredObject? {
        guard let bytes = objects.withLock({ $0[key] }) else { return nil }
        guard bytes.count <= limitInBytes else { throw StateStoreError.tooLarge(key, limitInBytes: limitInBytes) }
        return StoredObject(bytes: bytes, tag: VersionTag(of: bytes))
    }

    package func write(
        _ bytes: [UInt8], to key: ObjectKey, if condition: WriteCondition
    ) async throws -> WriteResult {
        objects.withLock { objects in
            switch condition {
            case .absent:
                guard objects[key] == nil else { return .conflict }
            case .matches(let tag):
                guard let current = objects[key], VersionTag(of: current) == tag else { return .conflict }
            }
            objects[key] = bytes
            return .written(VersionTag(of: bytes))
        }
    }

    package func put(_ bytes: [UInt8], to key: ObjectKey) async throws {
        objects.withLock { $0[key] = bytes }
    }

    package func delete(_ key: ObjectKey) async throws {
        objects.withLock { $0[key] = nil }
    }

    package func list(_ folder: ObjectKey) async throws -> [ObjectKey] {
        objects.withLock { objects in
            objects.keys.filter { $0.isDirectly(in: folder) }.sorted()
        }
    }
}

extension VersionTag {
    /// The tag of a store that tells versions apart by their content.
    init(of bytes: [UInt8]) { text = ContentDigest(of: bytes).text }
}

extension ObjectKey {
    /// Whether the key names an object of that folder, not of a folder in it.
    func isDirectly(in folder: ObjectKey) -> Bool {
        guard text.hasPrefix(folder.text + "/") else { return false }
        return !text.utf8.dropFirst(folder.text.utf8.count + 1).contains(UInt8(ascii: "/"))
    }
}

extension StateStoreError {
    /// An object that is larger than anything botctl writes there.
    static func tooLarge(_ key: ObjectKey, limitInBytes: Int) -> StateStoreError {
        StateStoreError(.corrupt, "'\(key)' is larger than \(limitInBytes) bytes, more than botctl ever writes there")
    }
}
