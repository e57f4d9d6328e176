import AWSClient
import AWSConfigFiles
import TestSupport
import Testing

struct RetrySettingsTests {
    private func settings(_ variables: [String: String], _ profile: String) throws -> AWSSettings {
        AWSSettings(
            variables: variables,
            profiles: try AWSProfiles(
                config: ("[default]\n\(profile)\n", "config"), credentials: ("", ""), selected: "default"))
    }

    @Test(
        arguments: [
            ([:], "", 3, .revised), (["AWS_MAX_ATTEMPTS": "7"], "max_attempts = 2", 7, .revised),
            ([:], "max_attempts = 2", 2, .revised), (["AWS_MAX_ATTEMPTS": "0"], "max_attempts = 2", 2, .revised),
            (["AWS_MAX_ATTEMPTS": "many"], "", 3, .revised),
            (["AWS_MAX_ATTEMPTS": "99999999999999999999"], "", 3, .revised),
            (["AWS_RETRY_MODE": "legacy"], "", 5, .classic), ([:], "retry_mode = legacy", 5, .classic),
            (["AWS_RETRY_MODE": "Legacy", "AWS_MAX_ATTEMPTS": "1"], "", 1, .classic),
            (["AWS_RETRY_MODE": "standard"], "retry_mode = legacy", 3, .revised),
            (["AWS_RETRY_MODE": "adaptive"], "", 3, .revised),
            (["AWS_NEW_RETRIES_2026": "false"], "", 3, .classic),
        ] as [([String: String], String, Int, RetryPolicy.Behavior)])
    func `the standard variables and the profile say how requests are tried again`(
        variables: [String: String], profile: String, limit: Int, behavior: RetryPolicy.Behavior
    ) throws {
        let settings = try settings(variables, profile)
        #expect(settings.attemptLimit == limit)
        #expect(settings.retryPolicy.behavior == behavior)
    }

    @Test func `whoever does not say how often tries as often as they say`() async throws {
        let service = ScriptedService(.status(500))
        let surroundings = AWSSurroundings(
            variables: [
                "AWS_MAX_ATTEMPTS": "4", "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_REGION": "us-east-1",
            ], files: InMemoryFiles(files: [:]), transport: service.transport,
            pauses: RetryPauses(sleep: { _ in }, random: { 0 }))
        let access = AWSAccess(surroundings, settings: try surroundings.settings(), userAgent: "test")
        let storage = try S3Client(client: access.client, endpoints: access.endpoints, region: "us-east-1")
        let object = try #require(S3Location(parsing: "s3://abc/k"))
        await #expect(throws: AWSServiceError.self) { _ = try await storage.head(object) }
        #expect(service.requests.count == 4)
        // The token service follows them, too.
        let role = access.client(with: .role(AssumedRole(arn: "arn:r")), region: "us-east-1")
        let endpoint = try AWSEndpoint(parsing: "http://service")
        await #expect(throws: AWSCredentialError.self) {
            _ = try await role.send(
                AWSRequest(method: "GET", path: "/"), to: endpoint, service: .s3, region: "us-east-1")
        }
        #expect(service.requests.count == 8)
    }
}
