import BotctlCommands
import Testing

struct CommandStatusTests {
    @Test(
        arguments: [
            (.ok, .ok, .ok), (.ok, .failure, .failure), (.smokeFailed, .failure, .smokeFailed),
            (.notConverged, .ok, .notConverged), (.smokeFailed, .interrupted, .interrupted),
            (.ok, .terminated, .terminated),
        ] as [(CommandStatus, CommandStatus, CommandStatus)])
    func `of two parts of a command the first that went wrong is told, and a signal before all`(
        first: CommandStatus, later: CommandStatus, status: CommandStatus
    ) {
        #expect(first.followed(by: later) == status)
    }
}
