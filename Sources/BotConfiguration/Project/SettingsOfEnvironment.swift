/// What `botctl.yaml` says as far as one environment is concerned, with origins.
package struct SettingsOfEnvironment: Sendable {
    package var environment: EnvironmentSettings
    /// What the process that serves is told.
    package var gateway: GatewaySettings
    /// What `default_environment` says; nil where the file has none.
    package var defaultEnvironment: ConfigNode?
    /// The environment's own values.
    package var effective: EffectiveConfig
    /// The severity of rules, by their codes.
    package var rules: ConfigFields
}
