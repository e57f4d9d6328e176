/// Named byte strings with conditional writes: what a directory of files and an S3 bucket have in common.
///
/// A write is whole or not at all, for readers and across a crash, and once it has returned it is durable and seen by
/// every reader. All methods throw ``StateStoreError`` with the code `unavailable` when the store cannot do what was
/// asked; after such an error of a write it is unknown whether the write happened. `CancellationError` passes through.
package protocol ObjectStore: Sendable {
    /// Where the store is, as a person knows it: a directory, a URL.
    var location: String { get }

    /// The directory in which the objects are files; nil for a store that is elsewhere.
    var directory: String? { get }

    /// Reads an object, or nil when there is none of that key.
    ///
    /// - Throws: ``StateStoreError`` with the code `corrupt` when the object is larger than the limit; it is never cut.
    func get(_ key: ObjectKey, limitInBytes: Int) async throws -> StoredObject?

    /// Writes an object if what stands at the key is as expected, in one step that no other writer can split.
    func write(_ bytes: [UInt8], to key: ObjectKey, if condition: WriteCondition) async throws -> WriteResult

    /// Writes an object whatever stands there; for objects with one writer.
    func put(_ bytes: [UInt8], to key: ObjectKey) async throws

    /// Removes an object; nothing happens when there is none.
    func delete(_ key: ObjectKey) async throws

    /// The objects directly in a folder, sorted; none when there is no such folder.
    func list(_ folder: ObjectKey) async throws -> [ObjectKey]
}

extension ObjectStore {
    package var directory: String? { nil }
}

/// An object as it was read.
package struct StoredObject: Hashable, Sendable {
    package var bytes: [UInt8]
    /// What to expect in a write that replaces exactly this version.
    package var tag: VersionTag

    package init(bytes: [UInt8], tag: VersionTag) {
        self.bytes = bytes
        self.tag = tag
    }
}

/// Names one version of one object; only for comparing with another tag of the same store.
package struct VersionTag: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }
}

/// What must stand at a key for a write to happen.
package enum WriteCondition: Hashable, Sendable {
    /// Nothing: the write creates.
    case absent
    /// The version of that tag.
    case matches(VersionTag)
}

/// What a conditional write did.
package enum WriteResult: Hashable, Sendable {
    /// It happened; the tag is that of the new version.
    case written(VersionTag)
    /// Something else stands there; nothing happened.
    case conflict
}
