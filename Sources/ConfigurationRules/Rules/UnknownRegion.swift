import BotConfiguration
import Diagnostics
import ModelCatalog
import Suggestions

/// A region that is probably misspelt, whatever is known of the model.
///
/// AWS opens regions faster than catalogs are written, so that a name counts as misspelt only where its words are: a
/// region of a known area and direction, such as `us-east-9`, may be new, and one of another area is not taken for
/// anything but a slip of one letter.
struct UnknownRegion: EnvironmentRule {
    let codes: [DiagnosticCode] = [.unknownRegion]

    /// For how many names of an environment it is told what was probably meant.
    private static let suggestionLimit = 100

    /// The beginnings of AWS regions, of all partitions.
    ///
    /// Source: AWS General Reference, "AWS Regions".
    private static let areas: Set<String> = [
        "us", "us-gov", "us-iso", "us-isob", "us-isof", "eu", "eu-isoe", "eusc", "ap", "ca", "sa", "me", "af", "il",
        "mx", "cn",
    ]
    private static let directions: Set<String> = [
        "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest", "central", "de",
    ]

    func findings(in project: Project, of subject: RuleSubject) -> [Finding] {
        var known: Set<String>?
        var meant: [String: String?] = [:]
        return project.mergedBots.flatMap { bot -> [Finding] in
            guard bot.text("model", "provider") ?? "bedrock" == "bedrock" else { return [] }
            return regions(of: bot).compactMap { node in
                guard case .text(let region) = node.value, !isPlausible(region) else { return nil }
                let names = known ?? self.known(in: project.catalog)
                known = names
                if meant[region] == nil, meant.count < Self.suggestionLimit {
                    let match = Spelling.match(for: region, among: names)
                    meant[region] = .some(match.flatMap { $0.distance <= bound(for: region) ? $0.candidate : nil })
                }
                guard !names.contains(region), let meant = meant[region] ?? nil else { return nil }
                return Finding(
                    .unknownRegion, "the catalog knows no region '\(region)'", at: node.origin, file: bot.file.name,
                    help: ["did you mean '\(meant)'?"])
            }
        }
    }

    private func regions(of bot: MergedBot) -> [ConfigNode] {
        let failover: [ConfigNode] =
            if case .list(let nodes)? = bot.node("model", "failover_regions")?.value { nodes } else { [] }
        return [bot.node("model", "region")].compactMap(\.self) + failover
    }

    /// How many letters of a name may differ from what was meant.
    private func bound(for region: String) -> Int {
        Self.areas.contains { region.hasPrefix($0 + "-") } ? 3 : 1
    }

    /// Whether a name is made of the words of which AWS makes names of regions.
    private func isPlausible(_ region: String) -> Bool {
        let words = region.split(separator: "-").map(String.init)
        guard words.count >= 3, words[words.count - 1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        return Self.areas.contains(words.dropLast(2).joined(separator: "-"))
            && Self.directions.contains(words[words.count - 2])
    }

    /// Every region of a model, and those that the listing does not cover.
    private func known(in catalog: ModelCatalog) -> Set<String> {
        Set(catalog.models.flatMap(\.regions) + catalog.regions + ["us-gov-east-1", "us-gov-west-1"])
    }
}
