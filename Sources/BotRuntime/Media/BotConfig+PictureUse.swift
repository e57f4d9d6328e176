package import BotConfiguration
import MediaGeneration

/// What a bot does with pictures.
package enum PictureUse: Hashable, Sendable {
    /// It makes them of words alone.
    case makes
    /// It makes them of words, and changes those that it is given.
    case makesAndChanges
    /// It changes those that it is given.
    case changes
}

extension BotConfig {
    /// What an image bot does with pictures; nil for bots of other kinds.
    package var pictureUse: PictureUse? {
        guard kind == .image else { return nil }
        return switch ImageModelShapes.find(modelID: model.baseID)?.limits.picture {
        case .needed: .changes
        case .possible: .makesAndChanges
        case .refused, nil: .makes
        }
    }
}
