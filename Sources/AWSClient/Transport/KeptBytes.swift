import Synchronization

/// Bytes that one task collects and another takes when the first has been given up.
final class KeptBytes: Sendable {
    private let storage = Mutex<[UInt8]>([])

    /// What has been collected so far.
    var bytes: [UInt8] { storage.withLock { $0 } }

    /// Adds bytes as long as there is room.
    ///
    /// - Returns: Whether all of them had room.
    func append(_ bytes: some Collection<UInt8>, upTo limit: Int) -> Bool {
        storage.withLock { storage in
            let room = limit - storage.count
            storage.append(contentsOf: bytes.prefix(room))
            return bytes.count <= room
        }
    }
}
