import JSONCoding
package import Secrets

/// Reads secrets of AWS Secrets Manager.
///
/// Source: AWS Secrets Manager API Reference, GetSecretValue.
package struct SecretsManagerClient: Sendable {
    /// The largest answer that is read: a secret of 65,536 bytes in base64 or with escapes, and what stands beside it.
    private static let answerLimitInBytes = 524_288
    private static let timeout = Duration.seconds(10)

    private let client: AWSClient
    private let endpoints: AWSEndpointResolver
    private let region: String?

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - client: Signs and sends.
    ///   - endpoints: Where the service is.
    ///   - region: The region of secrets that are named without one.
    package init(client: AWSClient, endpoints: AWSEndpointResolver, region: String?) {
        self.client = client
        self.endpoints = endpoints
        self.region = region
    }

    /// The current value of a secret.
    ///
    /// - Parameter id: Its name, or its ARN, whose region is asked.
    /// - Returns: The text, or the bytes of a binary one.
    /// - Throws: ``AWSServiceError`` (`ResourceNotFoundException` where there is none), ``AWSTransportError``,
    ///   ``AWSCredentialError``, ``AWSEndpointError``, `CancellationError`.
    package func value(of id: String) async throws -> Secret {
        guard let region = Self.region(inARN: id) ?? region else { throw AWSEndpointError.missingRegion }
        let endpoint = try endpoints.endpoint(of: .secretsManager, region: region)
        let body: JSONValue = ["SecretId": .string(id)]
        var request = AWSRequest(
            method: "POST", path: "/",
            headers: [
                (name: "content-type", value: "application/x-amz-json-1.1"),
                (name: "x-amz-target", value: "secretsmanager.GetSecretValue"),
            ], body: body.encoded())
        request.responseTimeout = Self.timeout
        var attempts = client.makeAttempts(to: endpoint)
        let response = try await client.send(
            request, to: endpoint, service: .secretsManager, region: region, attempts: &attempts)
        guard response.status == 200 else { throw try await response.readError() }
        let bytes = try await response.readBody(limitInBytes: Self.answerLimitInBytes, timeout: Self.timeout)
        let answer = (try? JSONParser.parse(bytes, limits: JSONLimits(depth: 16, values: 1000)))?.object
        if let text = answer?["SecretString"]?.string { return Secret(text) }
        if let bytes = answer?["SecretBinary"]?.string.flatMap(Base64.decode) { return Secret(bytes: bytes) }
        throw AWSServiceError(
            status: 200, code: nil, message: "the answer to GetSecretValue holds no value",
            requestID: response.requestID)
    }

    /// The region in `arn:PARTITION:secretsmanager:REGION:…`.
    private static func region(inARN id: String) -> String? {
        let parts = id.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "arn", parts[2] == "secretsmanager", !parts[3].isEmpty else { return nil }
        return String(parts[3])
    }
}

extension Secret {
    /// The text of a member of the JSON object that the secret is.
    ///
    /// - Returns: The member's text, or nil when the secret is no object or has no such text.
    package func member(_ key: String) -> Secret? {
        let value = try? JSONParser.parse(Array(reveal().utf8), limits: JSONLimits(depth: 16, values: 10_000))
        return value?.object?[key]?.string.map { Secret($0) }
    }
}
