import AWSClient
import AsyncHTTPClient
import Bedrock
import BedrockSimulator
import BotConfiguration
import CatalogSync
import Logging

extension CommandContext {
    /// What the control plane lists in some regions.
    ///
    /// - Parameters:
    ///   - regions: The regions to ask.
    ///   - upstream: Who is asked: Amazon Bedrock with the credentials of this process, or a simulator that runs as
    ///     long as it takes and lists the binary's own catalog.
    /// - Returns: A listing for each region.
    /// - Throws: ``CommandFailure`` when there are no credentials, ``CatalogSyncError`` when a region does not answer;
    ///   `CancellationError`.
    func listings(
        of regions: [String], from upstream: EnvironmentSettings.Upstream
    ) async throws -> [RegionListing] {
        try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { http in
            switch upstream {
            case .aws:
                let access = try await awsAccess(over: http)
                return try await RegionListing.all(
                    from: regions.map { region in
                        BedrockControlPlane(
                            client: access.client,
                            endpoint: try access.endpoints.endpoint(of: .bedrock, region: region),
                            region: region)
                    })
            case .simulator:
                var logger = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
                logger.logLevel = .critical
                var configuration = SimulatorConfiguration(logger: logger)
                configuration.catalog = catalog
                configuration.clock = clock
                return try await BedrockSimulator(configuration).whileRunning { address in
                    // None of the caller's variables: they could lead to the real service.
                    let client = AWSClient(
                        httpClient: http,
                        credentials: StaticCredentialProvider(SimulatorConfiguration.defaultCredentials), clock: clock,
                        userAgent: Version.tool)
                    let endpoint = try AWSEndpoint(parsing: address.url)
                    return try await RegionListing.all(
                        from: regions.map { BedrockControlPlane(client: client, endpoint: endpoint, region: $0) })
                }
            }
        }
    }
}
