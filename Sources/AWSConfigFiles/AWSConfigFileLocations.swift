package import FileAccess

/// Where the shared files are, and which profile of them is used.
///
/// Source: AWS SDKs and Tools Reference Guide, "Location of the shared config and credentials files".
package struct AWSConfigFileLocations: Hashable, Sendable {
    /// The largest file that is read, in bytes.
    package static let fileLimitInBytes = 1_048_576

    /// The configuration file; nil when the environment tells of no home directory.
    package let config: String?
    /// The credentials file; nil when the environment tells of no home directory.
    package let credentials: String?
    /// Where tokens of single sign-on are kept.
    package let ssoCache: String?
    /// The profile that `AWS_PROFILE` names; nil when it names none.
    package let namedProfile: String?

    /// Reads the variables `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, `AWS_PROFILE` and `HOME`; one that is
    /// empty counts as unset, and a path may start with `~/`.
    package init(variables: [String: String]) {
        func value(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
        let home = value("HOME")
        func path(_ variable: String, _ name: String) -> String? {
            guard let path = value(variable) else { return home.map { "\($0)/.aws/\(name)" } }
            guard let home, path.hasPrefix("~/") else { return path }
            return home + path.dropFirst()
        }
        config = path("AWS_CONFIG_FILE", "config")
        credentials = path("AWS_SHARED_CREDENTIALS_FILE", "credentials")
        ssoCache = home.map { "\($0)/.aws/sso/cache" }
        namedProfile = value("AWS_PROFILE")
    }

    /// Reads both files; one that does not exist is empty.
    ///
    /// - Parameters:
    ///   - files: Where they are read.
    ///   - profile: The profile to use; nil takes that of `AWS_PROFILE`, else `default`.
    /// - Returns: What they hold.
    /// - Throws: ``AWSConfigFileError`` when a file exists and cannot be read or understood.
    package func load(from files: any FileReading, profile: String? = nil) throws(AWSConfigFileError) -> AWSProfiles {
        try AWSProfiles(
            config: try text(of: config, in: files), credentials: try text(of: credentials, in: files),
            selected: profile ?? namedProfile ?? AWSProfiles.defaultName)
    }

    private func text(
        of path: String?, in files: any FileReading
    ) throws(AWSConfigFileError) -> (text: String, path: String) {
        guard let path else { return ("", "") }
        do {
            return (String(decoding: try files.read(path, limitInBytes: Self.fileLimitInBytes), as: UTF8.self), path)
        } catch {
            switch error.code {
            case .notFound, .notADirectory: return ("", path)
            default: throw AWSConfigFileError(path: path, reason: error.reason)
            }
        }
    }
}
