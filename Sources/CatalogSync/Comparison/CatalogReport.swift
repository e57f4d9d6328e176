/// What the listings of some regions tell that the catalog does not.
package struct CatalogReport: Sendable {
    /// A model that the catalog knows and that the listings tell otherwise of.
    package struct Change: Hashable, Sendable {
        package let id: String
        /// What is different in what the listings say.
        package var differences: [FactDifference] = []
        /// The regions that were asked and in which the catalog has the model, but that list it no longer.
        package var missingRegions: [String] = []
        /// Why the model is on its way out, or gone; nil for any other change.
        package var retirement: Retirement?

        init(id: String) { self.id = id }

        /// Whether there is anything that is not kept by a file of the project.
        package var isNews: Bool {
            !missingRegions.isEmpty || differences.contains { $0.keptBy == nil }
        }
    }

    /// Why a model counts as retired that the catalog has as an active one.
    package enum Retirement: Hashable, Sendable {
        /// No region that was asked lists it any more, though the catalog has it there.
        case notListed
        /// It is listed as legacy: closed to accounts that did not use it before.
        case legacy
        /// Its life ended on that day, an ISO 8601 date.
        case ended(String)
    }

    /// The regions that were asked, sorted.
    package let regions: [String]
    /// How many models they list.
    package let listedCount: Int
    /// The models that are in no catalog, by id.
    package var new: [ListedModel] = []
    /// The models that the listings tell otherwise of, by id, the retired ones aside.
    package var changed: [Change] = []
    /// The models that are on their way out, by id.
    package var retired: [Change] = []
    /// The models that are listed, can be called from a region that was asked, can be made a bot of, and have none.
    package var withoutBot: [ListedModel] = []
    /// The models in no catalog that can only be bought as provisioned throughput; they are left out of the rest.
    package var provisionedOnlyCount = 0
    /// How many entries of the listings were left out, because they have not the form of such.
    package let ignoredCount: Int
    /// Profiles whose form this program does not know, at most ten.
    package let unknownProfiles: [String]

    init(of listings: ModelListings) {
        regions = listings.regions
        listedCount = listings.models.count
        ignoredCount = listings.ignoredCount
        unknownProfiles = listings.unknownProfiles
    }

    /// Whether the listings tell something that neither the catalog nor the project says.
    package var hasNews: Bool {
        !new.isEmpty || changed.contains(where: \.isNews) || retired.contains(where: \.isNews)
    }
}
