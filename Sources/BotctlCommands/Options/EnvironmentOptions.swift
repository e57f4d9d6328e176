import BotConfiguration
import Diagnostics

/// An environment, and the directory that its relative paths start from.
struct ResolvedEnvironment: Sendable {
    var settings: EnvironmentSettings
    /// What the process that serves is told.
    var gateway: GatewaySettings
    var root: String
}

extension ProjectOptions {
    /// The environment that is asked for, without a look at the project's bots.
    ///
    /// - Parameters:
    ///   - context: The world outside.
    ///   - format: How the command's result is shown.
    /// - Returns: The environment.
    /// - Throws: ``CommandFailure`` when `botctl.yaml` is broken, ``ProjectError`` when there is no such environment.
    func loadEnvironment(in context: CommandContext, format: OutputFormat = .human) throws -> ResolvedEnvironment {
        let settings = try loadSettings(in: context, format: format)
        return ResolvedEnvironment(
            settings: settings.environment, gateway: settings.gateway, root: try location(in: context).root)
    }

    /// What `botctl.yaml` says of the environment that is asked for, with origins.
    ///
    /// - Throws: ``CommandFailure`` when `botctl.yaml` is broken, ``ProjectError`` when there is no such environment.
    func loadSettings(in context: CommandContext, format: OutputFormat) throws -> SettingsOfEnvironment {
        let (settings, diagnostics) = try ProjectSources.environment(
            named: environmentName(in: context), at: try location(in: context), files: context.files)
        try context.requireNoErrors(diagnostics, in: "botctl.yaml is", format: format)
        return settings
    }
}
