import JSONCoding
import ModelCatalog

/// The generators of Stability AI.
///
/// Source: Amazon Bedrock user guide, "Stability.ai Diffusion models": Stable Image Core, Ultra and SD3.5 Large.
struct StabilityGeneration: Sendable {
    let model: ModelFacts
    let body: JSONObject

    init(_ model: ModelFacts, _ body: JSONObject) { (self.model, self.body) = (model, body) }

    /// The sizes of the aspect ratios, about one megapixel each.
    static let sizes: [String: (width: Int, height: Int)] = [
        "16:9": (1344, 768), "1:1": (1024, 1024), "21:9": (1536, 640), "2:3": (832, 1216), "3:2": (1216, 832),
        "4:5": (896, 1088), "5:4": (1088, 896), "9:16": (768, 1344), "9:21": (640, 1536),
    ]

    func answer() throws(ServiceError) -> JSONValue {
        let prompt = try ImageFields.requiredText("prompt", body, 1...10_000)
        _ = try ImageFields.text("negative_prompt", body, 0...10_000)
        let format = try StabilityAnswer.format(body, allowed: ["png", "jpeg"])
        let seed = try StabilityAnswer.seed(body)
        let size = try size()
        return StabilityAnswer.json(prompt: prompt, seed: seed) {
            ImageFields.file(
                Picture(width: size.width, height: size.height, key: "\(model.id) \(seed) \(prompt)"), format: format)
        }
    }

    private func size() throws(ServiceError) -> (width: Int, height: Int) {
        let isCore = model.id.contains("core")
        let mode = try ImageFields.choice("mode", body, ["text-to-image", "image-to-image"])
        let ratio = try ImageFields.choice("aspect_ratio", body, Self.sizes.keys.sorted())
        let image = try ImageFields.image("image", body["image"], sides: 64...8192)
        guard mode == "image-to-image" || image != nil else { return Self.sizes[ratio ?? "1:1"] ?? (1024, 1024) }
        guard !isCore else { throw .validation("image: extra fields not permitted") }
        guard let image else { throw .validation("image: field required for image-to-image") }
        guard ratio == nil else { throw .validation("aspect_ratio: not permitted for image-to-image") }
        guard try ImageFields.number("strength", body, 0...1) != nil else {
            throw .validation("strength: field required for image-to-image")
        }
        return (image.width, image.height)
    }
}

/// The shape in which all models of Stability AI answer.
enum StabilityAnswer {
    /// The answer: an image, or why there is none, under status 200 both.
    static func json(prompt: String, seed: Int, image: () -> JSONValue) -> JSONValue {
        if PromptTrigger.contentFilter.isPulled(by: prompt) {
            return ["seeds": [], "finish_reasons": ["Filter reason: prompt"], "images": []]
        }
        if PromptTrigger.outputFilter.isPulled(by: prompt) {
            return [
                "seeds": [.integer(seed)], "finish_reasons": ["Filter reason: output image"], "images": [image()],
            ]
        }
        return ["seeds": [.integer(seed)], "finish_reasons": [.null], "images": [image()]]
    }

    /// The seed; without one, or with 0, it follows from the body.
    static func seed(_ body: JSONObject) throws(ServiceError) -> Int {
        let seed = try ImageFields.integer("seed", body, 0...4_294_967_294) ?? 0
        return seed == 0 ? ImageFields.seed(from: body, below: 4_294_967_294) : seed
    }

    /// The format of the file; WebP is one that the simulator cannot write.
    static func format(_ body: JSONObject, allowed: [String]) throws(ServiceError) -> String {
        let format = try ImageFields.choice("output_format", body, allowed + ["webp"]) ?? "png"
        guard format != "webp" else { throw .validation("output_format: 'webp' is not supported") }
        return format
    }
}
