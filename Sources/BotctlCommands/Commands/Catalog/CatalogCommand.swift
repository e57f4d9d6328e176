import ArgumentParser

/// The group of commands about what is known of models.
struct CatalogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Look up models: what they can do, where they can be called, what they cost.",
        discussion: """
            The facts are those that this binary carries, with the project's own from catalog.d/ over them.

            EXAMPLES
              botctl catalog list --maker anthropic
              botctl catalog search claude sonnet
              botctl catalog show anthropic.claude-sonnet-5-5 --region eu-west-1
              botctl catalog sync --live
            """,
        subcommands: [CatalogList.self, CatalogShow.self, CatalogSearch.self, CatalogSyncCommand.self])
}
