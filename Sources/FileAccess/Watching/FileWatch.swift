/// Files as somebody has seen them, so that a change of any can be seen.
///
/// They are looked at again and again: no file system is too remote for that, and it does not matter how an editor
/// saves.
package struct FileWatch: Sendable {
    /// The least time between two looks.
    private static let interval: Duration = .milliseconds(150)
    /// Looking takes at most this part of the time.
    private static let restPerLook = 20.0
    /// How long nothing must change before a change counts as whole: editors save in several steps.
    private static let settling: Duration = .milliseconds(40)
    /// How often that is waited for.
    private static let settlingLimit = 25

    /// The stamp of each path; nil for what was not there.
    private var stamps: [String: FileStamp?]

    init(_ stamps: [String: FileStamp?]) { self.stamps = stamps }

    /// Watches what another watch knows too; where both know a path, as that one has seen it.
    package func adding(_ other: FileWatch) -> FileWatch { FileWatch(stamps.merging(other.stamps) { $1 }) }

    /// The paths that are not any more as they were seen.
    private var changes: [(path: String, isDirectory: Bool)] {
        stamps.compactMap { path, stamp in
            let now = FileStamp(of: path)
            return now == stamp ? nil : (path, (now ?? stamp)?.isDirectory ?? false)
        }
    }

    /// Waits until something has changed and has come to rest.
    ///
    /// From then on the watch knows the files as they are.
    ///
    /// - Returns: The files that have changed, sorted; empty when only directories have, in which files may have been
    ///   made or removed.
    /// - Throws: `CancellationError`.
    package mutating func nextChange() async throws -> [String] {
        var changed: Set<String> = []
        while true {
            let start = ContinuousClock.now
            if !changes.isEmpty { break }
            let look = start.duration(to: .now)
            try await Task.sleep(for: max(Self.interval, look * Self.restPerLook))
        }
        for _ in 0..<Self.settlingLimit {
            let now = changes
            if now.isEmpty { break }
            changed.formUnion(now.filter { !$0.isDirectory }.map(\.path))
            for change in now { stamps[change.path] = .some(FileStamp(of: change.path)) }
            try await Task.sleep(for: Self.settling)
        }
        return changed.sorted()
    }
}
