extension ModelAccessSurvey {
    /// What the quotas say of the way by which the model is to be called: one of nothing a minute is a no.
    ///
    /// - Parameters:
    ///   - all: The quotas of all models.
    ///   - names: The model's names for people.
    ///   - upstreamID: The id that is to be called; nil while every way is open.
    ///   - modelID: The id without a profile's prefix.
    /// - Returns: The one finding on quotas.
    static func finding(
        in all: [ModelQuota], of names: [String], calledAs upstreamID: String?, _ modelID: String
    ) -> Finding {
        let console = "Service Quotas console of the region, under 'Amazon Bedrock'"
        let own = all.filter { quota in names.contains { quota.isAbout($0) } }
        guard !own.isEmpty else {
            let reason = names.first.map { "none is named after \($0)" } ?? "the model's name is not known"
            return Finding(.unknown, "the quotas are not known: \(reason)", hint: "look in the \(console)")
        }
        let scope = upstreamID.flatMap { quotaScope(of: $0, modelID) }
        let scopes = scope.map { [$0] } ?? ModelQuota.Scope.allCases
        let ways = scopes.map { scope in own.filter { $0.scope == scope } }.filter { !$0.isEmpty }
        guard let first = ways.first else {
            let other = Set(own.map(\.scope.rawValue)).sorted().joined(separator: " and ")
            return Finding(
                .unknown, "the quota is not known: those of \(names[0]) are for \(other) calls",
                hint: "look in the \(console)")
        }
        if let open = ways.first(where: { $0.allSatisfy { $0.value > 0 } }) {
            return Finding(.yes, "the quota allows \(amounts(open)) a minute, \(open[0].scope.rawValue)")
        }
        return Finding(
            .no, "the quota allows \(amounts(first)) a minute, \(first[0].scope.rawValue)",
            hint: "ask for an increase in the \(console)")
    }

    /// The quotas that calls of an id count against; nil for an id of another kind.
    private static func quotaScope(of upstreamID: String, _ modelID: String) -> ModelQuota.Scope? {
        if upstreamID == modelID { return .onDemand }
        guard upstreamID.hasSuffix("." + modelID) else { return nil }
        return upstreamID.hasPrefix("global.") ? .globalCrossRegion : .crossRegion
    }

    private static func amounts(_ quotas: [ModelQuota]) -> String {
        ModelQuota.Measure.allCases.compactMap { measure in
            // Two quotas of one kind have two versions of the model: the smaller one is what is sure.
            quotas.filter { $0.measure == measure }.map(\.value).min().map { value in
                "\(Int(exactly: value).map(String.init) ?? "\(value)") \(measure.rawValue)"
            }
        }.joined(separator: " and ")
    }
}
