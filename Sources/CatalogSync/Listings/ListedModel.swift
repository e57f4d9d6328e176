package import ModelCatalog

/// A model as the listings of all regions that were asked tell of it.
package struct ListedModel: Hashable, Sendable {
    /// The foundation model's id, without a profile's prefix.
    package let id: String
    /// The model's name for people; nil where no region gives one.
    package var name: String?
    /// Who made it.
    package var maker: String?
    package var inputModalities: [Modality] = []
    package var outputModalities: [Modality] = []
    /// Whether answers come piece by piece.
    package var streams: Bool?
    /// Active where any region says so.
    package var lifecycle: ModelLifecycle?
    /// The day on which its life ends, as an ISO 8601 date.
    package var endOfLife: String?
    /// The regions that list the model, or a profile of it; sorted.
    package var regions: [String] = []
    /// The regions that take the bare id; sorted.
    package var onDemandRegions: [String] = []
    /// The profiles by which it can be called from the regions that were asked, in the order of their ids.
    package var profiles: [InferenceProfile] = []
    /// Whether it can only be bought as provisioned throughput.
    package var isProvisionedOnly = false

    init(id: String) { self.id = id }

    /// What it makes, by what comes out and what goes in.
    package var kind: ModelKind {
        if outputModalities.contains(.text) || outputModalities.isEmpty { return .text }
        if outputModalities.contains(.video) { return .video }
        if outputModalities.contains(.image) { return inputModalities.contains(.text) ? .image : .imageEdit }
        if outputModalities.contains(.embedding) { return .embedding }
        return .speech
    }

    /// Whether a request can reach it from a region that was asked.
    package var isCallable: Bool { !onDemandRegions.isEmpty || !profiles.isEmpty }

    /// Whether its life is over by a day, an ISO 8601 date.
    func hasEnded(by today: String) -> Bool { endOfLife.map { $0 <= today } ?? false }
}
