import ArgumentParser
import ConfigurationRules
import WallClock

/// How strictly rules are applied.
struct RuleOptions: ParsableArguments {
    @Flag(help: "Take warnings for errors; an announced end of life stays a warning.")
    var strict = false

    @Flag(
        name: .customLong("allow-unknown-model"),
        help: "Take models that neither the catalog nor catalog.d knows as they are.")
    var allowsUnknownModels = false

    /// The check that judges a project by its rules.
    func check(in context: CommandContext) -> ConfigurationCheck {
        ConfigurationCheck(
            today: context.clock.now(),
            options: ConfigurationCheck.Options(isStrict: strict, allowsUnknownModels: allowsUnknownModels))
    }
}
