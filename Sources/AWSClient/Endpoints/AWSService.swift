/// A service of AWS, by the names it goes by.
package struct AWSService: Hashable, Sendable {
    /// The service id, from which the names of its environment variables are made: `Bedrock Runtime`.
    package let id: String
    /// The first part of its host names: `bedrock-runtime`.
    package let hostPrefix: String
    /// Its name in a signature: `bedrock`.
    package let signingName: String

    /// Makes a service from its names.
    package init(id: String, hostPrefix: String, signingName: String) {
        self.id = id
        self.hostPrefix = hostPrefix
        self.signingName = signingName
    }

    /// The data plane of Amazon Bedrock; it shares the signing name with the control plane.
    package static let bedrockRuntime = AWSService(
        id: "Bedrock Runtime", hostPrefix: "bedrock-runtime", signingName: "bedrock")

    /// The environment variable that holds the service's own endpoint: `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
    package var endpointVariable: String {
        "AWS_ENDPOINT_URL_" + String(id.uppercased().map { $0 == " " ? "_" : $0 })
    }
}
