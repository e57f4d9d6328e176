import AWSConfigFiles
import AWSSigning

/// Credentials of a profile of the shared files: its keys, its login, its command, and the roles that come after.
///
/// Source: AWS SDKs and Tools Reference Guide, "Standardized credential providers".
package struct ProfileCredentialSource: AWSCredentialSource {
    private let surroundings: AWSSurroundings
    private let profile: String?
    private let region: String?

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - surroundings: The world outside; the files are read anew each time.
    ///   - profile: The profile; nil takes that of `AWS_PROFILE`, else `default`.
    ///   - region: Where the token service is asked for the profile's roles, unless environment or profile name a region.
    package init(_ surroundings: AWSSurroundings, profile: String? = nil, region: String? = nil) {
        self.surroundings = surroundings
        self.profile = profile
        self.region = region
    }

    package var name: String { "the AWS profile \(profile ?? surroundings.locations.namedProfile ?? "default")" }

    package func load() async throws -> AWSCredentials? {
        let settings: AWSSettings
        do {
            settings = try surroundings.settings(profile: profile)
        } catch {
            throw AWSCredentialError(
                .malformed, message: "an AWS configuration file cannot be used: \(error)", hint: "correct the line")
        }
        guard let plan = try ProfileCredentialPlan(settings.profiles) else { return nil }
        var credentials = try await load(plan.base, settings)
        for role in plan.roles {
            let keys = credentials.keys
            credentials = try await surroundings.tokenService(
                settings, region: region, credentials: StaticCredentialProvider(keys)
            ) { client in try await client.assume(role) }
        }
        return credentials
    }

    private func load(_ base: ProfileCredentialPlan.Base, _ settings: AWSSettings) async throws -> AWSCredentials {
        switch base {
        case .keys(let name):
            guard let profile = settings.profiles.profiles[name] else { break }
            return try keys(of: profile)
        case .named(let source):
            let source: any AWSCredentialSource =
                switch source {
                case .environment: EnvironmentCredentialSource(variables: surroundings.variables)
                case .instanceMetadata: InstanceMetadataCredentialSource(surroundings, settings: settings)
                case .container: ContainerCredentialSource(surroundings)
                }
            if let credentials = try await source.load() { return credentials }
            throw AWSCredentialError(
                .failed, message: "\(name) takes its credentials from \(source.name), which has none",
                hint: "check its credential_source")
        case .webIdentity(let role):
            let source = WebIdentityCredentialSource(role, in: surroundings, settings: settings, region: region)
            if let credentials = try await source.load() { return credentials }
        case .singleSignOn(let login):
            let endpoints = AWSEndpointResolver(settings: settings)
            return try await SingleSignOnCredentialSource(login, in: surroundings, endpoints: endpoints).load()
        case .process(let name):
            guard let profile = settings.profiles.profiles[name], let command = profile.nonEmpty("credential_process")
            else { break }
            return try await ProcessCredentialSource(
                command: command, profile: name, accountID: profile.nonEmpty("aws_account_id"), in: surroundings
            ).load()
        }
        throw AWSCredentialError(.failed, message: "\(name) holds no credentials")
    }

    private func keys(of profile: AWSProfile) throws(AWSCredentialError) -> AWSCredentials {
        guard let accessKeyID = profile.nonEmpty("aws_access_key_id"), accessKeyID.isKeyText,
            let secret = profile.nonEmpty("aws_secret_access_key"), secret.isKeyText
        else {
            throw AWSCredentialError(
                .malformed, message: "a key of the AWS profile \(profile.name) holds a character that no key has",
                hint: "copy the value again")
        }
        let token = profile.nonEmpty("aws_session_token")
        guard token?.isKeyText ?? true else {
            throw AWSCredentialError(
                .malformed,
                message: "the session token of the AWS profile \(profile.name) holds a character that no token has")
        }
        return AWSCredentials(
            SigningCredentials(accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: token),
            accountID: profile.nonEmpty("aws_account_id"))
    }
}
