import ChatEvents
import ModelCatalog

extension Thinking {
    /// How much a bot's config asks for.
    init(_ effort: ReasoningEffort?) {
        switch effort {
        case nil: self = .asTheModelDoes
        case .some(.none): self = .off
        case .some(let effort): self = Effort(rawValue: effort.rawValue).map(Thinking.effort) ?? .asTheModelDoes
        }
    }
}
