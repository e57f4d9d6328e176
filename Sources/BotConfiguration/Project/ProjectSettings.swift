/// What `botctl.yaml` says.
package struct ProjectSettings: Sendable {
    /// The environment that is meant where none is named.
    package var defaultEnvironment: String? {
        if case .text(let name)? = defaultEnvironmentNode?.value { name } else { nil }
    }
    /// The same with its origin.
    package private(set) var defaultEnvironmentNode: ConfigNode?
    /// The severity words that `rules` gives to codes.
    package private(set) var rules = ConfigFields()
    /// Sorted by name; the one local environment where the file names none.
    package private(set) var environments: [EnvironmentSettings] = [.local]
    /// Values for all bots, by environment.
    private(set) var overrides: [String: ConfigObject] = [:]
    /// Values for single bots, by environment and bot.
    private(set) var botOverrides: [String: ConfigFields] = [:]
    /// What the process that serves is told.
    private(set) var gateway = GatewaySettings()
    /// Every environment's values with their origins, by name.
    private(set) var effectiveEnvironments: [String: EffectiveConfig] = [:]

    /// The settings of a project without `botctl.yaml`.
    init() {}

    /// The settings of a decoded file.
    init(_ root: ConfigObject) {
        defaultEnvironmentNode = root.fields["default_environment"]
        if case .object(let rules)? = root.fields["rules"]?.value { self.rules = rules.fields }
        if case .object(let gateway)? = root.fields["gateway"]?.value { self.gateway = GatewaySettings(gateway) }
        guard case .object(let named)? = root.fields["environments"]?.value, !named.fields.isEmpty else { return }
        environments = []
        for (name, node) in named.fields.sorted(by: { $0.key < $1.key }) {
            // An explicit null is an environment of defaults.
            let object = if case .object(let object) = node.value { object } else { ConfigObject() }
            let values = ConfigReader(root: object, schema: ProjectSchema.environment)
            effectiveEnvironments[name] = EffectiveConfig(root: object, schema: ProjectSchema.environmentSettings)
            environments.append(
                EnvironmentSettings(
                    name: name, state: values.text("state") ?? EnvironmentSettings.defaultState(of: name),
                    upstream: values.text("upstream").flatMap(EnvironmentSettings.Upstream.init)
                        ?? EnvironmentSettings.defaultUpstream(of: name),
                    gatewayURL: values.value(ProjectSchema.gatewayURL, in: "gateway"),
                    poe: EnvironmentSettings.PoeConnection(
                        sync: values.value(ProjectSchema.poeSync, in: "poe"),
                        charge: values.value(ProjectSchema.poeCharge, in: "poe"),
                        baseURL: values.value(ProjectSchema.poeBaseURL, in: "poe"),
                        uploadURL: values.text("poe", "upload_url"))))
            if case .object(let overrides)? = object.fields["overrides"]?.value { self.overrides[name] = overrides }
            if case .object(let bots)? = object.fields["bots"]?.value { botOverrides[name] = bots.fields }
        }
    }

    /// What is said of one environment, and of the gateway.
    package func settings(of environment: EnvironmentSettings) -> SettingsOfEnvironment {
        SettingsOfEnvironment(
            environment: environment, gateway: gateway, defaultEnvironment: defaultEnvironmentNode,
            effective: effectiveEnvironments[environment.name]
                ?? EffectiveConfig(root: ConfigObject(), schema: ProjectSchema.environmentSettings),
            rules: rules)
    }

    /// The environment of that name, or the default one for nil.
    ///
    /// - Throws: ``ProjectError`` that names the environments there are.
    func environment(named name: String?) throws(ProjectError) -> EnvironmentSettings {
        let names = environments.map(\.name).joined(separator: ", ")
        if let wanted = name ?? defaultEnvironment {
            if let found = environments.first(where: { $0.name == wanted }) { return found }
            throw ProjectError(
                code: .unknownEnvironment, description: "there is no environment '\(wanted)'",
                hint: "environments of this project: \(names)")
        }
        if let local = environments.first(where: { $0.name == "local" }) { return local }
        if environments.count == 1, let only = environments.first { return only }
        throw ProjectError(
            code: .noDefaultEnvironment, description: "no environment is named",
            hint: "name one with -e, or set 'default_environment' in botctl.yaml; there are \(names)")
    }
}
