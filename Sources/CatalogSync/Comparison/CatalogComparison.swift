package import ModelCatalog

/// Lays listings beside a catalog.
///
/// What a listing says of a model that it has counts, also that it does not take the bare id any more. That a model is
/// missing in a listing is told and not believed: it may be hidden from an account, or be listed again tomorrow.
package struct CatalogComparison: Sendable {
    /// The catalog, with the project's own facts over it.
    private let catalog: ModelCatalog
    /// The files of `catalog.d` that this program writes: their values do not win over the listing.
    private let ownFile: String
    /// The day, as an ISO 8601 date.
    private let today: String

    /// - Parameters:
    ///   - catalog: The binary's facts, with the project's over them.
    ///   - ownFile: The file in `catalog.d` that follows the listings, as people read its name.
    ///   - today: The day, as an ISO 8601 date.
    package init(with catalog: ModelCatalog, ownFile: String = ListedFactsFile.path, today: String) {
        self.catalog = catalog
        self.ownFile = ownFile
        self.today = today
    }

    /// What the listings tell that the catalog does not.
    ///
    /// - Parameters:
    ///   - listings: The listings.
    ///   - modelsWithBot: The ids of the models that a bot of the project has.
    /// - Returns: The report, every part of it in the order of the models' ids.
    package func report(on listings: ModelListings, modelsWithBot: Set<String>) -> CatalogReport {
        var report = CatalogReport(of: listings)
        for model in listings.models.values.sorted(by: { $0.id < $1.id }) {
            if let facts = catalog.facts(for: model.id) {
                file(change(of: facts, in: listings, listed: model), in: &report)
            } else if model.isProvisionedOnly {
                report.provisionedOnlyCount += 1
                continue
            } else {
                report.new.append(model)
            }
            if !modelsWithBot.contains(model.id), canBeBot(model) { report.withoutBot.append(model) }
        }
        for facts in catalog.models where listings.models[facts.id] == nil {
            file(change(of: facts, in: listings, listed: nil), in: &report)
        }
        report.retired.sort { $0.id < $1.id }
        return report
    }

    private func file(_ change: CatalogReport.Change, in report: inout CatalogReport) {
        if change.retirement != nil {
            report.retired.append(change)
        } else if !change.differences.isEmpty || !change.missingRegions.isEmpty {
            report.changed.append(change)
        }
    }

    private func canBeBot(_ model: ListedModel) -> Bool {
        let facts = catalog.facts(for: model.id)
        return model.isCallable && model.lifecycle != .legacy && !model.hasEnded(by: today)
            && facts?.runtime != false && facts?.endOfLife(by: today) == nil
            && [.text, .image, .imageEdit, .video].contains(facts?.kind ?? model.kind)
    }

    private func change(
        of facts: ModelFacts, in listings: ModelListings, listed: ListedModel?
    ) -> CatalogReport.Change {
        var change = CatalogReport.Change(id: facts.id)
        // A model of another endpoint is no matter of this listing.
        guard facts.runtime != false else { return change }
        let known = Set(facts.regions).union(facts.callableRegions)
        // That a model goes which is known to go is no news.
        if facts.listed, facts.lifecycle != .legacy, facts.endOfLife(by: today) == nil {
            change.missingRegions = listings.regions.filter {
                known.contains($0) && listed?.regions.contains($0) != true
            }
        }
        guard let listed else {
            if !change.missingRegions.isEmpty { change.retirement = .notListed }
            return change
        }
        let overlay = catalog.overlay(for: facts.id)
        change.differences = differences(facts, listed).map { difference in
            var difference = difference
            if let overlay, let file = overlay.file, file != ownFile, difference.listed.isSaid(by: overlay) {
                difference.keptBy = file
            }
            return difference
        }
        if let day = listed.endOfLife, listed.hasEnded(by: today), facts.endOfLife(by: today) == nil {
            change.retirement = .ended(day)
        } else if listed.lifecycle == .legacy, facts.lifecycle != .legacy {
            change.retirement = .legacy
        }
        return change
    }

    private func differences(_ facts: ModelFacts, _ listed: ListedModel) -> [FactDifference] {
        var result: [FactDifference] = []
        func compare(_ known: ListedFact?, _ new: ListedFact?) {
            if let new, new != known { result.append(FactDifference(known: known, listed: new)) }
        }
        func modalities(_ known: [Modality], _ new: [Modality], _ make: ([Modality]) -> ListedFact) {
            guard !new.isEmpty, Set(known) != Set(new) else { return }
            compare(known.isEmpty ? nil : make(known), make(new))
        }
        compare(facts.lifecycle.map { .lifecycle($0) }, listed.lifecycle.map { .lifecycle($0) })
        compare(facts.deprecationDate.map { .deprecationDate($0) }, listed.endOfLife.map { .deprecationDate($0) })
        modalities(facts.inputModalities, listed.inputModalities) { .inputModalities($0) }
        modalities(facts.outputModalities, listed.outputModalities) { .outputModalities($0) }
        compare(facts.capabilities.streaming.map { .streaming($0) }, listed.streams.map { .streaming($0) })
        compare(
            .onDemandRegions(facts.onDemandRegions.sorted()), .onDemandRegions(onDemandRegions(of: facts, listed)))
        compare(.inferenceProfiles(Self.compared(facts.inferenceProfiles)), .inferenceProfiles(profiles(facts, listed)))
        return result
    }

    /// Where the bare id is accepted: as the regions say that list the model, else as the catalog does.
    private func onDemandRegions(of facts: ModelFacts, _ listed: ListedModel) -> [String] {
        let elsewhere = facts.onDemandRegions.filter { !listed.regions.contains($0) }
        let accepted = listed.onDemandRegions.filter { !facts.onDemandMantleOnlyRegions.contains($0) }
        return Set(elsewhere + accepted).sorted()
    }

    private func profiles(_ facts: ModelFacts, _ listed: ListedModel) -> [InferenceProfile] {
        var result: [InferenceProfile] = []
        for known in Self.compared(facts.inferenceProfiles) {
            let now = listed.profiles.first { $0.id == known.id }
            guard let sources = known.sourceRegions else {
                result.append(now ?? known)
                continue
            }
            let left = Set(sources).subtracting(listed.regions).union(now?.sourceRegions ?? [])
            guard !left.isEmpty else { continue }
            var profile = known
            profile.sourceRegions = left.sorted()
            if let routes = now?.routesTo {
                // From other regions the same profile may lead elsewhere.
                let isWhole = left.isSubset(of: now?.sourceRegions ?? [])
                profile.routesTo = isWhole ? routes : Set(routes).union(known.routesTo ?? []).sorted()
            }
            result.append(profile)
        }
        result += listed.profiles.filter { new in !facts.inferenceProfiles.contains { $0.id == new.id } }
        return result.sorted { $0.id < $1.id }
    }

    /// Profiles in the form in which they are compared and written.
    private static func compared(_ profiles: [InferenceProfile]) -> [InferenceProfile] {
        profiles.map {
            InferenceProfile(id: $0.id, sourceRegions: $0.sourceRegions?.sorted(), routesTo: $0.routesTo?.sorted())
        }.sorted { $0.id < $1.id }
    }
}
