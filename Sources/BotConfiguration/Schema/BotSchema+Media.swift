extension BotSchema {
    /// The keys of `parameters` that bots for pictures and videos have.
    static let mediaParameters = [
        SchemaField(
            "aspect_ratio", .text(.aspectRatio), examples: ["16:9"],
            "Of a picture or video: its width to its height."),
        SchemaField(
            "size", .text(.pixelSize), examples: ["1024x1024"],
            "Of a picture: its width and height in pixels, for models that take them."),
        SchemaField(
            "seed", .integer(0...4_294_967_294), examples: ["42"],
            "Of a picture or video: the start of chance. The same seed and prompt give the same picture."),
        SchemaField(
            "negative_prompt", .text(.filled(limitInBytes: 10_000)), examples: ["blurry, text"],
            "Of a picture: what not to show."),
        SchemaField(
            "strength", .decimal(0...1), examples: ["0.7"],
            "Of a picture that is made from another one: how much of that one is changed; 1 keeps nothing."),
        SchemaField(
            "output_format", .choice(["png", "jpeg"]), "Of a picture: the format of its file. png where absent."),
        SchemaField("seconds", .integer(1...120), examples: ["5"], "Of a video: how long it runs."),
        SchemaField(
            "resolution", .choice(["540p", "720p"]), "Of a video: how many lines it has. The model's own where absent."),
        SchemaField("loop", .boolean, "Of a video: whether its end leads into its beginning."),
    ]
}
