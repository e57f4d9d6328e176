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
    /// What each bot's own file sets, in the order of the files; environments do not matter to it.
    let overrides: [BotOverrides]

    /// What rules judge.
    init(sources: ProjectSources, projects: [Project], today: Timestamp) {
        let bots = projects.first?.mergedBots ?? []
        self.init(sources, projects, today, overrides: bots.map { BotOverrides(of: $0, in: sources) })
    }

    /// The same, made on all cores.
    static func make(sources: ProjectSources, projects: [Project], today: Timestamp) async -> RuleSubject {
        let bots = projects.first?.mergedBots ?? []
        let overrides = await bots.concurrentChunks { chunk in chunk.map { BotOverrides(of: $0, in: sources) } }
        return RuleSubject(sources, projects, today, overrides: Array(overrides.joined()))
    }

    private init(_ sources: ProjectSources, _ projects: [Project], _ today: Timestamp, overrides: [BotOverrides]) {
        self.sources = sources
        self.projects = projects
        self.today = today
        var names: [String: String] = [:]
        for file in sources.botFiles {
            for alias in file.aliases where names[alias] == nil { names[alias] = file.botName }
        }
        for file in sources.botFiles { names[file.botName] = file.botName }
        for name in sources.unreadableBots { names[name] = name }
        botNames = names
        self.overrides = overrides
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
