package import JSONCoding

/// Whether an account may call a model in a region, as the service tells it.
///
/// A nil is an answer that did not say. Values that are not known are kept as they came.
///
/// Source: Amazon Bedrock API Reference, GetFoundationModelAvailability.
package struct ModelAvailability: Hashable, Sendable {
    /// The agreement with the model's vendor: `AVAILABLE`, `PENDING`, `NOT_AVAILABLE`, `ERROR`.
    package var agreement: String?
    /// What the service says about the agreement.
    package var agreementMessage: String?
    /// `AUTHORIZED` or `NOT_AUTHORIZED`.
    package var authorization: String?
    /// `AVAILABLE` or `NOT_AVAILABLE`.
    package var entitlement: String?
    /// `AVAILABLE` or `NOT_AVAILABLE`.
    package var region: String?

    package init(
        agreement: String? = nil, agreementMessage: String? = nil, authorization: String? = nil,
        entitlement: String? = nil, region: String? = nil
    ) {
        self.agreement = agreement
        self.agreementMessage = agreementMessage
        self.authorization = authorization
        self.entitlement = entitlement
        self.region = region
    }

    /// The availability in an answer of the service.
    package init(_ value: JSONValue) {
        self.init(
            agreement: value["agreementAvailability"]?["status"]?.string,
            agreementMessage: value["agreementAvailability"]?["errorMessage"]?.string,
            authorization: value["authorizationStatus"]?.string,
            entitlement: value["entitlementAvailability"]?.string, region: value["regionAvailability"]?.string)
    }
}
