/// Where a bot stands between the files, the manifest and the gateways.
package enum BotState: String, Hashable, Sendable, CaseIterable {
    /// In the files, not deployed yet.
    case new
    /// Deployed, and the files say something else.
    case changed
    /// Files, manifest and every live gateway agree.
    case inSync = "in sync"
    /// Deployed and switched off, as the files say.
    case disabled
    /// Deployed, and no longer in the files.
    case removed
    /// Files and manifest agree, and a live gateway serves an older serial or could not build the bot.
    case lagging

    /// Where a bot stands.
    ///
    /// - Parameters:
    ///   - change: What a deploy would do to the bot.
    ///   - serial: The serial of the deployed manifest; nil when nothing is deployed.
    ///   - replicas: The live gateways.
    package init(of change: BotChange, serial: Int?, replicas: [ReplicaReport]) {
        switch change.action {
        case .add: self = .new
        case .remove: self = .removed
        case .change, .rename, .enable, .disable, .smokeOnly: self = .changed
        case .unchanged:
            let isBehind = replicas.contains { $0.serial < serial ?? 0 || $0.failed[change.name] != nil }
            if isBehind {
                self = .lagging
            } else {
                self = change.new?.isEnabled == false ? .disabled : .inSync
            }
        }
    }
}
