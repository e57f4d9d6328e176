package import BotConfiguration
import MediaGeneration
package import ModelCatalog

/// What users may choose of a bot's parameters, as far as the model's facts say that a choice changes something.
package struct AdjustableParameters: Hashable, Sendable {
    /// How hard the model can be asked to think, from little to much; empty where nothing can be chosen.
    package var efforts: [ReasoningEffort] = []
    /// The relations of width to height that the model makes, such as `16:9`; empty where nothing can be chosen.
    package var aspectRatios: [String] = []
    /// The seeds that the model takes; nil where it takes none.
    package var seeds: ClosedRange<Int>?

    /// What can be chosen of a bot.
    package init(of config: BotConfig) {
        switch config.kind {
        case .chat: efforts = Self.efforts(config.model.facts)
        case .image:
            guard let shape = ImageModelShapes.find(modelID: config.model.baseID) else { return }
            let limits = shape.limits
            aspectRatios = (limits.takesSize ? Self.commonRatios : limits.aspectRatios.map(\.description))
            let plain = ImageRequest(prompt: "x", picture: limits.picture == .needed ? .smallestPicture : nil)
            var seeded = plain
            seeded.seed = limits.seeds.upperBound
            if (try? shape.body(of: plain)) != (try? shape.body(of: seeded)) { seeds = limits.seeds }
        case .video:
            guard let shape = VideoModelShapes.find(modelID: config.model.baseID) else { return }
            aspectRatios = shape.limits.aspectRatios.map(\.description)
            let plain = VideoRequest(prompt: "x")
            var seeded = plain
            seeded.seed = 1
            if (try? shape.input(of: plain)) != (try? shape.input(of: seeded)) { seeds = 0...2_147_483_646 }
        }
        if aspectRatios.count < 2 { aspectRatios = [] }
    }

    /// What is offered of a model that takes any size.
    private static let commonRatios = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"]

    private static func efforts(_ facts: ModelFacts?) -> [ReasoningEffort] {
        guard let facts, facts.capabilities.reasoning != false, let reasoning = facts.reasoning else { return [] }
        return ReasoningEffort.allCases.filter { effort in
            Parameters(reasoning: effort).adjusted(to: facts, of: .bedrock).sent.reasoning == effort
                && reasoning.accepts(effort) == true
        }.sorted()
    }
}
