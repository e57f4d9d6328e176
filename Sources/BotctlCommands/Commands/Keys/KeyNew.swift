import ArgumentParser
import BotConfiguration
import Deployment
import WallClock

/// Makes a key and shows it, once.
struct KeyNew: BotctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a key and show it, once.",
        usage: "botctl key new [<options>]",
        discussion: """
            The key is all that standard output gets. It cannot be shown again: only its hash is kept.

            EXAMPLES
              botctl key new
              botctl key new --note "nightly runs" --bot claude-sonnet --expires 30d
              export OPENAI_API_KEY=$(botctl key new -e staging)
            """)

    @Option(help: ArgumentHelp("What the key is for, in words; at most 200 characters.", valueName: "text"))
    var note = ""

    @Option(
        name: .customLong("bot"),
        help: ArgumentHelp("A deployed bot that the key may call; repeatable. Default: all bots.", valueName: "name"))
    var bots: [String] = []

    @Option(
        help: ArgumentHelp(
            "After how long the key stops counting, such as 30d or 12h. Default: never.", valueName: "duration"))
    var expires: String?

    @OptionGroup var project: ProjectOptions
    @OptionGroup var output: OutputOptions

    var outputFormat: OutputFormat? { output.output }

    func validate() throws {
        guard note.count <= 200 else { throw ValidationError("--note may have 200 characters") }
        if let expires, Self.milliseconds(of: expires).map({ $0 <= 0 }) ?? true {
            throw ValidationError("--expires must be a length of time such as 30d or 12h")
        }
    }

    func run(in context: CommandContext) async throws -> CommandStatus {
        let format = try output.format(in: context)
        let environment = try project.loadEnvironment(in: context, format: format)
        let store = try context.stateStore(at: environment.settings.state, root: environment.root)
        let now = context.clock.now()
        let end = expires.flatMap(Self.milliseconds).map { now.advanced(by: .milliseconds($0)) }
        let (key, secret) = APIKey.make(
            note: note, bots: try await names(in: store, of: environment.settings.name, in: context), at: now,
            by: context.actor,
            expires: end)
        try await store.addAPIKey(key)
        let view = NewKeyView(
            environment: environment.settings.name, key: key, secret: secret, url: environment.settings.gatewayURL)
        context.terminal.output(view, as: format)
        return .ok
    }

    /// The bots' own names, of what is deployed; nil for all bots.
    private func names(
        in store: StateStore, of environment: String, in context: CommandContext
    ) async throws -> Set<String>? {
        guard !bots.isEmpty else { return nil }
        guard let deployed = try await store.currentManifest()?.manifest else {
            throw CommandFailure.nothingDeployed(in: environment)
        }
        return Set(
            try bots.map { name in
                do { return try deployed.requireBot(name) } catch {
                    // A bot that has a file is no misspelt name.
                    guard isConfigured(name.lowercased(), in: context) else { throw error }
                    throw CommandFailure(
                        .failure, "'\(name.lowercased())' is not deployed in \(environment)",
                        hint: "'\(project.flags.command("deploy"))' does; then make the key")
                }
            })
    }

    /// Whether the project's files have a bot of that name.
    private func isConfigured(_ name: String, in context: CommandContext) -> Bool {
        guard let location = try? project.locationIfAny(in: context) else { return false }
        let sources = ProjectSources.read(location, files: context.files)
        return sources.botFiles.contains { $0.botName == name }
    }

    /// A length of time as everywhere, or in whole days; nil for none.
    private static func milliseconds(of text: String) -> Int? {
        guard text.hasSuffix("d") else { return DurationText.milliseconds(of: text) }
        guard let days = Int(text.dropLast()), (1...36_500).contains(days) else { return nil }
        return days * 86_400_000
    }
}
