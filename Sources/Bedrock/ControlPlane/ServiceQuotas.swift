package import AWSClient
import JSONCoding

/// Service Quotas in one region, as far as bots need it: how much of Amazon Bedrock an account may use.
///
/// Written after the API's reference and tested against servers that follow it; it has not met the service itself.
///
/// Source: Service Quotas API Reference, ListServiceQuotas.
package struct ServiceQuotas: Sendable {
    /// How many pages are read, of a hundred quotas each, which is the most that the service gives; Amazon Bedrock has
    /// some over a thousand.
    private static let pageLimit = 40
    private static let pageSize = 100

    private let exchange: ControlPlaneExchange
    private let timeout: Duration

    /// Makes the way to a region's quotas.
    ///
    /// - Parameters:
    ///   - client: Signs and sends.
    ///   - endpoint: Where the service is reached.
    ///   - region: The region of the signature.
    ///   - timeout: How long all pages may take together.
    package init(client: AWSClient, endpoint: AWSEndpoint, region: String, timeout: Duration = .seconds(20)) {
        exchange = ControlPlaneExchange(client: client, endpoint: endpoint, service: .serviceQuotas, region: region)
        self.timeout = timeout
    }

    /// The quotas of Amazon Bedrock that are about requests and tokens a minute of a model; others are left out.
    ///
    /// - Throws: ``ControlPlaneError``, `CancellationError`.
    package func modelQuotas() async throws -> [ModelQuota] {
        let operation = "ListServiceQuotas"
        return try await exchange.within(timeout, operation) {
            var quotas: [ModelQuota] = []
            var token: String?
            for _ in 0..<Self.pageLimit {
                let answer = try await exchange.answer(to: request(page: token), operation)
                guard let entries = answer["Quotas"]?.array else {
                    throw ControlPlaneError(.unreadable, .serviceQuotas, operation, "the answer lists no quotas")
                }
                quotas += entries.compactMap(ModelQuota.init)
                guard let next = answer["NextToken"]?.string, !next.isEmpty, next != token else { return quotas }
                token = next
            }
            return quotas
        }
    }

    private func request(page token: String?) -> AWSRequest {
        var body: JSONObject = ["ServiceCode": "bedrock", "MaxResults": .integer(Self.pageSize)]
        if let token { body["NextToken"] = .string(token) }
        return AWSRequest(
            method: "POST", path: "/",
            headers: [
                (name: "content-type", value: "application/x-amz-json-1.1"),
                (name: "x-amz-target", value: "ServiceQuotasV20190624.ListServiceQuotas"),
            ], body: Array(JSONValue.object(body).text().utf8))
    }
}
