/// A cross-region inference profile that AWS defines for a model.
package struct InferenceProfile: Sendable, Hashable {
    /// The prefix and the model id: `us.amazon.nova-micro-v1:0`.
    package var id: String
    /// The regions from which a caller may use it, sorted; nil when they are not known.
    package var sourceRegions: [String]?
    /// The regions that answer; nil when they are not known, and for a global profile, which has them all.
    package var routesTo: [String]?
    /// Whether only a price tells of the profile, not the control plane's listing.
    package var isFromPriceMap: Bool

    package init(
        id: String, sourceRegions: [String]? = nil, routesTo: [String]? = nil, isFromPriceMap: Bool = false
    ) {
        self.id = id
        self.sourceRegions = sourceRegions
        self.routesTo = routesTo
        self.isFromPriceMap = isFromPriceMap
    }

    /// The prefix of the id: `us`.
    package var prefix: String { id.split(separator: ".", maxSplits: 1).first.map(String.init) ?? "" }

    /// Whether any commercial region may answer, so that data may leave its geography.
    package var isGlobal: Bool { prefix == "global" }
}
