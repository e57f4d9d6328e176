import BotConfiguration
import BotRuntime
import Deployment
import Logging
import ModelCatalog
import PoeProtocol
import Secrets
import WallClock

/// Makes generations: configs, handlers and keys of all bots of a manifest.
struct GenerationBuilder: Sendable {
    let factory: BotFactory
    let secrets: SecretResolver
    let catalog: ModelCatalog
    /// The environment's name, for secret references.
    let environment: String
    /// The key of all bots in place of their own; for candidates.
    let accessKeyOverride: Secret?
    let gates: BotGates
    /// Whether bots call the services that they name, with the keys that they name; false where one stands in for all.
    let callsServicesOfBots: Bool
    let logger: Logger

    /// Makes the generation of a manifest.
    ///
    /// Bots that cannot be made are part of it as unavailable. A bot of an unchanged digest keeps its handler; its key
    /// is looked up again, as keys change without a deploy; keys of model services are followed by whoever sends them.
    ///
    /// - Parameters:
    ///   - stored: The manifest.
    ///   - store: Where the configurations are.
    ///   - previous: What is served now.
    /// - Returns: The generation, whole, with the bots that could not be made in it.
    /// - Throws: `CancellationError`, or ``StateStoreError`` with the code `unavailable`: then nothing can be said of
    ///   the bots, and another try may work.
    func build(_ stored: StoredManifest, from store: StateStore, after previous: Generation) async throws -> Generation
    {
        var loaded: [LoadedBot] = []
        loaded.reserveCapacity(stored.manifest.bots.count)
        for (name, entry) in stored.manifest.bots {
            loaded.append(try await load(name, entry, from: store, after: previous))
        }
        await prepareSecrets(of: loaded.compactMap(\.config))
        let bots = loaded.map(makeBot)
        return Generation(
            ordinal: previous.ordinal + 1, serial: stored.serial, digest: stored.digest,
            created: Int(stored.manifest.created.millisecondsSinceEpoch / 1000), bots: bots,
            aliases: stored.manifest.bots.mapValues(\.aliases))
    }

    /// Makes the one generation of a gateway without a store.
    ///
    /// - Throws: ``GatewayError`` with the reasons when a bot cannot be made.
    func build(_ bots: [GatewayBot]) async throws -> Generation {
        await prepareSecrets(of: bots.map(\.config))
        let served = bots.map { bot in
            serve(bot.config.name, digest: bot.config.digest, isEnabled: bot.isEnabled, keyFrom: bot.config) {
                try factory.makeHandler(for: bot.config)
            }
        }
        let generation = Generation(
            ordinal: 1, serial: 0, digest: nil, bots: served,
            aliases: Dictionary(
                bots.map { ($0.config.name, $0.config.aliases) }, uniquingKeysWith: { first, _ in first }))
        let failed = generation.failed.sorted { $0.key < $1.key }
        guard failed.isEmpty else {
            throw GatewayError(.cannotBuild, failed.map { "\($0.key): \($0.value)" }.joined(separator: "; "))
        }
        return generation
    }

    /// A bot of a manifest, before its handler and its key are there.
    private struct LoadedBot {
        let name: String
        let entry: ManifestBot
        let content: Content

        enum Content {
            case made(any BotHandler)
            case new(BotConfig)
            case unreadable(reason: String)
        }

        var config: BotConfig? {
            switch content {
            case .made(let handler): handler.config
            case .new(let config): config
            case .unreadable: nil
            }
        }
    }

    private func load(
        _ name: String, _ entry: ManifestBot, from store: StateStore, after previous: Generation
    ) async throws -> LoadedBot {
        if let handler = previous.bots[name]?.handler, handler.config.digest == entry.digest {
            return LoadedBot(name: name, entry: entry, content: .made(handler))
        }
        do {
            let config = try BotConfig(stored: try await store.blob(entry.digest), name: name, catalog: catalog)
            return LoadedBot(name: name, entry: entry, content: .new(config))
        } catch let error as StateStoreError where error.code == .unavailable {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            return LoadedBot(name: name, entry: entry, content: .unreadable(reason: "\(error)"))
        }
    }

    private func makeBot(_ bot: LoadedBot) -> ServedBot {
        let (name, entry) = (bot.name, bot.entry)
        switch bot.content {
        case .made(let handler):
            return serve(name, digest: entry.digest, isEnabled: entry.isEnabled, keyFrom: handler.config) { handler }
        case .new(let config):
            return serve(name, digest: entry.digest, isEnabled: entry.isEnabled, keyFrom: config) {
                try factory.makeHandler(for: config)
            }
        case .unreadable(let reason):
            return ServedBot(
                name: name, digest: entry.digest, service: .unavailable(reason: reason), accessKeys: [],
                gate: gates.gate(of: name))
        }
    }

    /// Asks for all secrets of the bots at once, where a service keeps some.
    private func prepareSecrets(of configs: [BotConfig]) async {
        var needs: [SecretResolver.Need] = []
        for config in configs {
            if accessKeyOverride == nil {
                needs.append((config.poe.accessKey, config.name))
                needs.append((config.poe.previousAccessKey, config.name))
            }
            guard callsServicesOfBots else { continue }
            needs.append((config.model.apiKey, config.name))
            if case .apiKey(let references)? = config.model.credentials { needs.append((references, config.name)) }
        }
        await secrets.prepare(needs, environment: environment)
    }

    private func serve(
        _ name: String, digest: ContentDigest, isEnabled: Bool, keyFrom config: BotConfig,
        makeHandler: () throws -> any BotHandler
    ) -> ServedBot {
        var accessKeys: [Secret] = []
        let service: ServedBot.Service
        do {
            accessKeys = try accessKeyOverride.map { [$0] } ?? resolveAccessKeys(of: config)
            let handler = try makeHandler()
            service = isEnabled ? .ready(handler: handler) : .disabled(handler: handler)
        } catch {
            service = .unavailable(reason: "\(error)")
        }
        return ServedBot(
            name: name, digest: digest, service: service, accessKeys: accessKeys, gate: gates.gate(of: name))
    }

    /// The bot's key, and the one before it where that is still to be had.
    private func resolveAccessKeys(of config: BotConfig) throws -> [Secret] {
        let key = try secrets.accessKey(from: config.poe.accessKey, forBot: config.name, environment: environment)
        return [key.secret] + previousAccessKey(of: config)
    }

    /// The key before the bot's key; none where there is none, or none that can be used.
    private func previousAccessKey(of config: BotConfig) -> [Secret] {
        let references = config.poe.previousAccessKey
        guard !references.isEmpty else { return [] }
        do {
            return [try secrets.accessKey(from: references, forBot: config.name, environment: environment).secret]
        } catch {
            // A rotation ends when the old key is taken away, with or without a deploy.
            if error.isMissing { return [] }
            logger.warning(
                "previous access key not usable, calls with it are refused",
                metadata: ["bot.name": "\(config.name)", "error.detail": "\(error)"])
            return []
        }
    }
}
