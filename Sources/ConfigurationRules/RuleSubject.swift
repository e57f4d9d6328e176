import BotConfiguration
import Diagnostics
import WallClock

/// What rules judge: a project's files, and its bots in every environment that is wanted.
struct RuleSubject: Sendable {
    let sources: ProjectSources
    /// The project in each environment.
    let projects: [Project]
    let today: Timestamp
    /// The bots by name and by alias, those too of which only the name is known.
    let botNames: [String: String]
    /// What files of bots say and their templates say anyway, in the order of the files, without those where nothing
    /// is; environments do not matter to it.
    let deadOverrides: [BotOverrides]

    /// What rules judge.
    init(sources: ProjectSources, projects: [Project], today: Timestamp) {
        let bots = projects.first?.mergedBots ?? []
        self.init(
            sources, projects, today, deadOverrides: Self.deadOverrides(of: bots, in: sources, BotSchema.template),
            names: Self.botNames(in: sources))
    }

    /// The same, made on all cores.
    static func make(sources: ProjectSources, projects: [Project], today: Timestamp) async -> RuleSubject {
        let bots = projects.first?.mergedBots ?? []
        async let names = botNames(in: sources)
        let overrides = await bots.concurrentChunks(with: BotSchema.template.copy) { bots, schema in
            deadOverrides(of: bots, in: sources, schema)
        }
        return RuleSubject(sources, projects, today, deadOverrides: Array(overrides.joined()), names: await names)
    }

    private init(
        _ sources: ProjectSources, _ projects: [Project], _ today: Timestamp, deadOverrides: [BotOverrides],
        names: [String: String]
    ) {
        self.sources = sources
        self.projects = projects
        self.today = today
        self.deadOverrides = deadOverrides
        botNames = names
    }

    private static func deadOverrides(
        of bots: some Sequence<MergedBot>, in sources: ProjectSources, _ schema: ObjectSchema
    ) -> [BotOverrides] {
        bots.lazy.map { BotOverrides(.dead, of: $0, in: sources, schema: schema) }.filter { !$0.values.isEmpty }
    }

    private static func botNames(in sources: ProjectSources) -> [String: String] {
        var names: [String: String] = [:]
        for file in sources.botFiles {
            for alias in file.aliases where names[alias] == nil { names[alias] = file.botName }
        }
        for file in sources.botFiles { names[file.botName] = file.botName }
        for name in sources.unreadableBots { names[name] = name }
        return names
    }

    /// Whether every bot file could be read, so that what no bot does is really done by none.
    var knowsAllBots: Bool { sources.unreadableBots.isEmpty && sources.botFiles.allSatisfy { $0.layer != nil } }
}

extension ProjectSources.BotFile {
    /// Further names that answer.
    fileprivate var aliases: [String] {
        guard case .list(let nodes)? = layer?.fields["aliases"]?.value else { return [] }
        return nodes.compactMap { if case .text(let text) = $0.value { text } else { nil } }
    }
}
