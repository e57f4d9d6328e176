package import AWSConfigFiles

/// How a profile's credentials come about: from a first source, then through roles that are assumed in turn.
///
/// Source: AWS SDKs and Tools Reference Guide, "Assume role credential provider" and "IAM Identity Center credential
/// provider".
package struct ProfileCredentialPlan: Hashable, Sendable {
    /// Where the first credentials come from.
    package let base: Base
    /// The roles, the first to assume first.
    package let roles: [AssumedRole]

    /// Where the first credentials come from.
    package enum Base: Hashable, Sendable {
        /// Keys that stand in the profile of that name.
        case keys(profile: String)
        /// A source that `credential_source` names.
        case named(NamedSource)
        /// A role that a web identity's token opens.
        case webIdentity(WebIdentityRole)
        /// A login of IAM Identity Center.
        case singleSignOn(SingleSignOn)
        /// The command of the profile of that name.
        case process(profile: String)
    }

    /// The values of `credential_source`.
    package enum NamedSource: String, Hashable, Sendable {
        case environment = "Environment"
        case instanceMetadata = "Ec2InstanceMetadata"
        case container = "EcsContainer"
    }

    /// Finds out how the selected profile's credentials come about; nil when the profile holds nothing about
    /// credentials, or is the default one and does not exist.
    ///
    /// - Parameter profiles: What the shared files hold.
    /// - Throws: ``AWSCredentialError`` when the profile is missing, incomplete, contradicts itself or leads in a loop.
    package init?(_ profiles: AWSProfiles) throws(AWSCredentialError) {
        var name = profiles.selected
        var visited: [String] = []
        var roles: [AssumedRole] = []
        while true {
            guard let profile = profiles.profiles[name] else {
                if visited.isEmpty, name == AWSProfiles.defaultName { return nil }
                let origin = visited.last.map { "the source_profile of \($0)" } ?? "the profile that is to be used"
                throw AWSCredentialError(
                    .incomplete, message: "there is no AWS profile \(name), which is \(origin)",
                    hint: "add it to the AWS configuration files or name another")
            }
            guard !visited.contains(name) else {
                throw AWSCredentialError(
                    .incomplete, message: "the AWS profiles \(visited.joined(separator: ", ")) lead back to \(name)",
                    hint: "let source_profile end at a profile with credentials")
            }
            guard visited.count < Self.longestChain else {
                throw AWSCredentialError(
                    .incomplete, message: "the AWS profile \(profiles.selected) leads over too many others",
                    hint: "at most \(Self.longestChain) may follow each other")
            }
            visited.append(name)
            // Of a profile that another one refers to, the keys come first.
            if visited.count > 1, profile.missingKey == nil {
                base = .keys(profile: name)
                break
            }
            if let (role, source) = try AssumedRole.read(from: profile) {
                roles.append(role)
                if let source, source != name {
                    name = source
                    continue
                }
            }
            if let found = try Self.base(of: profile, profiles) {
                base = found
                break
            }
            guard visited.count > 1 || !roles.isEmpty else { return nil }
            throw AWSCredentialError(
                .incomplete, message: "the AWS profile \(name) holds no credentials",
                hint: "give it keys, sso_session, credential_process, credential_source or a role")
        }
        self.roles = roles.reversed()
    }

    /// How many profiles may follow each other through `source_profile`.
    private static let longestChain = 10

    private static func base(of profile: AWSProfile, _ profiles: AWSProfiles) throws(AWSCredentialError) -> Base? {
        if let text = profile.nonEmpty("credential_source") {
            guard let source = NamedSource(rawValue: text) else {
                throw AWSCredentialError(
                    .incomplete,
                    message: "the AWS profile \(profile.name) has the credential_source \(text.debugDescription), "
                        + "which is none",
                    hint: "one of Environment, Ec2InstanceMetadata, EcsContainer")
            }
            return .named(source)
        }
        if let role = try WebIdentityRole(profile) { return .webIdentity(role) }
        if let login = try SingleSignOn(profile, profiles) { return .singleSignOn(login) }
        let hasCommand = profile.nonEmpty("credential_process") != nil
        if hasCommand, profile.file(of: "aws_access_key_id") != .credentials { return .process(profile: profile.name) }
        guard let missing = profile.missingKey else { return .keys(profile: profile.name) }
        if hasCommand { return .process(profile: profile.name) }
        if profile.nonEmpty("aws_access_key_id") == nil, profile.nonEmpty("aws_secret_access_key") == nil { return nil }
        throw AWSCredentialError(
            .incomplete, message: "the AWS profile \(profile.name) has no \(missing)", hint: "set both keys or neither")
    }
}

extension AWSProfile {
    /// Which of the two keys the profile lacks; nil when it has both.
    fileprivate var missingKey: String? {
        ["aws_access_key_id", "aws_secret_access_key"].first { nonEmpty($0) == nil }
    }
}
