/// What a bot sets of the pictures or videos that it makes; what is nil is left to the model.
package struct MediaParameters: Hashable, Sendable {
    /// Width to height, such as `16:9`.
    package var aspectRatio: String?
    /// The size in pixels, such as `1024x1024`.
    package var size: String?
    /// The start of chance, 0 or more.
    package var seed: Int?
    /// What not to show.
    package var negativePrompt: String?
    /// How much of a given picture is changed, 0 to 1.
    package var strength: Double?
    /// `png` or `jpeg`.
    package var outputFormat: String?
    /// How long a video runs.
    package var seconds: Int?
    /// How many lines a picture of a video has, such as `720p`.
    package var resolution: String?
    /// Whether a video's end leads into its beginning.
    package var isLoop: Bool

    /// Parameters; what is not given is left to the model.
    package init(
        aspectRatio: String? = nil, size: String? = nil, seed: Int? = nil, negativePrompt: String? = nil,
        strength: Double? = nil, outputFormat: String? = nil, seconds: Int? = nil, resolution: String? = nil,
        isLoop: Bool = false
    ) {
        self.aspectRatio = aspectRatio
        self.size = size
        self.seed = seed
        self.negativePrompt = negativePrompt
        self.strength = strength
        self.outputFormat = outputFormat
        self.seconds = seconds
        self.resolution = resolution
        self.isLoop = isLoop
    }
}

extension MediaParameters {
    init(_ values: ConfigReader) {
        self.init(
            aspectRatio: values.text("parameters", "aspect_ratio"), size: values.text("parameters", "size"),
            seed: values.integer("parameters", "seed"),
            negativePrompt: values.text("parameters", "negative_prompt"),
            strength: values.decimal("parameters", "strength")?.double,
            outputFormat: values.text("parameters", "output_format"),
            seconds: values.integer("parameters", "seconds"),
            resolution: values.text("parameters", "resolution"),
            isLoop: values.boolean("parameters", "loop") ?? false)
    }
}
