import BotConfiguration
import MediaGeneration
package import ModelCatalog

/// What shape the file of a bot has, by what its model does.
package enum BotForm: Hashable, Sendable {
    case chat, image, video
    /// Changes a picture that it is given.
    case edit

    /// The form of a bot of a model; that of a chat bot for a model of which nothing is known.
    package init(of modelID: String, _ facts: ModelFacts?) {
        switch facts?.kind {
        case .image: self = .image
        case .imageEdit: self = .edit
        case .video: self = .video
        case .text, .embedding, .rerank, .speech, nil: self = .chat
        }
    }

    /// The form of the bots that a template of a kind is written for.
    init(of kind: BotKind) {
        switch kind {
        case .chat: self = .chat
        case .image: self = .image
        case .video: self = .video
        }
    }

    /// What such a bot produces.
    var kind: BotKind {
        switch self {
        case .chat: .chat
        case .image, .edit: .image
        case .video: .video
        }
    }

    /// Whether it is known how a model is asked.
    func isKnown(_ facts: ModelFacts) -> Bool {
        let id = ModelCatalog.baseID(of: facts.id)
        return switch self {
        case .chat: true
        case .image, .edit: ImageModelShapes.find(modelID: id) != nil
        case .video: VideoModelShapes.find(modelID: id) != nil
        }
    }
}
