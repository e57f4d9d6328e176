private import Synchronization

/// The status of a command whose work ends in another task.
final class StatusBox: Sendable {
    private let status = Mutex(CommandStatus.ok)

    var value: CommandStatus { status.withLock { $0 } }

    func set(_ status: CommandStatus) { self.status.withLock { $0 = status } }
}
