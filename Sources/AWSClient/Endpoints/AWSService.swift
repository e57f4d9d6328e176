/// A service of AWS, by the names it goes by.
package struct AWSService: Hashable, Sendable {
    /// How the host of a region is made from its name, where a service has a way of its own.
    package enum HostRule: Hashable, Sendable {
        /// `PREFIX[-fips].REGION.SUFFIX`.
        case regional
        /// FIPS needs no name of its own in the government's regions, and one global host exists beside the regions.
        case securityTokens
        /// Dual-stack hosts are the plain ones in most partitions.
        case secrets
        /// Dual stack is a label of its own: `PREFIX[-fips].dualstack.REGION.SUFFIX`.
        case storage
    }

    /// The service id, from which the names of its environment variables are made: `Bedrock Runtime`.
    package let id: String
    /// The first part of its host names: `bedrock-runtime`.
    package let hostPrefix: String
    /// Its name in a signature: `bedrock`.
    package let signingName: String
    /// How its hosts are named.
    package let hostRule: HostRule

    /// Makes a service from its names.
    package init(id: String, hostPrefix: String, signingName: String, hostRule: HostRule = .regional) {
        self.id = id
        self.hostPrefix = hostPrefix
        self.signingName = signingName
        self.hostRule = hostRule
    }

    /// The data plane of Amazon Bedrock; it shares the signing name with the control plane.
    package static let bedrockRuntime = AWSService(
        id: "Bedrock Runtime", hostPrefix: "bedrock-runtime", signingName: "bedrock")
    /// AWS Security Token Service.
    package static let sts = AWSService(id: "STS", hostPrefix: "sts", signingName: "sts", hostRule: .securityTokens)
    /// AWS Secrets Manager.
    package static let secretsManager = AWSService(
        id: "Secrets Manager", hostPrefix: "secretsmanager", signingName: "secretsmanager", hostRule: .secrets)
    /// Amazon S3.
    package static let s3 = AWSService(id: "S3", hostPrefix: "s3", signingName: "s3", hostRule: .storage)
    /// The part of IAM Identity Center that gives out credentials for a token.
    package static let sso = AWSService(id: "SSO", hostPrefix: "portal.sso", signingName: "awsssoportal")
    /// The part of IAM Identity Center that gives out tokens.
    package static let ssoOIDC = AWSService(id: "SSO OIDC", hostPrefix: "oidc", signingName: "sso-oauth")

    /// The environment variable that holds the service's own endpoint: `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
    package var endpointVariable: String { "AWS_ENDPOINT_URL_\(idWithoutBlanks.uppercased())" }

    /// The service's block in a `services` section of the configuration file: `bedrock_runtime`.
    package var servicesKey: String { idWithoutBlanks.lowercased() }

    private var idWithoutBlanks: String { String(id.map { $0 == " " ? "_" : $0 }) }
}
