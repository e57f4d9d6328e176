/// Why no upstream id serves a model in a region, with what a person needs to choose another.
package struct ProfileResolutionError: Error, Sendable, Hashable {
    /// What stands in the way.
    package enum Reason: Sendable, Hashable {
        /// The model lives on another endpoint than `bedrock-runtime`: no region or profile helps.
        case notServedByRuntime
        /// The bare id was asked for and is not callable in the region; a profile may be.
        case notOnDemand
        /// Neither the bare id nor a geographic profile is callable from the region.
        case notInRegion
        /// The model has no profile of that prefix.
        case noSuchProfile(prefix: String)
        /// The model has that profile, but it is not callable from the region.
        case profileNotInRegion(profileID: String)
        /// The id names one profile and the choice another, or none.
        case contradictingChoice(written: String, chosen: ProfileChoice)
    }

    package let reason: Reason
    /// The model id without prefix.
    package let modelID: String
    package let region: String
    /// The regions in which the same choice would work, sorted.
    package let workingRegions: [String]
    /// The prefixes of the profiles that are callable from the region, sorted, `global` included.
    package let workingPrefixes: [String]
    /// The prefixes of all profiles of the model, sorted.
    package let availablePrefixes: [String]

    /// Whether naming the global profile would work in the region.
    package var globalProfileWorks: Bool { workingPrefixes.contains("global") }
}

extension ProfileResolutionError: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .notServedByRuntime:
            "model \(modelID) is not served by bedrock-runtime"
        case .notOnDemand:
            "model \(modelID) is not callable by its bare id in \(region)"
        case .notInRegion:
            "model \(modelID) is callable in \(region) neither by its bare id nor by a geographic inference profile"
        case .noSuchProfile(let prefix):
            "model \(modelID) has no inference profile '\(prefix)'"
        case .profileNotInRegion(let profileID):
            "inference profile \(profileID) is not callable from \(region)"
        case .contradictingChoice(let written, let chosen):
            "the id names '\(written)' and the profile says '\(chosen.text)'"
        }
    }
}
