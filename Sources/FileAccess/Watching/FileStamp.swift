private import Glibc

/// What tells one state of a file from the next without reading it.
///
/// An editor that writes in place changes the times, one that renames a new file over the old the number.
package struct FileStamp: Hashable, Sendable {
    private let device: UInt
    private let number: UInt
    private let size: Int
    private let modified: [Int]
    private let changed: [Int]
    /// Whether it is a directory: then only what it holds is told by the times.
    package let isDirectory: Bool

    /// The stamp of what stands at a path after following links; nil when nothing does or it cannot be reached.
    package init?(of path: String) {
        var status = stat()
        guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        number = UInt(status.st_ino)
        size = Int(status.st_size)
        modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
    }
}
