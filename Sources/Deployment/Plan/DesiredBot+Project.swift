package import BotConfiguration

extension DesiredBot {
    /// A bot of a project.
    package init(_ bot: ProjectBot) {
        self.init(
            name: bot.name, kind: bot.config.kind.rawValue, isEnabled: bot.isEnabled, aliases: bot.aliases,
            renamedFrom: bot.renamedFrom, file: bot.file, stored: bot.stored, storedSmoke: bot.storedSmoke,
            origin: { [effective = bot.effective] path in effective.origin(ofStoredPath: path)?.description },
            adjustments: Dictionary(
                bot.effective.adjustments.map { ($0.path, $0.message) }, uniquingKeysWith: { first, _ in first }))
    }
}

extension Plan {
    /// What deploying a project would change; see ``init(environment:desired:base:blob:)``.
    ///
    /// - Parameters:
    ///   - project: Without errors among its diagnostics: its bots are taken to be all that is wanted.
    ///   - base: What is deployed now.
    ///   - store: Where the deployed configurations are read from.
    /// - Throws: ``StateStoreError`` with the code `unavailable`.
    package init(of project: Project, over base: StoredManifest?, in store: StateStore) async throws {
        try await self.init(
            environment: project.environment.name, desired: project.bots.map { DesiredBot($0) }, base: base,
            blob: { try await store.blob($0) })
    }
}
