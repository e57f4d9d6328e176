import AWSClient
import AsyncHTTPClient
import Bedrock
import Onboarding

extension CommandContext {
    /// Asks the control plane of the model service, with the credentials that a gateway of this process calls with.
    ///
    /// - Throws: ``CommandFailure`` when there are no credentials, or the files or the endpoint that lead to them
    ///   cannot be used; `CancellationError`.
    func survey(_ question: OnboardingDependencies.AccessQuestion) async throws -> ModelAccessSurvey {
        try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { http in
            let access = try await awsAccess(over: http)
            let region = question.region
            return try await ModelAccessSurvey(
                of: question.modelID, calledAs: question.upstreamID, named: question.modelName,
                at: BedrockControlPlane(
                    client: access.client, endpoint: try access.endpoints.endpoint(of: .bedrock, region: region),
                    region: region),
                quotas: ServiceQuotas(
                    client: access.client, endpoint: try access.endpoints.endpoint(of: .serviceQuotas, region: region),
                    region: region))
        }
    }

    /// Asks a region's control plane what an inference profile stands for.
    ///
    /// - Throws: `ControlPlaneError`; ``CommandFailure`` when there are no credentials, or the files or the endpoint
    ///   that lead to them cannot be used; `CancellationError`.
    func inferenceProfile(_ id: String, in region: String) async throws -> ListedInferenceProfile {
        try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { http in
            let access = try await awsAccess(over: http)
            let endpoint = try access.endpoints.endpoint(of: .bedrock, region: region)
            return try await BedrockControlPlane(client: access.client, endpoint: endpoint, region: region)
                .inferenceProfile(id)
        }
    }

    /// How this process gets at AWS, once it is known that it has credentials.
    ///
    /// - Throws: ``CommandFailure`` when there are none, or the files that lead to them cannot be used;
    ///   `CancellationError`.
    func awsAccess(over http: HTTPClient) async throws -> AWSAccess {
        let surroundings = AWSSurroundings(
            variables: variables, files: files, writer: writer, transport: HTTPTransport(http), clock: clock)
        do {
            let settings = try surroundings.settings()
            let access = AWSAccess(surroundings, settings: settings, userAgent: Version.tool)
            // An API key of Bedrock is a credential of another kind.
            if settings.variable("AWS_BEARER_TOKEN_BEDROCK") == nil { _ = try await access.credentials.current() }
            return access
        } catch let error as AWSCredentialError {
            throw CommandFailure(.failure, error.message, hint: error.hint.isEmpty ? nil : error.hint)
        }
    }
}
