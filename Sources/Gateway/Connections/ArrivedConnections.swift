import HummingbirdCore
import NIOCore
private import Synchronization

/// Connections that were accepted and wait to be served.
///
/// A server that is cancelled drops them, and a connection that is dropped unclosed is taken for a fault in the
/// program, which ends the process. So they are kept here until somebody serves or closes them.
final class ArrivedConnections: Sendable {
    private let waiting = Mutex<[ObjectIdentifier: HTTP1Channel.Value]>([:])

    func add(_ connection: HTTP1Channel.Value) {
        waiting.withLock { $0[ObjectIdentifier(connection.channel)] = connection }
    }

    func remove(_ connection: HTTP1Channel.Value) {
        _ = waiting.withLock { $0.removeValue(forKey: ObjectIdentifier(connection.channel)) }
    }

    /// Closes those that nobody will serve any more.
    func closeAll() async {
        let left = waiting.withLock { waiting in
            defer { waiting = [:] }
            return waiting
        }
        for connection in left.values { try? await connection.executeThenClose { _, _ in } }
    }
}
