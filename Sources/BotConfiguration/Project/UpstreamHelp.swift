import ModelCatalog

/// Says what to write where model, region and profile of a bot do not go together.
struct UpstreamHelp {
    let root: ConfigObject
    let catalog: ModelCatalog

    /// What to do, one sentence each.
    func help(with error: ProfileResolutionError) -> [String] {
        if case .contradictingChoice(let written, let chosen) = error.reason {
            return help(withContradiction: chosen, to: written, in: error.region)
        }
        var help: [String] = []
        if !error.workingRegions.isEmpty {
            help.append("regions that work: \(error.workingRegions.joined(separator: ", "))")
        }
        let prefixes = error.workingPrefixes.isEmpty ? error.availablePrefixes : error.workingPrefixes
        if !prefixes.isEmpty {
            let from = error.workingPrefixes.isEmpty ? "" : " that work from \(error.region)"
            help.append("profiles\(from): \(prefixes.joined(separator: ", "))")
        }
        if help.isEmpty, case .noSuchProfile = error.reason { help.append("remove 'profile': the model has none") }
        return help
    }

    /// The ways out of an id that names one profile and a choice that names another: only such as work.
    private func help(
        withContradiction chosen: ProfileChoice, to written: String, in region: String
    ) -> [String] {
        guard let id = root.text("model", "id") else { return [] }
        // An ARN goes with no choice, and a prefix with the same one only.
        let removal = removesProfileBeside
        guard !ModelCatalog.isARN(id) else { return ["\(removal): an ARN names the profile already"] }
        var help: [String] = []
        switch catalog.outcome(of: id, .auto, region) {
        case .success: help.append("\(removal), so that the id alone says it")
        case .failure(let error) where !error.workingRegions.isEmpty:
            let regions = error.workingRegions.joined(separator: ", ")
            help.append("\(removal), and 'region' to one from which '\(written)' works: \(regions)")
        case .failure: break
        }
        let base = ModelCatalog.baseID(of: id)
        if case .success = catalog.outcome(of: base, chosen, region) {
            help.append("write the id without its prefix: \(base)")
        }
        return help.isEmpty ? ["\(removal), or write the id without its prefix: \(base)"] : help
    }

    /// How the choice of a profile is taken back where the id stands.
    private var removesProfileBeside: String {
        guard let profile = root.setNode("model", "profile"), let id = root.node("model", "id"),
            profile.origin.layer < id.origin.layer
        else { return "remove 'profile'" }
        return "write 'profile: null' beside it"
    }
}

extension ModelCatalog {
    fileprivate func outcome(
        of id: String, _ profile: ProfileChoice, _ region: String
    ) -> Result<String, ProfileResolutionError> {
        Result { () throws(ProfileResolutionError) in try upstreamID(for: id, profile: profile, in: region) }
    }
}
