package import WallClock
private import Synchronization

/// A shelf in the memory of one process, for a gateway without a state store that others share.
///
/// Where there is no room for another file, the oldest go.
package final class MemoryFileShelf: FileShelf {
    /// Bounds on what is kept.
    package struct Limits: Hashable, Sendable {
        /// All files together.
        package var bytes = 128 << 20
        package var count = 1024
        /// How long a link is good for.
        package var lifetime: Duration = .seconds(3600)

        package init() {}
    }

    private struct State {
        var files: [FileKey: [UInt8]] = [:]
        /// Keys from the oldest on; all live equally long.
        var order: [FileKey] = []
        var bytes = 0

        mutating func removeOldest() {
            if let file = files.removeValue(forKey: order.removeFirst()) { bytes -= file.count }
        }
    }

    private let state = Mutex(State())
    private let limits: Limits
    private let clock: WallClock

    package init(limits: Limits = Limits(), clock: WallClock = .system) {
        self.limits = limits
        self.clock = clock
    }

    package func makeRoom(forBytes size: Int) async throws(FileShelfError) {
        guard size <= limits.bytes else { throw excess }
    }

    package func begin(_ name: String) async throws(FileShelfError) -> any ShelfDraft {
        Draft(shelf: self, key: FileKey(new: name, expiry: clock.now().advanced(by: limits.lifetime)))
    }

    package func file(_ key: FileKey) async throws(FileShelfError) -> ShelvedFile? {
        guard key.expiry > clock.now() else { return nil }
        return state.withLock { $0.files[key] }.map { ShelvedFile(key, .memory($0)) }
    }

    package func sweep() async {
        let now = clock.now()
        state.withLock { state in
            while let oldest = state.order.first, oldest.expiry <= now { state.removeOldest() }
        }
    }

    private func keep(_ bytes: [UInt8], as key: FileKey) {
        state.withLock { state in
            while !state.order.isEmpty,
                state.bytes + bytes.count > limits.bytes || state.order.count >= limits.count
            {
                state.removeOldest()
            }
            state.files[key] = bytes
            state.order.append(key)
            state.bytes += bytes.count
        }
    }

    private var excess: FileShelfError {
        FileShelfError(.full, "a file of more than \(limits.bytes) bytes is not kept in memory")
    }

    private final class Draft: ShelfDraft {
        private let shelf: MemoryFileShelf
        private let key: FileKey
        private let bytes = Mutex<[UInt8]>([])

        init(shelf: MemoryFileShelf, key: FileKey) {
            self.shelf = shelf
            self.key = key
        }

        func append(_ piece: some Collection<UInt8> & Sendable) async throws(FileShelfError) {
            let fits = bytes.withLock { bytes in
                guard bytes.count + piece.count <= shelf.limits.bytes else { return false }
                bytes.append(contentsOf: piece)
                return true
            }
            guard fits else { throw shelf.excess }
        }

        func finish() async throws(FileShelfError) -> FileKey {
            shelf.keep(bytes.withLock { $0 }, as: key)
            await discard()
            return key
        }

        func discard() async { bytes.withLock { $0 = [] } }
    }
}
