package import JSONCoding

/// How much of a model an account may use in a minute, in one region and by one way of calling.
///
/// The service has no member that says which model and which way a quota is about: both are read from its name, such
/// as `Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1`. A name of another form is
/// no model's quota.
///
/// Source: AWS General Reference, "Amazon Bedrock endpoints and quotas".
package struct ModelQuota: Hashable, Sendable {
    /// The way of calling that a quota is about.
    package enum Scope: String, Hashable, Sendable, CaseIterable {
        /// The bare id.
        case onDemand = "on demand"
        /// The inference profile of a geography.
        case crossRegion = "cross-region"
        /// The profile `global`.
        case globalCrossRegion = "global cross-region"
    }

    /// What is counted.
    package enum Measure: String, Hashable, Sendable, CaseIterable {
        case requests, tokens
    }

    package let scope: Scope
    package let measure: Measure
    /// The model as the name ends: `Anthropic Claude Sonnet 4.5 V1`.
    package let model: String
    /// How many in a minute, as it is applied to the account.
    package let value: Double

    package init(_ scope: Scope, _ measure: Measure, of model: String, value: Double) {
        self.scope = scope
        self.measure = measure
        self.model = model
        self.value = value
    }

    /// The quota of an entry of the listing; nil when it is not one of a model's minute.
    package init?(_ entry: JSONValue) {
        guard let name = entry["QuotaName"]?.string, name.utf8.count <= 500, let value = entry["Value"]?.double,
            value >= 0
        else { return nil }
        let words = name.split(separator: " ")
        let lower = words.map { $0.lowercased() }
        guard let end = lower.firstIndex(of: "for"), end + 1 < words.count else { return nil }
        let start: Scope
        switch lower.first {
        case "on-demand": start = .onDemand
        case "cross-region": start = .crossRegion
        case "global" where lower.dropFirst().first == "cross-region": start = .globalCrossRegion
        default: return nil
        }
        let kind = Array(lower[(start == .globalCrossRegion ? 2 : 1)..<end])
        let what = [["model", "inference"], ["invokemodel"]].first { kind.starts(with: $0) }
        guard let what, let measure = Self.measures[Array(kind[what.count...])] else { return nil }
        self.init(start, measure, of: words[(end + 1)...].joined(separator: " "), value: value)
    }

    private static let measures: [[String]: Measure] = [
        ["requests", "per", "minute"]: .requests, ["tokens", "per", "minute"]: .tokens,
    ]

    /// Whether the quota is that of a model, by the model's name for people.
    ///
    /// The whole name has to stand there as words, with nothing behind it but a version such as `V1`: the quota of
    /// `Claude Opus 4.5` is none of `Claude Opus 4`, nor is that of its longer context.
    package func isAbout(_ name: String) -> Bool {
        let wanted = Self.words(of: name)
        var given = Self.words(of: model)
        guard !wanted.isEmpty else { return false }
        if !given.reversed().starts(with: wanted.reversed()), given.last.map(Self.isVersion) == true {
            given.removeLast()
        }
        return given.reversed().starts(with: wanted.reversed())
    }

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }.map(String.init)
    }

    private static func isVersion(_ word: String) -> Bool {
        word.first == "v" && word.count > 1 && word.dropFirst().allSatisfy { $0.isNumber || $0 == "." }
    }
}
