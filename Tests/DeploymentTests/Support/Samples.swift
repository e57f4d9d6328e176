import BotConfiguration
import Deployment
import JSONCoding
import WallClock

/// Values that many tests need.
enum Samples {
    static let time = Timestamp(millisecondsSinceEpoch: 1_795_000_000_000)

    static func stamp(by: String = "ana", message: String? = nil) -> ManifestStamp {
        ManifestStamp(created: time, by: by, tool: "botctl 0.1.0", message: message)
    }

    /// A stored configuration that holds a text.
    static func stored(_ text: String) -> StoredConfiguration {
        StoredConfiguration(canonical: ["schema": 1, "system_prompt": .string(text)])
    }

    static func stored(json: String) throws -> StoredConfiguration {
        StoredConfiguration(canonical: try JSONParser.parse(Array(json.utf8)))
    }

    /// Bots of these configurations, all of them chat bots.
    static func bots(_ configurations: [String: StoredConfiguration]) -> [String: ManifestBot] {
        configurations.mapValues { ManifestBot(digest: $0.digest, kind: "chat") }
    }
}

extension StateStore {
    /// Promotes bots of these configurations over what is deployed.
    @discardableResult
    func deploy(_ configurations: [String: StoredConfiguration], by: String = "ana") async throws -> StoredManifest {
        let base = try await currentManifest()
        let manifest = Manifest(
            succeeding: base, newLineage: "lineage", stamp: Samples.stamp(by: by), bots: Samples.bots(configurations))
        return try await promote(manifest, over: base, blobs: Array(configurations.values))
    }

    /// The deployed configurations, every one of them read and checked; nil when nothing is deployed.
    func generation() async throws -> [String: [UInt8]]? {
        guard let current = try await currentManifest() else { return nil }
        var found: [String: [UInt8]] = [:]
        for (name, bot) in current.manifest.bots { found[name] = try await blob(bot.digest) }
        return found
    }
}

/// The code of the error that a store throws, or nil when it throws none.
func code(of body: () async throws -> Void) async throws -> StateStoreError.Code? {
    do {
        try await body()
        return nil
    } catch let error as StateStoreError {
        return error.code
    }
}
