/// What the shared configuration and credentials files hold together.
///
/// Source: AWS SDKs and Tools Reference Guide, "Shared config and credentials files".
package struct AWSProfiles: Hashable, Sendable {
    /// The profiles by name; where both files have one, the properties of the credentials file come first.
    package private(set) var profiles: [String: AWSProfile] = [:]
    /// The `[sso-session NAME]` sections of the configuration file.
    package private(set) var ssoSessions: [String: AWSProfile] = [:]
    /// The `[services NAME]` sections of the configuration file.
    package private(set) var services: [String: AWSProfile] = [:]
    /// The profile that is used where nothing names another: `AWS_PROFILE`, or `default`.
    package let selected: String

    /// No profile at all.
    package init(selected: String = AWSProfiles.defaultName) { self.selected = selected }

    /// Makes profiles without files.
    package init(selected: String, profiles: [AWSProfile], ssoSessions: [AWSProfile] = []) {
        self.init(selected: selected)
        for profile in profiles { self.profiles[profile.name] = profile }
        for session in ssoSessions { self.ssoSessions[session.name] = session }
    }

    /// The name of the profile that is used where none is named.
    package static let defaultName = "default"

    /// Reads the two files' texts.
    ///
    /// Sections and properties whose names no profile can have are left out, as are sections of other kinds.
    ///
    /// - Parameters:
    ///   - config: The text of the configuration file and how errors name it.
    ///   - credentials: The same of the credentials file.
    ///   - selected: The profile to use.
    /// - Throws: ``AWSConfigFileError`` at the first line that is none of the format.
    package init(
        config: (text: String, path: String), credentials: (text: String, path: String),
        selected: String = AWSProfiles.defaultName
    ) throws(AWSConfigFileError) {
        self.init(selected: selected)
        let sections = try ConfigFileParser.sections(of: config.text, path: config.path)
        // `[profile default]` hides `[default]`, wherever they stand.
        let hidesBareDefault = sections.contains { Self.kind(of: $0.name) == .profile(Self.defaultName, isBare: false) }
        for section in sections {
            switch Self.kind(of: section.name) {
            case .profile(_, isBare: true) where hidesBareDefault: continue
            case .profile(let name, _):
                profiles[name, default: AWSProfile(name: name)].merge(section.properties, from: .config)
            case .ssoSession(let name):
                ssoSessions[name, default: AWSProfile(name: name)].merge(section.properties, from: .config)
            case .services(let name):
                services[name, default: AWSProfile(name: name)].merge(section.properties, from: .config)
            case nil: continue
            }
        }
        for section in try ConfigFileParser.sections(of: credentials.text, path: credentials.path)
        where isIdentifier(section.name) {
            profiles[section.name, default: AWSProfile(name: section.name)]
                .merge(section.properties, from: .credentials)
        }
    }

    /// The profile that is used where nothing names another; nil when the files do not have it.
    package var current: AWSProfile? { profiles[selected] }

    private enum Kind: Hashable {
        case profile(String, isBare: Bool)
        case ssoSession(String)
        case services(String)
    }

    /// What a section of the configuration file is; nil when it is of no known kind or its name is no name.
    private static func kind(of section: String) -> Kind? {
        if section == defaultName { return .profile(defaultName, isBare: true) }
        guard let blank = section.firstIndex(where: isBlank) else { return nil }
        let name = String(trimmed(section[blank...]))
        guard isIdentifier(name) else { return nil }
        switch section[..<blank] {
        case "profile": return .profile(name, isBare: false)
        case "sso-session": return .ssoSession(name)
        case "services": return .services(name)
        default: return nil
        }
    }
}
