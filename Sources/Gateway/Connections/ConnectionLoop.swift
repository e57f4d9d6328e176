import NIOCore

/// Runs the tasks of a connection on the thread that reads and writes it.
///
/// An answer goes back and forth between the connection to the client and the one to the model service for each of its
/// words. Where both are on one thread, no other has to be woken for that. The thread serves other connections too, so
/// whatever takes long is done elsewhere: see ``awayFromLoop(_:)``.
final class ConnectionLoop: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}

/// Runs something on the threads that may be kept busy, with all that it calls.
///
/// For large bodies and files: parsing, hashing and encoding them, and calls of the system that may wait for a disk.
func awayFromLoop<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
    try await withTaskExecutorPreference(globalConcurrentExecutor, operation: body)
}
