package import AWSConfigFiles

/// What the environment and the shared files say about how AWS is used: a variable comes before the profile's key.
package struct AWSSettings: Sendable {
    private let variables: [String: String]
    /// What the shared files hold, with the profile that is used.
    package let profiles: AWSProfiles

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - variables: The environment variables of the process.
    ///   - profiles: What the shared files hold.
    package init(variables: [String: String], profiles: AWSProfiles = AWSProfiles()) {
        self.variables = variables
        self.profiles = profiles
    }

    /// A variable without white space around it; nil when it is unset or nothing is left.
    package func variable(_ name: String) -> String? {
        guard let value = variables[name]?.trimmingBlanks(), !value.isEmpty else { return nil }
        return value
    }

    /// The value of a setting: of the variable, else of the profile's key.
    package func value(_ variableName: String, _ key: String) -> String? {
        variable(variableName) ?? profiles.current?.nonEmpty(key)
    }

    /// Whether a switch is on; only the word `true`, in whatever case, turns one on.
    package func isOn(_ variableName: String, _ key: String) -> Bool {
        value(variableName, key)?.lowercased() == "true"
    }

    /// The region that is used where nothing else names one: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "AWS Region"; the second name is that of older tools.
    package var region: String? {
        variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION") ?? profiles.current?.nonEmpty("region")
    }
}

extension AWSSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Variables and properties may be secrets, and descriptions end up in logs.
    package var description: String { "AWSSettings(profile: \(profiles.selected))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["profile": profiles.selected]) }
}
