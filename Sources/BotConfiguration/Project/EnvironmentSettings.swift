/// Where a manifest and its gateways live, as `botctl.yaml` describes it.
package struct EnvironmentSettings: Sendable, Hashable {
    /// Which model service the environment's gateways call.
    package enum Upstream: String, Hashable, Sendable, CaseIterable {
        case aws, simulator
    }

    /// Whether and where Poe is called.
    package struct PoeConnection: Sendable, Hashable {
        /// Whether a deploy tells Poe the settings of what it changed.
        package var sync: Bool
        /// Whether gateways charge users for the answers of bots with `pricing`; only where ``sync`` is true, too.
        package var charge: Bool
        /// Where Poe is found: `https://api.poe.com`.
        package var baseURL: String
        /// Where gateways upload what bots make, `https://www.quora.com/poe_api`; nil where they show it themselves.
        ///
        /// Only where ``sync`` is true, too.
        package var uploadURL: String?

        /// The connection that an environment has which says nothing of it: nothing is called.
        package static let none = PoeConnection(
            sync: ProjectSchema.poeSync.defaultValue, charge: ProjectSchema.poeCharge.defaultValue,
            baseURL: ProjectSchema.poeBaseURL.defaultValue)

        package init(sync: Bool, charge: Bool, baseURL: String, uploadURL: String? = nil) {
            self.sync = sync
            self.charge = charge
            self.baseURL = baseURL
            self.uploadURL = uploadURL
        }
    }

    package var name: String
    /// The state store: a directory relative to the project, or a URL.
    package var state: String
    package var upstream: Upstream
    /// Where the gateway is found: `http://127.0.0.1:8080`.
    package var gatewayURL: String
    package var poe: PoeConnection

    package init(
        name: String, state: String, upstream: Upstream, gatewayURL: String, poe: PoeConnection = .none
    ) {
        self.name = name
        self.state = state
        self.upstream = upstream
        self.gatewayURL = gatewayURL
        self.poe = poe
    }

    /// The one environment of a project without `botctl.yaml`.
    package static let local = EnvironmentSettings(
        name: "local", state: defaultState(of: "local"), upstream: defaultUpstream(of: "local"),
        gatewayURL: ProjectSchema.gatewayURL.defaultValue)

    /// Where the state of an environment is kept that names no store.
    static func defaultState(of name: String) -> String { ".botctl/state/\(name)" }

    /// What an environment calls that names no upstream.
    static func defaultUpstream(of name: String) -> Upstream { name == "local" ? .simulator : .aws }
}
