package import ChatEvents
package import JSONCoding

/// A picture that is wished for, in no model's terms.
package struct ImageRequest: Hashable, Sendable {
    /// What to show, or what to do with the picture that is given; may be empty for models that need no words.
    package var prompt: String
    /// What not to show.
    package var negativePrompt: String?
    package var aspectRatio: AspectRatio?
    /// The size in pixels, for models that take one; others take the nearest aspect ratio.
    package var size: PixelSize?
    /// The start of chance; the same seed and prompt give the same picture.
    package var seed: Int?
    /// How much of a given picture is changed, 0 to 1.
    package var strength: Double?
    package var format: ImageFileFormat
    /// The picture to start from.
    package var picture: Attachment?
    /// Further fields for the model, passed on as they are.
    package var additional: JSONObject

    package init(
        prompt: String, negativePrompt: String? = nil, aspectRatio: AspectRatio? = nil, size: PixelSize? = nil,
        seed: Int? = nil, strength: Double? = nil, format: ImageFileFormat = .png, picture: Attachment? = nil,
        additional: JSONObject = JSONObject()
    ) {
        self.prompt = prompt
        self.negativePrompt = negativePrompt
        self.aspectRatio = aspectRatio
        self.size = size
        self.seed = seed
        self.strength = strength
        self.format = format
        self.picture = picture
        self.additional = additional
    }
}

/// The file format that a picture is made in.
package enum ImageFileFormat: String, Hashable, Sendable, CaseIterable {
    case png, jpeg

    /// The type of such a file.
    package var mediaType: MediaType { MediaType("image/\(rawValue)") }
    /// The ending of its name, without a dot.
    package var fileEnding: String { self == .png ? "png" : "jpg" }
}
