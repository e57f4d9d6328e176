import FileAccess
private import Synchronization
package import WallClock

/// A shelf in a directory that all gateways of an environment share, so that each gives out what any of them kept, also
/// after it was started anew.
///
/// A file's name is its key, which says when its time is over. A file appears whole or not at all. Where there is no
/// room, a new file is refused: links that were handed out stay good. What others wrote is counted with every sweep, so
/// for as long as that takes the bound can be passed.
package final class DirectoryFileShelf: FileShelf {
    private struct Usage {
        var bytes = 0
        var count = 0
        var isKnown = false
    }

    /// Unfinished files of this age belong to nobody any more.
    private static let staleAgeInSeconds = 3600

    private let directory: String
    private let limits: ShelfLimits
    private let clock: WallClock
    private let files = LocalFiles()
    private let writer = AtomicFileWriter()
    private let usage = Mutex(Usage())

    /// A shelf in a directory, which is made with the first file.
    package init(directory: String, limits: ShelfLimits = .onDisk, clock: WallClock = .system) {
        self.directory = directory
        self.limits = limits
        self.clock = clock
    }

    package func makeRoom(forBytes size: Int) async throws(FileShelfError) {
        if hasRoom(forBytes: size) { return }
        await sweep()
        guard hasRoom(forBytes: size) else { throw full }
    }

    package func begin(_ name: String) async throws(FileShelfError) -> any ShelfDraft {
        let key = FileKey(new: name, expiry: clock.now().advanced(by: limits.lifetime))
        do throws(FileAccessError) {
            try writer.createDirectories(directory)
            return Draft(shelf: self, key: key, file: try FileDraft(of: path(of: key)))
        } catch {
            throw FileShelfError(error)
        }
    }

    package func file(_ key: FileKey) async throws(FileShelfError) -> ShelvedFile? {
        guard key.expiry > clock.now() else { return nil }
        do throws(FileAccessError) {
            return ShelvedFile(key, .disk(try OpenedFile(path(of: key))))
        } catch {
            guard error.code == .notFound || error.code == .notADirectory else { throw FileShelfError(error) }
            return nil
        }
    }

    package func sweep() async {
        let now = clock.now()
        var found = Usage(isKnown: true)
        for name in (try? files.entries(of: directory)) ?? [] {
            guard let key = FileKey(fileName: name), let size = files.size(of: directory + "/" + name) else { continue }
            if key.expiry <= now, (try? writer.remove(path(of: key))) != nil { continue }
            found.bytes += size
            found.count += 1
        }
        writer.removeStaleTemporaries(in: directory, olderThan: Self.staleAgeInSeconds)
        let counted = found
        usage.withLock { $0 = counted }
    }

    private func path(of key: FileKey) -> String { directory + "/" + key.fileName }

    private func hasRoom(forBytes size: Int) -> Bool {
        usage.withLock { $0.isKnown && $0.bytes + size <= limits.bytes && $0.count < limits.count }
    }

    /// Counts bytes of an unfinished file, if there is room for them.
    private func take(_ size: Int) throws(FileShelfError) {
        let fits = usage.withLock { usage in
            guard usage.bytes + size <= limits.bytes else { return false }
            usage.bytes += size
            return true
        }
        guard fits else { throw full }
    }

    private var full: FileShelfError {
        FileShelfError(
            .full,
            "\(directory) holds as many files of bots as it may, \(limits.bytes) bytes or \(limits.count) files; the "
                + "oldest go \(limits.lifetime) after they were made")
    }

    private final class Draft: ShelfDraft {
        private let shelf: DirectoryFileShelf
        private let key: FileKey
        private let file: FileDraft
        private let size = Mutex(0)

        init(shelf: DirectoryFileShelf, key: FileKey, file: FileDraft) {
            self.shelf = shelf
            self.key = key
            self.file = file
        }

        func append(_ bytes: some Collection<UInt8> & Sendable) async throws(FileShelfError) {
            let count = bytes.count
            try shelf.take(count)
            size.withLock { $0 += count }
            do throws(FileAccessError) { try file.append(bytes) } catch { throw FileShelfError(error) }
        }

        func finish() async throws(FileShelfError) -> FileKey {
            do throws(FileAccessError) { try file.finish() } catch { throw FileShelfError(error) }
            size.withLock { $0 = 0 }
            shelf.usage.withLock { $0.count += 1 }
            return key
        }

        func discard() async { drop() }

        // A draft that nobody ended must not take up room for ever.
        deinit { drop() }

        private func drop() {
            file.discard()
            let given = size.withLock { size in
                defer { size = 0 }
                return size
            }
            shelf.usage.withLock { $0.bytes = max(0, $0.bytes - given) }
        }
    }
}

extension FileShelfError {
    fileprivate init(_ error: FileAccessError) {
        self.init(error.code == .noSpace ? .full : .unavailable, error.description)
    }
}
