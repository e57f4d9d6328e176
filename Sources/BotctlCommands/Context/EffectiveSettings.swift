import BotConfiguration
import JSONCoding

/// The settings that commands work with, each with where it comes from.
struct EffectiveSettings {
    /// One setting.
    struct Setting {
        /// The dotted name: its path in `botctl.yaml`, or the name of the flag.
        let name: String
        let value: String
        let json: JSONValue
        /// Where it comes from: `--environment`, `BOTCTL_LISTEN`, `botctl.yaml:3:5`, `default`.
        let origin: String
    }

    private(set) var settings: [Setting] = []

    /// Resolves all settings of one environment.
    ///
    /// - Throws: What stands in the way of reading `botctl.yaml`.
    init(options: ProjectOptions, output: OutputOptions, in context: CommandContext) throws {
        let location = try options.location(in: context)
        let resolved = try options.loadSettings(in: context, format: try output.format(in: context))
        add(
            "environment", resolved.environment.name, flag: options.environment.map { _ in "--environment" },
            variable: "ENVIRONMENT", in: context,
            otherwise: resolved.defaultEnvironment?.origin.description ?? "default")
        add(
            "directory", location.root, flag: options.place.directory.map { _ in "--directory" }, variable: "DIRECTORY",
            in: context, otherwise: "found upwards from the working directory")
        add(
            "bots-dir", location.displayName(of: location.botsDirectory),
            flag: options.place.botsDirectory.map { _ in "--bots-dir" }, variable: "BOTS_DIR", in: context,
            otherwise: "default")
        add(
            "templates-dir", location.displayName(of: location.templatesDirectory),
            flag: options.place.templatesDirectory.map { _ in "--templates-dir" }, variable: "TEMPLATES_DIR",
            in: context,
            otherwise: "default")
        add(
            "output", try output.format(in: context).rawValue, flag: output.output.map { _ in "--output" },
            variable: "OUTPUT", in: context, otherwise: "default")
        addEnvironment(resolved)
        addGateway(resolved.gateway, in: context)
        for (code, node) in resolved.rules.sorted(by: { $0.key < $1.key }) {
            settings.append(
                Setting(
                    name: "rules.\(code)", value: node.value.text, json: node.value.json,
                    origin: node.origin.description))
        }
    }

    private mutating func add(
        _ name: String, _ value: String, flag: String?, variable: String, in context: CommandContext,
        otherwise: String
    ) {
        let origin = flag ?? context.setting(variable).map { _ in "BOTCTL_" + variable } ?? otherwise
        settings.append(Setting(name: name, value: value, json: .string(value), origin: origin))
    }

    private mutating func addEnvironment(_ resolved: SettingsOfEnvironment) {
        let environment = resolved.environment
        // What the file leaves out follows from the environment's name.
        let derived = [
            ("state", environment.state), ("upstream", environment.upstream.rawValue),
        ]
        let entries = resolved.effective.entries
        let prefix = "environments.\(environment.name)."
        for (key, value) in derived where !entries.contains(where: { $0.path == key }) {
            settings.append(Setting(name: prefix + key, value: value, json: .string(value), origin: "default"))
        }
        for entry in entries { settings.append(Setting(entry, prefix: prefix)) }
    }

    private mutating func addGateway(_ gateway: GatewaySettings, in context: CommandContext) {
        let variables = ["listen": "LISTEN", "log.level": "LOG_LEVEL", "log.format": "LOG_FORMAT"]
        for entry in gateway.effective.entries {
            if let variable = variables[entry.path], let value = context.setting(variable) {
                settings.append(
                    Setting(
                        name: "gateway." + entry.path, value: value, json: .string(value), origin: "BOTCTL_" + variable)
                )
            } else {
                settings.append(Setting(entry, prefix: "gateway."))
            }
        }
    }
}

extension EffectiveSettings.Setting {
    /// A value of `botctl.yaml`, or its default.
    fileprivate init(_ entry: EffectiveConfig.Entry, prefix: String) {
        self.init(
            name: prefix + entry.path, value: entry.value.text, json: entry.value.json,
            origin: entry.origin.layer == .schemaDefault ? "default" : entry.origin.description)
    }
}
