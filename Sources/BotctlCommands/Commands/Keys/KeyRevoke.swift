import ArgumentParser
import BotConfiguration
import Deployment
import Suggestions
import WallClock

/// Revokes keys.
struct KeyRevoke: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke keys: gateways refuse them within seconds.",
        usage: "botctl key revoke <id> ... [<options>]",
        discussion: """
            A revoked key stays in the list, so that its id in old logs still means something. Revoking it again \
            changes nothing.

            EXAMPLES
              botctl key revoke key-3f0q9x2m7a
            """)

    @Argument(help: "The keys' ids, as 'botctl key list' shows them.")
    var ids: [String]

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let environment = try project.loadEnvironment(in: context, format: format)
        let store = try context.stateStore(at: environment.settings.state, root: environment.root)
        let now = context.clock.now()
        let revoked = try await store.changeAPIKeys { keys in
            try ids.map { id in
                guard let index = keys.firstIndex(where: { $0.id == id }) else {
                    throw CommandFailure(
                        .failure, "there is no key '\(id)'",
                        hint: Spelling.closest(to: id, among: keys.map(\.id)).map { "did you mean '\($0)'?" }
                            ?? "'botctl key list' shows the keys")
                }
                if keys[index].revoked == nil { keys[index].revoked = now }
                return keys[index]
            }
        }
        let view = RevokedKeysView(environment: environment.settings.name, keys: revoked)
        context.terminal.output(view, as: format)
        return .ok
    }
}
