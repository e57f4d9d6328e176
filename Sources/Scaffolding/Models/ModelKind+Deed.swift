package import BotConfiguration
package import ModelCatalog

extension ModelKind {
    /// What a model of the kind does, after "it": "makes images".
    package var deed: String {
        switch self {
        case .text: "chats"
        case .image, .imageEdit: "makes images"
        case .video: "makes video"
        case .embedding: "makes embeddings"
        case .rerank: "ranks texts"
        case .speech: "speaks"
        }
    }
}

extension BotKind {
    /// The kind of model that bots of this kind have.
    package var modelKind: ModelKind {
        switch self {
        case .chat: .text
        case .image: .image
        case .video: .video
        }
    }
}
