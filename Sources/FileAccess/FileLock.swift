private import Glibc

/// A lock between processes on a file of its own; it ends with the process that holds it.
///
/// Tasks of one process wait for each other too. The file system must know locks: one of the machine does.
package struct FileLock: Sendable {
    private let path: String

    /// A lock on a file, which is made when it does not exist and stays.
    package init(path: String) { self.path = path }

    /// Runs something while the lock is held.
    ///
    /// Waits without blocking a thread; the body must be short, as everybody else waits for it.
    ///
    /// - Parameters:
    ///   - patience: How long to wait for the lock; it is tried at least once.
    ///   - body: What must not run twice at once.
    /// - Returns: What `body` gives.
    /// - Throws: ``FileAccessError`` when the lock cannot be had in time, `CancellationError`, or what `body` throws.
    package func withLock<Value>(
        patience: Duration = .seconds(10), _ body: () throws -> Value
    ) async throws -> Value {
        try FileAccessError.refuseNUL(in: path, while: "locking")
        let descriptor = retryingInterrupted { open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o666) }
        guard descriptor >= 0 else { throw FileAccessError.last(while: "locking", path) }
        defer { close(descriptor) }
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: patience)
        var pause = Duration.milliseconds(1)
        while retryingInterrupted({ flock(descriptor, LOCK_EX | LOCK_NB) }) != 0 {
            guard errno == EWOULDBLOCK else { throw FileAccessError.last(while: "locking", path) }
            let remaining = clock.now.duration(to: deadline)
            guard remaining > .zero else {
                throw FileAccessError(
                    code: .other, path: path, description: "locking \(path): another process has held the lock too long"
                )
            }
            try await Task.sleep(for: min(pause, remaining))
            pause = min(pause * 2, .milliseconds(50))
        }
        return try body()
    }
}
