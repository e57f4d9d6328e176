/// What a model makes out of its input.
package enum ModelKind: String, Hashable, Sendable, CaseIterable {
    /// Text out of text and, for some, images, documents or video.
    case text
    /// Images out of a prompt.
    case image
    /// Images out of an image.
    case imageEdit
    /// Video out of a prompt; answers asynchronously.
    case video
    case embedding
    case rerank
    /// Speech to speech over a bidirectional stream.
    case speech

    /// The kind as the configuration and the command line write it: `image_edit`.
    package var configurationName: String { rawValue.snakeCased }

    /// The kind that a person names, with `_` or `-` between the words, or nil when there is none.
    package init?(configurationName name: String) {
        let wanted = String(name.map { $0 == "-" ? "_" : $0 }).lowercased()
        guard let found = Self.allCases.first(where: { $0.configurationName == wanted }) else { return nil }
        self = found
    }
}

/// Where a listed model stands in its life.
package enum ModelLifecycle: String, Hashable, Sendable, CaseIterable {
    case active = "ACTIVE"
    /// Closed to new accounts, with an end of life announced.
    case legacy = "LEGACY"
}

/// A kind of content that goes into a model or comes out of it.
package enum Modality: String, Hashable, Sendable, CaseIterable {
    case text = "TEXT"
    case image = "IMAGE"
    case video = "VIDEO"
    case speech = "SPEECH"
    case audio = "AUDIO"
    case embedding = "EMBEDDING"
}

/// A body format of InvokeModel or StartAsyncInvoke.
package enum InvokeFamily: String, Hashable, Sendable, CaseIterable {
    case stabilityGenerate = "stability-generate"
    case stabilityEdit = "stability-edit"
    case novaCanvas = "nova-canvas"
    case titanImage = "titan-image"
    case novaReel = "nova-reel"
    case lumaRay2 = "luma-ray2"
}

extension InvokeFamily {
    /// The family of a model that no catalog knows yet, told by its id: a later version speaks as its forerunners do.
    ///
    /// nil where the id has no relatives, or the model answers with text.
    ///
    /// - Parameters:
    ///   - modelID: The bare id.
    ///   - kind: What the model makes.
    init?(ofModel modelID: String, kind: ModelKind) {
        let families: [(prefix: String, kind: ModelKind, family: InvokeFamily)] = [
            ("stability.", .image, .stabilityGenerate), ("stability.", .imageEdit, .stabilityEdit),
            ("amazon.nova-canvas-", .image, .novaCanvas), ("amazon.titan-image-", .image, .titanImage),
            ("amazon.nova-reel-", .video, .novaReel), ("luma.ray-", .video, .lumaRay2),
        ]
        guard let found = families.first(where: { modelID.hasPrefix($0.prefix) && kind == $0.kind }) else { return nil }
        self = found.family
    }
}
