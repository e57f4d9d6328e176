package import WallClock
private import Synchronization

/// A shelf in the memory of one process, for a gateway without a state store that others share.
///
/// Where there is no room for another file, the oldest go.
package final class MemoryFileShelf: FileShelf {
    private struct State {
        var files: [FileKey: [UInt8]] = [:]
        /// Keys from the oldest on; all live equally long.
        var order: [FileKey] = []
        /// Of finished files and of drafts.
        var bytes = 0
        var draftBytes = 0

        mutating func removeOldest() {
            if let file = files.removeValue(forKey: order.removeFirst()) { bytes -= file.count }
        }

        /// Makes room for more bytes of a draft; the oldest files go, other drafts stay.
        mutating func grow(by size: Int, within limit: Int) -> Bool {
            guard size <= limit - draftBytes else { return false }
            while bytes > limit - size, !order.isEmpty { removeOldest() }
            bytes += size
            draftBytes += size
            return true
        }

        mutating func drop(_ size: Int) {
            bytes -= size
            draftBytes -= size
        }
    }

    private let state = Mutex(State())
    private let limits: ShelfLimits
    private let clock: WallClock

    package init(limits: ShelfLimits = .inMemory, clock: WallClock = .system) {
        self.limits = limits
        self.clock = clock
    }

    package func makeRoom(forBytes size: Int) async throws(FileShelfError) {
        guard size <= limits.bytes - state.withLock({ $0.draftBytes }) else { throw excess }
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

    /// Turns a draft, whose bytes are counted already, into a file.
    private func keep(_ bytes: [UInt8], as key: FileKey) {
        state.withLock { state in
            while !state.order.isEmpty, state.order.count >= limits.count { state.removeOldest() }
            state.files[key] = bytes
            state.order.append(key)
            state.draftBytes -= bytes.count
        }
    }

    private var excess: FileShelfError {
        FileShelfError(.full, "files that are being made have no more than \(limits.bytes) bytes of memory together")
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
                let size = piece.count
                guard shelf.state.withLock({ $0.grow(by: size, within: shelf.limits.bytes) }) else { return false }
                bytes.append(contentsOf: piece)
                return true
            }
            guard fits else { throw shelf.excess }
        }

        func finish() async throws(FileShelfError) -> FileKey {
            shelf.keep(take(), as: key)
            return key
        }

        func discard() async { drop() }

        // A draft that nobody ended must not take up room for ever.
        deinit { drop() }

        private func take() -> [UInt8] {
            bytes.withLock { bytes in
                defer { bytes = [] }
                return bytes
            }
        }

        private func drop() {
            let size = take().count
            shelf.state.withLock { $0.drop(size) }
        }
    }
}
