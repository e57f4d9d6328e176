package import AWSClient

extension AWSService {
    /// The control plane of Amazon Bedrock: which models there are, and who may call them.
    package static let bedrock = AWSService(id: "Bedrock", hostPrefix: "bedrock", signingName: "bedrock")

    /// Service Quotas: how much of a service an account may use.
    package static let serviceQuotas = AWSService(
        id: "Service Quotas", hostPrefix: "servicequotas", signingName: "servicequotas")
}
