import AWSSigning
import FileAccess

/// Credentials for the token of a web identity, as pods of EKS have one.
///
/// Source: AWS SDKs and Tools Reference Guide, "Assume role credential provider", web identity.
package struct WebIdentityCredentialSource: AWSCredentialSource {
    /// The largest token that is read; the service takes 20,000 characters.
    private static let tokenLimitInBytes = 65_536

    private let surroundings: AWSSurroundings
    private let settings: AWSSettings
    private let role: WebIdentityRole?
    private let region: String?

    /// Makes a source of the role that the variables `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN` and
    /// `AWS_ROLE_SESSION_NAME` name.
    package init(_ surroundings: AWSSurroundings, settings: AWSSettings) {
        self.surroundings = surroundings
        self.settings = settings
        region = nil
        role = settings.variable("AWS_WEB_IDENTITY_TOKEN_FILE").flatMap { file in
            settings.variable("AWS_ROLE_ARN").map { arn in
                WebIdentityRole(arn: arn, tokenFile: file, sessionName: settings.variable("AWS_ROLE_SESSION_NAME"))
            }
        }
    }

    /// Makes a source of a role; the region is for where environment and profile name none.
    init(
        _ role: WebIdentityRole, in surroundings: AWSSurroundings, settings: AWSSettings, region: String? = nil
    ) {
        self.role = role
        self.region = region
        self.surroundings = surroundings
        self.settings = settings
    }

    package var name: String { "the web identity" }

    package func load() async throws -> AWSCredentials? {
        guard let role else {
            if settings.variable("AWS_WEB_IDENTITY_TOKEN_FILE") != nil {
                throw AWSCredentialError(
                    .incomplete, message: "AWS_WEB_IDENTITY_TOKEN_FILE is set in the environment, AWS_ROLE_ARN is not",
                    hint: "set both or neither")
            }
            return nil
        }
        let token: String
        do {
            let bytes = try surroundings.files.read(role.tokenFile, limitInBytes: Self.tokenLimitInBytes)
            token = String(decoding: bytes, as: UTF8.self).trimmingBlanks()
        } catch {
            throw AWSCredentialError(.failed, message: "the token of \(name) cannot be read: \(error)")
        }
        guard token.isKeyText else {
            throw AWSCredentialError(.malformed, message: "\(role.tokenFile) holds no token of a web identity")
        }
        return try await surroundings.tokenService(settings, region: region, credentials: NoCredentials()) { client in
            try await client.assume(role, token: token)
        }
    }
}

/// The credentials of requests that are not signed.
struct NoCredentials: AWSCredentialProvider {
    func credentials() async throws(AWSCredentialError) -> SigningCredentials {
        throw AWSCredentialError(.notFound, message: "this request is sent without credentials")
    }
}

extension AWSSurroundings {
    /// Asks the token service of the settings' region, and tells its failures as those of credentials.
    ///
    /// - Throws: ``AWSCredentialError``, `CancellationError`.
    func tokenService(
        _ settings: AWSSettings, region: String? = nil, credentials: any AWSCredentialProvider,
        _ ask: (STSClient) async throws -> AWSCredentials
    ) async throws -> AWSCredentials {
        do {
            let region = settings.region ?? region
            let endpoint = try AWSEndpointResolver(settings: settings).endpoint(of: .sts, region: region)
            let client = STSClient(
                client: client(credentials: credentials, settings: settings), endpoint: endpoint,
                region: region ?? "us-east-1")
            return try await ask(client)
        } catch let error as AWSServiceError {
            throw AWSCredentialError(.failed, message: "the role is refused: \(error)")
        } catch let error as AWSTransportError {
            throw AWSCredentialError(.failed, message: "the token service cannot be asked for the role: \(error)")
        } catch AWSEndpointError.missingRegion {
            throw AWSCredentialError(
                .incomplete, message: "there is no region to ask for the role in", hint: "set AWS_REGION")
        } catch let error as AWSEndpointError {
            throw AWSCredentialError(.malformed, message: "the token service cannot be asked for the role: \(error)")
        }
    }
}
