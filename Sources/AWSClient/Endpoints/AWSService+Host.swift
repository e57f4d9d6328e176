extension AWSService {
    /// The host of the service in a region, in the variant that is wanted.
    ///
    /// Source: the endpoint rules of each service, as published with the service models.
    func host(region: String, usesFIPS: Bool, usesDualStack: Bool) -> String {
        let partition = AWSPartition(region: region)
        let prefix = usesFIPS ? "\(hostPrefix)-fips" : hostPrefix
        let plain = "\(prefix).\(region).\(partition.suffix)"
        let dualStack = "\(prefix).\(region).\(partition.dualStackSuffix)"
        switch hostRule {
        case .regional: return usesDualStack ? dualStack : plain
        case .securityTokens:
            if region == Self.globalRegion { return "\(hostPrefix).\(partition.suffix)" }
            if usesFIPS, !usesDualStack, partition.name == "aws-us-gov" {
                return "\(hostPrefix).\(region).\(partition.suffix)"
            }
            return usesDualStack ? dualStack : plain
        case .secrets:
            let hasNoDualStackHost =
                ["aws", "aws-us-gov"].contains(partition.name) || partition.name == "aws-cn" && !usesFIPS
            return usesDualStack && !hasNoDualStackHost ? dualStack : plain
        case .storage: return usesDualStack ? "\(prefix).dualstack.\(region).\(partition.suffix)" : plain
        }
    }

    /// The region of a signature that a host of the service wants; nil where it is the region that was asked for.
    func signingRegion(region: String) -> String? {
        hostRule == .securityTokens && region == Self.globalRegion ? "us-east-1" : nil
    }

    /// What stands in the place of a region for the one host that serves all.
    static let globalRegion = "aws-global"

    /// The regions from which the global host of the token service answers in its legacy mode; all others have hosts
    /// of their own only.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "AWS STS Regional endpoints".
    static let regionsOfGlobalTokenHost: Set<String> = [
        "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "aws-global", "ca-central-1",
        "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2",
        "us-west-1", "us-west-2",
    ]
}
