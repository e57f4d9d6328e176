import ArgumentParser

/// The group of commands about the keys of the OpenAI-compatible door.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make, list and revoke keys of the OpenAI-compatible API.",
        discussion: """
            Clients of POST /v1/chat/completions and its neighbours call with a key of their own. An environment's \
            state store keeps a hash of each, never its text; gateways take up a new key, and drop a revoked one, \
            within seconds.

            EXAMPLES
              botctl key new --note "Anna's notebook" --bot claude-sonnet --expires 30d
              botctl key list
              botctl key revoke key-3f0q9x2m7a
            """,
        subcommands: [KeyNew.self, KeyList.self, KeyRevoke.self])
}
