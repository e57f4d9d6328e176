/// A set of regions that shares one top-level domain.
///
/// Source: AWS endpoint rules, partitions.
struct AWSPartition {
    /// What follows the region in a host name.
    let suffix: String
    /// The same where the host has addresses of both IP versions.
    let dualStackSuffix: String

    /// The partition of a region; one that no other partition claims is in the commercial one.
    init(region: String) {
        let known = Self.byRegionPrefix.first { region.hasPrefix($0.prefix) }
        suffix = known?.suffix ?? "amazonaws.com"
        dualStackSuffix = known?.dualStackSuffix ?? "api.aws"
    }

    private static let byRegionPrefix: [(prefix: String, suffix: String, dualStackSuffix: String)] = [
        ("cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
        ("us-gov-", "amazonaws.com", "api.aws"),
        ("eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
        ("us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),
        ("us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),
        ("eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
        ("us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
    ]
}
