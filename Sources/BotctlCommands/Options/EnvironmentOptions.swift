import BotConfiguration
import Diagnostics

/// An environment, and the directory that its relative paths start from.
struct ResolvedEnvironment: Sendable {
    var settings: EnvironmentSettings
    var root: String
}

extension ProjectOptions {
    /// The environment that is asked for, without a look at the project's bots.
    ///
    /// - Parameter context: The world outside.
    /// - Returns: The environment.
    /// - Throws: ``CommandFailure`` when `botctl.yaml` is broken, ``ProjectError`` when there is no such environment.
    func loadEnvironment(in context: CommandContext) throws -> ResolvedEnvironment {
        let location = try location(in: context)
        let (settings, diagnostics) = try ProjectSources.environment(
            named: environmentName(in: context), at: location, files: context.files)
        guard !diagnostics.containsErrors else {
            let view = DiagnosticsView(diagnostics: diagnostics, fileCount: 1)
            view.showOnError(context.terminal)
            throw CommandFailure(.invalidConfiguration, "botctl.yaml is invalid: \(view.summary)")
        }
        return ResolvedEnvironment(settings: settings, root: location.root)
    }
}
