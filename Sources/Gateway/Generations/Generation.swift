import BotConfiguration
import BotRuntime
import ModelCatalog

/// What a gateway serves at one time: immutable, replaced as a whole.
final class Generation: Sendable {
    /// Counts the generations of this process, from 0 for the one without bots.
    let ordinal: Int
    /// The manifest's serial; 0 for no manifest.
    let serial: Int
    /// SHA-256 of the manifest's text; nil without one.
    let digest: ContentDigest?
    /// When the manifest was written, in seconds since 1970; 0 without one.
    let created: Int
    /// By name.
    let bots: [String: ServedBot]
    /// In the order of their names.
    let sortedBots: [ServedBot]
    /// What the bots' own configurations say of their models beyond the gateway's catalog, by model id.
    let projectFacts: [String: ModelFacts]
    private let paths: [String: ServedBot]

    /// A generation of these bots.
    ///
    /// `aliases` are further paths by bot name. A name wins over an alias, and of two bots with one alias the first by
    /// name has it; validation refuses both.
    init(
        ordinal: Int, serial: Int, digest: ContentDigest?, created: Int = 0, bots: [ServedBot],
        aliases: [String: [String]]
    ) {
        self.ordinal = ordinal
        self.serial = serial
        self.digest = digest
        self.created = created
        self.bots = Dictionary(bots.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let sorted = self.bots.values.sorted { $0.name < $1.name }
        sortedBots = sorted
        let models = bots.compactMap { $0.handler?.config.model }.filter(\.hasProjectFacts)
        projectFacts = Dictionary(
            models.compactMap { model in model.facts.map { (model.baseID, $0) } },
            uniquingKeysWith: { first, _ in first })
        var paths = Dictionary(bots.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        for bot in sorted {
            for alias in aliases[bot.name] ?? [] where paths[alias.lowercased()] == nil {
                paths[alias.lowercased()] = bot
            }
        }
        self.paths = paths
    }

    /// What a gateway serves before its first manifest.
    static let empty = Generation(ordinal: 0, serial: 0, digest: nil, bots: [], aliases: [:])

    /// The bot of that name or alias in any case, or nil.
    func bot(at path: String) -> ServedBot? { paths[path] ?? paths[path.lowercased()] }

    /// The bots that could not be made, each with its reason.
    var failed: [String: String] {
        bots.compactMapValues { bot in
            if case .unavailable(let reason) = bot.service { reason } else { nil }
        }
    }
}
