import ChatEvents
import JSONCoding
import MediaGeneration
import Testing

struct ImageShapeTests {
    /// A PNG of 1 x 1 pixel, as far as its head.
    static let png = Attachment(
        name: "a.png", mediaType: MediaType("image/png"),
        bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
            + [0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 1, 2, 3, 4])

    private func shape(_ id: String) throws -> any ImageModelShape {
        try #require(ImageModelShapes.find(modelID: id))
    }

    private func body(_ id: String, _ request: ImageRequest) throws -> String {
        JSONValue.object(try shape(id).body(of: request)).text()
    }

    @Test(arguments: [
        (
            "stability.stable-image-core-v1:1", ImageRequest(prompt: "A fox"),
            #"{"prompt":"A fox","output_format":"png"}"#
        ),
        (
            "stability.stable-image-ultra-v1:1",
            ImageRequest(
                prompt: "A fox", negativePrompt: "snow", aspectRatio: AspectRatio("16:9"), seed: 7, format: .jpeg,
                additional: JSONObject([("style", "x")])),
            #"{"prompt":"A fox","negative_prompt":"snow","aspect_ratio":"16:9","seed":7,"output_format":"jpeg","style":"x"}"#
        ),
        (
            "stability.sd3-5-large-v1:0", ImageRequest(prompt: "A fox", size: PixelSize("1920x1080")),
            #"{"prompt":"A fox","aspect_ratio":"16:9","output_format":"png"}"#
        ),
        (
            "amazon.nova-canvas-v1:0",
            ImageRequest(prompt: "A fox", negativePrompt: "snow", size: PixelSize("1280x720"), seed: 7),
            #"{"taskType":"TEXT_IMAGE","textToImageParams":{"text":"A fox","negativeText":"snow"},"#
                + #""imageGenerationConfig":{"numberOfImages":1,"width":1280,"height":720,"seed":7}}"#
        ),
        (
            "amazon.titan-image-generator-v2:0", ImageRequest(prompt: "A fox", aspectRatio: AspectRatio("1:1")),
            #"{"taskType":"TEXT_IMAGE","textToImageParams":{"text":"A fox"},"#
                + #""imageGenerationConfig":{"numberOfImages":1,"width":1024,"height":1024}}"#
        ),
    ])
    func `words become the model's own body`(id: String, request: ImageRequest, body: String) throws {
        #expect(try self.body(id, request) == body)
    }

    @Test func `a picture to start from brings its own aspect ratio`() throws {
        let request = ImageRequest(
            prompt: "Winter", aspectRatio: AspectRatio("16:9"), strength: 0.5, picture: Self.png)
        let text = try body("stability.sd3-5-large-v1:0", request)
        #expect(text.hasPrefix(#"{"prompt":"Winter","mode":"image-to-image","image":"iVBORw0KGgo"#))
        #expect(text.contains(#""strength":0.5"#))
        #expect(!text.contains("aspect_ratio"))
    }

    @Test func `a variation keeps more of the picture the less is to be changed`() throws {
        let request = ImageRequest(prompt: "Winter", strength: 0.25, picture: Self.png)
        let text = try body("amazon.nova-canvas-v1:0", request)
        #expect(text.contains(#""taskType":"IMAGE_VARIATION""#))
        #expect(text.contains(#""similarityStrength":0.75"#))
    }

    @Test func `a cut-out is a PNG whatever was wished`() throws {
        let id = "stability.stable-image-remove-background-v1:0"
        let text = try body(id, ImageRequest(prompt: "", format: .jpeg, picture: Self.png))
        #expect(text.hasSuffix(#""output_format":"png"}"#))
        #expect(!text.contains("prompt"))
    }

    @Test func `upscaling takes words where the service does`() throws {
        let request = ImageRequest(prompt: "A fox", seed: 3, picture: Self.png)
        #expect(try !body("stability.stable-fast-upscale-v1:0", request).contains("prompt"))
        #expect(try body("stability.stable-creative-upscale-v1:0", request).contains(#""prompt":"A fox","seed":3"#))
        #expect(try body("stability.stable-conservative-upscale-v1:0", request).contains(#""prompt":"A fox""#))
    }

    @Test(arguments: [
        (
            "stability.stable-image-core-v1:1", ImageRequest(prompt: String(repeating: "x", count: 10_001)),
            UserAdvice.shortenPrompt(limit: 10_000)
        ),
        (
            "amazon.titan-image-generator-v2:0", ImageRequest(prompt: String(repeating: "x", count: 513)),
            .shortenPrompt(limit: 512)
        ),
        ("stability.stable-image-core-v1:1", ImageRequest(prompt: "  "), .describePicture),
        (
            "stability.stable-image-core-v1:1", ImageRequest(prompt: "x", picture: png),
            .attachmentNotRead(name: "a.png", takes: [])
        ),
        ("stability.stable-fast-upscale-v1:0", ImageRequest(prompt: "x"), .attachPicture),
        (
            "stability.stable-fast-upscale-v1:0",
            ImageRequest(
                prompt: "", picture: Attachment(name: "a.pdf", mediaType: MediaType("image/png"), bytes: [1, 2])),
            .attachmentNotRead(name: "a.pdf", takes: ["PNG", "JPEG", "WebP"])
        ),
    ])
    func `what the model cannot take is said before it is asked`(
        id: String, request: ImageRequest, advice: UserAdvice
    ) throws {
        let shape = try shape(id)
        let failure = #expect(throws: ChatFailure.self) { try shape.body(of: request) }
        #expect(failure?.advice == advice)
    }

    @Test(arguments: [
        ("stability.stable-image-core-v1:1", #"{"seeds":[1],"finish_reasons":[null],"images":["AA=="]}"#, 1),
        ("amazon.nova-canvas-v1:0", #"{"images":["AA==","BB=="]}"#, 2),
        ("amazon.nova-canvas-v1:0", #"{"images":["AA=="],"error":"Some of the generated images were blocked"}"#, 1),
    ])
    func `pictures are found`(id: String, answer: String, count: Int) throws {
        #expect(try shape(id).images(in: JSONParser.parse(Array(answer.utf8))).count == count)
    }

    @Test(arguments: [
        (
            "stability.stable-image-core-v1:1",
            #"{"seeds":[1],"finish_reasons":["Filter reason: output image"],"images":["AA=="]}"#,
            ChatFailure.Kind.contentFiltered
        ),
        ("stability.stable-image-core-v1:1", #"{"finish_reasons":["Filter reason: prompt"]}"#, .contentFiltered),
        ("stability.stable-image-core-v1:1", #"{"finish_reasons":["Inference error"],"images":["AA=="]}"#, .modelError),
        ("stability.stable-image-core-v1:1", "{}", .modelError),
        ("stability.stable-image-core-v1:1", "[]", .modelError),
        (
            "amazon.nova-canvas-v1:0",
            #"{"images":[],"error":"All of the generated images have been blocked by our content filters."}"#,
            .contentFiltered
        ),
        ("amazon.nova-canvas-v1:0", #"{"images":[]}"#, .modelError),
    ])
    func `success without a good picture is a failure`(id: String, answer: String, kind: ChatFailure.Kind) throws {
        let shape = try shape(id)
        let value = try JSONParser.parse(Array(answer.utf8))
        let failure = #expect(throws: ChatFailure.self) { try shape.images(in: value) }
        #expect(failure?.kind == kind)
    }

    @Test(arguments: ["amazon.nova-pro-v1:0", "stability.unknown-v1:0", "", "stability.stable-image-inpaint-v1:0"])
    func `a model of no known family has no shape`(id: String) {
        #expect(ImageModelShapes.find(modelID: id) == nil)
    }

    @Test(arguments: [
        ("1920x1080", "16:9"), ("1080x1920", "9:16"), ("1000x1000", "1:1"), ("3000x1000", "21:9"), ("800x1000", "4:5"),
    ])
    func `a size becomes the nearest ratio`(size: String, ratio: String) throws {
        let ratios = try shape("stability.stable-image-core-v1:1").limits.aspectRatios
        let size = try #require(PixelSize(size))
        #expect(AspectRatio.nearest(to: size, among: ratios)?.description == ratio)
    }

    @Test(arguments: ["", "16", "16:", ":9", "0:1", "a:b", "16:9:4", "101:1"])
    func `what is no ratio is none`(text: String) { #expect(AspectRatio(text) == nil) }
}
