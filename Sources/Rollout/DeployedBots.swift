import BotConfiguration
package import Deployment
package import ModelCatalog
import PoeProtocol
package import Secrets
package import SmokeTesting

/// The bots of a manifest as a smoke test needs them: their addresses, keys and cases.
package struct DeployedBots: Sendable {
    private let manifest: Manifest
    private let store: StateStore
    private let secrets: SecretResolver
    private let environment: String
    private let gatewayURL: String
    private let catalog: ModelCatalog

    /// The bots of a manifest.
    ///
    /// - Parameters:
    ///   - manifest: What is deployed.
    ///   - store: Where configurations and cases are read.
    ///   - secrets: Where access keys are found.
    ///   - environment: The environment's name, for secret references.
    ///   - gatewayURL: Where the gateway is: `http://127.0.0.1:8080`.
    ///   - catalog: Facts that configurations leave open.
    package init(
        manifest: Manifest, store: StateStore, secrets: SecretResolver, environment: String, gatewayURL: String,
        catalog: ModelCatalog
    ) {
        self.manifest = manifest
        self.store = store
        self.secrets = secrets
        self.environment = environment
        self.gatewayURL = gatewayURL
        self.catalog = catalog
    }

    /// What a smoke test of some bots asks, sorted by name; bots that are switched off are left out.
    ///
    /// - Parameter names: The bots; nil for all of the manifest.
    /// - Returns: One target for each bot.
    /// - Throws: ``StateStoreError`` when a configuration cannot be read, ``StoredFormError`` when it is none,
    ///   ``RolloutError`` of the code `accessKey` when a bot's key cannot be had.
    package func smokeTargets(_ names: Set<String>? = nil) async throws -> [SmokeTarget] {
        var bots: [(config: BotConfig, bot: ManifestBot)] = []
        for (name, bot) in manifest.bots.sorted(by: { $0.key < $1.key })
        where bot.isEnabled && names?.contains(name) != false {
            let config = try BotConfig(stored: try await store.blob(bot.digest), name: name, catalog: catalog)
            bots.append((config, bot))
        }
        await secrets.prepare(bots.map { ($0.config.poe.accessKey, $0.config.name) }, environment: environment)
        var targets: [SmokeTarget] = []
        for (config, bot) in bots {
            var cases: [SmokeCase] = []
            if let smoke = bot.smoke { cases = try SmokeCase.decode(stored: try await store.blob(smoke)) }
            targets.append(
                SmokeTarget(
                    bot: config.name, digest: bot.digest, url: url(of: config.name),
                    accessKey: try accessKey(of: config), cases: cases,
                    asksForPicture: config.needsPicture))
        }
        return targets
    }

    private func accessKey(of config: BotConfig) throws(RolloutError) -> Secret {
        do {
            return try secrets.accessKey(from: config.poe.accessKey, forBot: config.name, environment: environment)
                .secret
        } catch {
            throw RolloutError(
                .accessKey, "'\(config.name)' cannot be asked: \(error)",
                hint: "set the variable, or change 'poe.access_key' of the bot", cause: error)
        }
    }

    private func url(of name: String) -> String {
        (gatewayURL.hasSuffix("/") ? String(gatewayURL.dropLast()) : gatewayURL) + "/bots/" + name
    }
}
