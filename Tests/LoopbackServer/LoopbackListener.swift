package import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// A port of 127.0.0.1 whose connections are served from where they are accepted until they are closed.
///
/// A connection that is dropped unclosed is taken for a fault in the program, which ends the process with all its
/// tests. A stream of accepted connections drops those that nobody has taken from it when it is cancelled, so there is
/// none: each connection has a task of its own before anything else can happen to it.
package enum LoopbackListener {
    /// One connection of a client.
    package struct Connection: Sendable {
        package let channel: any Channel
        package let inbound: NIOAsyncChannelInboundStream<ByteBuffer>
        package let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    }

    /// Listens as long as `body` runs.
    ///
    /// - Parameters:
    ///   - tls: What connections are encrypted with; nil for plain ones.
    ///   - serve: Serves one connection, which is closed when this returns, throws, or is cancelled with the test. What
    ///     it throws is dropped: a client that goes away in the middle is part of many tests.
    ///   - body: Uses the port.
    /// - Returns: What `body` returns, once every connection is closed.
    /// - Throws: What `body` throws, or why no port could be opened.
    package static func serving<Result>(
        tls: NIOSSLContext? = nil, _ serve: @escaping @Sendable (Connection) async throws -> Void,
        body: (_ port: Int) async throws -> Result
    ) async throws -> Result {
        let tasks = ConnectionTasks()
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    let accepted = try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    tasks.start {
                        try? await accepted.executeThenClose { inbound, outbound in
                            try await serve(Connection(channel: channel, inbound: inbound, outbound: outbound))
                        }
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body(listener.localAddress?.port ?? 0)
            await end(listener, tasks)
            return result
        } catch {
            await end(listener, tasks)
            throw error
        }
    }

    private static func end(_ listener: any Channel, _ tasks: ConnectionTasks) async {
        try? await listener.close().get()
        await tasks.end()
    }
}

/// The tasks that serve connections, from their start on a channel's event loop to the end of the test that awaits
/// them.
private final class ConnectionTasks: Sendable {
    private struct State {
        var tasks: [Task<Void, Never>] = []
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// Starts a task; one that comes after the end is cancelled from its beginning, and closes its connection at once.
    func start(_ work: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            let task = Task { await work() }
            if state.hasEnded { task.cancel() } else { state.tasks.append(task) }
        }
    }

    /// Cancels all tasks, and waits until each has closed its connection.
    func end() async {
        let tasks = state.withLock { state in
            state.hasEnded = true
            defer { state.tasks = [] }
            return state.tasks
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}
