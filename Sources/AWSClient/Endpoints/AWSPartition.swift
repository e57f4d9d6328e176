/// A set of regions that shares one top-level domain.
///
/// Source: AWS endpoint rules, partitions.
struct AWSPartition: Hashable {
    /// Its name in ARNs: `aws`, `aws-cn`, `aws-us-gov`, ….
    let name: String
    /// What follows the region in a host name.
    let suffix: String
    /// The same where the host has addresses of both IP versions.
    let dualStackSuffix: String

    private init(_ name: String, _ suffix: String, _ dualStackSuffix: String) {
        self.name = name
        self.suffix = suffix
        self.dualStackSuffix = dualStackSuffix
    }

    /// The partition of a region; one that no other partition claims is in the commercial one.
    init(region: String) {
        self = Self.byRegionPrefix.first { region.hasPrefix($0.prefix) }?.partition ?? Self.commercial
    }

    private static let commercial = AWSPartition("aws", "amazonaws.com", "api.aws")

    private static let byRegionPrefix: [(prefix: String, partition: AWSPartition)] = [
        ("cn-", AWSPartition("aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn")),
        ("us-gov-", AWSPartition("aws-us-gov", "amazonaws.com", "api.aws")),
        ("eusc-", AWSPartition("aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu")),
        ("us-iso-", AWSPartition("aws-iso", "c2s.ic.gov", "api.aws.ic.gov")),
        ("us-isob-", AWSPartition("aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud")),
        ("eu-isoe-", AWSPartition("aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk")),
        ("us-isof-", AWSPartition("aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov")),
    ]
}
