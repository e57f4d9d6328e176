import BotConfiguration
import Conversation
import Deployment
import Diagnostics
import Gateway
import Rollout
import Secrets
import SmokeTesting

extension ChatPlace {
    /// The bots of a project's files, in a gateway of this process.
    ///
    /// Errors in other files do not stand in the way of a bot that could be made.
    ///
    /// - Throws: ``CommandFailure`` for a bot that does not exist, or whose file is wrong, which is shown.
    static func own(
        _ names: [String], of project: Project, tokensPerSecond: Double?, in context: CommandContext
    ) throws -> ChatPlace {
        let errors = project.diagnostics.filter { $0.severity == .error }
        var bots: [ProjectBot] = []
        for name in names {
            do {
                let bot = try project.requireBot(name)
                if !bots.contains(where: { $0.name == bot.name }) { bots.append(bot) }
            } catch {
                let wanted = name.lowercased()
                let isBroken = errors.contains { $0.file.map(stem) == wanted }
                if isBroken || project.mergedBots.contains(where: { $0.name == wanted }) {
                    try context.requireNoErrors(errors, in: "the configuration is", format: .human)
                }
                throw error
            }
        }
        if !errors.isEmpty {
            context.terminal.note(
                "\(Count.text(errors.count, "error")) in other files of the project: 'botctl validate' shows them")
        }
        return .ownGateway(project, bots: bots, tokensPerSecond: tokensPerSecond)
    }

    /// Bots that are deployed in an environment, at its gateway.
    ///
    /// - Throws: ``CommandFailure`` for what is not deployed or switched off; see ``DeployedBots/smokeTargets(_:)``.
    static func deployed(
        _ names: [String], in environment: ResolvedEnvironment, in context: CommandContext
    ) async throws -> ChatPlace {
        let settings = environment.settings
        let store = try context.stateStore(at: settings.state, root: environment.root)
        guard let manifest = try await store.currentManifest()?.manifest else {
            throw CommandFailure.nothingDeployed(in: settings.name)
        }
        let wanted = try names.map { try manifest.requireBot($0) }
        let bots = DeployedBots(
            manifest: manifest, store: store, secrets: context.secretResolver(root: environment.root),
            environment: settings.name, gatewayURL: settings.gatewayURL, catalog: context.catalog)
        let targets = try await bots.smokeTargets(Set(wanted))
        let partners = try wanted.map { name in
            guard let target = targets.first(where: { $0.bot == name }) else {
                throw CommandFailure(.failure, "'\(name)' is switched off in \(settings.name)")
            }
            return ChatPartner(name: name, url: target.url, accessKey: target.accessKey)
        }
        return .running(partners, upstream: settings.upstream.rawValue)
    }

    /// Bots of a gateway that is named by its URL.
    ///
    /// At the environment's own gateway a bot's key is the one that the project's file refers to where there is one,
    /// else that of `POE_ACCESS_KEY`. Any other gateway gets the latter only: whoever types a URL says with it which
    /// key is for that place.
    ///
    /// - Throws: ``CommandFailure`` without a key, and for a URL over which it would cross the internet unencrypted.
    static func running(
        _ names: [String], at url: String, project: Project?, in context: CommandContext
    ) async throws -> ChatPlace {
        let url = try GatewayURL.checked(url)
        let base = Self.base(of: url)
        let isOwn = project.map { Self.base(of: $0.environment.gatewayURL).lowercased() } == base.lowercased()
        let common = context.variables["POE_ACCESS_KEY"].flatMap { $0.isEmpty ? nil : Secret($0) }
        var partners: [ChatPartner] = []
        for name in names {
            let bot = project.flatMap { project in try? project.requireBot(name) }
            var key = common
            if let project, let bot, isOwn {
                let secrets = context.secretResolver(root: project.root)
                let references = bot.config.poe.accessKey
                await secrets.prepare([(references, bot.name)], environment: project.environment.name)
                let own = try? secrets.resolve(references, forBot: bot.name, environment: project.environment.name)
                key = own ?? key
            }
            guard let key else {
                throw CommandFailure(
                    .failure, "no access key for '\(name)' at \(base)",
                    hint: "set POE_ACCESS_KEY to the bot's key; 'botctl up' prints the one that it makes")
            }
            partners.append(
                ChatPartner(name: bot?.name ?? name, url: "\(base)/bots/\(bot?.name ?? name)", accessKey: key))
        }
        return .running(partners, upstream: nil)
    }

    private static func base(of url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }

    /// A file's name without folder and ending.
    private static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
}
