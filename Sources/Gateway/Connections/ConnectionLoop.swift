import HummingbirdCore
import Logging
package import NIOCore

/// Runs the tasks of a connection on the thread that reads and writes it.
///
/// An answer goes back and forth between the connection to the client and the one to the model service for each of its
/// words. Where both are on one thread, no other has to be woken for that.
package final class ConnectionLoop: TaskExecutor {
    private let loop: any EventLoop

    package init(_ loop: any EventLoop) { self.loop = loop }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { [executor = asUnownedTaskExecutor()] in job.runSynchronously(on: executor) }
    }
}

/// A channel whose connections are served on their own event loops.
struct LoopBoundChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    /// The event loop of a connection.
    let loop: @Sendable (Base.Value) -> any EventLoop

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger)
    }

    @concurrent func handle(value: Base.Value, logger: Logger) async {
        await withTaskExecutorPreference(ConnectionLoop(loop(value))) {
            await base.handle(value: value, logger: logger)
        }
    }
}
