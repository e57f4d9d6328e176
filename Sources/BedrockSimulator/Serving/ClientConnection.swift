private import Glibc
import NIOCore

/// The connection of a client, for faults of the network.
struct ClientConnection: Sendable {
    let channel: any Channel

    /// Ends the connection as a crash would: with a reset, dropping what is not sent yet.
    func reset() async {
        if let provider = channel as? any SocketOptionProvider {
            _ = try? await provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try? await channel.close()
    }

    /// Sends nothing for a while, or until the client has left.
    ///
    /// - Parameters:
    ///   - duration: The longest wait.
    ///   - pause: Waits; throws when the task is cancelled.
    /// - Throws: ``ConnectionEnded`` when the client has left, `CancellationError`.
    func stall(for duration: Duration, pause: @escaping @Sendable (Duration) async throws -> Void) async throws {
        // A future cannot be given up on, a stream can.
        let (departure, continuation) = AsyncStream.makeStream(of: Void.self)
        channel.closeFuture.whenComplete { _ in continuation.finish() }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in departure {}
                return true
            }
            group.addTask {
                try await pause(duration)
                return false
            }
            let hasLeft = try await group.next() ?? false
            group.cancelAll()
            if hasLeft { throw ConnectionEnded() }
        }
    }

    /// Closes the connection, whatever is still to be said.
    func close() async { try? await channel.close() }
}

/// The client gets no proper end of an answer, because a fault wants it so.
struct ConnectionEnded: Error {}
