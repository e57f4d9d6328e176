import JSONCoding
import ModelCatalog

/// Nova Canvas and Titan Image Generator, which share an envelope.
///
/// Source: Amazon Nova user guide, "Image generation request and response format"; Amazon Bedrock user guide, "Amazon
/// Titan Image Generator G1 models".
struct CanvasGeneration: Sendable {
    let model: ModelFacts
    let body: JSONObject

    init(_ model: ModelFacts, _ body: JSONObject) { (self.model, self.body) = (model, body) }

    private var isTitan: Bool { model.invokeFamily == .titanImage }

    /// The members in which the tasks have their parameters.
    private static let tasks = [
        "TEXT_IMAGE": "textToImageParams", "COLOR_GUIDED_GENERATION": "colorGuidedGenerationParams",
        "IMAGE_VARIATION": "imageVariationParams", "INPAINTING": "inPaintingParams",
        "OUTPAINTING": "outPaintingParams", "BACKGROUND_REMOVAL": "backgroundRemovalParams",
        "VIRTUAL_TRY_ON": "virtualTryOnParams",
    ]

    func answer() throws(ServiceError) -> JSONValue {
        guard let task = try JSONReading.string(body["taskType"]), let member = Self.tasks[task] else {
            throw .validation(
                "Malformed input request: #/taskType: value is none of \(Self.tasks.keys.sorted()), please reformat your "
                    + "input and try again.")
        }
        guard let parameters = try JSONReading.optionalObject(body[member]) else {
            throw .validation(
                "Malformed input request: #: required key [\(member)] not found, please reformat your input and try "
                    + "again.")
        }
        let text = try prompt(of: task, parameters)
        guard !PromptTrigger.contentFilter.isPulled(by: text) else {
            throw .validation(
                "This request has been blocked by our content filters. Please adjust your text prompt to submit a new "
                    + "request.")
        }
        let input = try input(of: task, parameters)
        let configuration = try JSONReading.optionalObject(body["imageGenerationConfig"]) ?? [:]
        let (width, height) = try size(configuration)
        _ = try ImageFields.number("cfgScale", configuration, 1.1...10)
        _ = try ImageFields.choice("quality", configuration, ["standard", "premium"])
        let seed = try ImageFields.integer("seed", configuration, 0...2_147_483_646) ?? (isTitan ? 42 : 12)
        let count = try ImageFields.integer("numberOfImages", configuration, 1...5) ?? 1
        if PromptTrigger.outputFilter.isPulled(by: text) {
            return ["images": [], "error": "All of the generated images have been blocked by our content filters."]
        }
        if task == "BACKGROUND_REMOVAL", let input {
            let picture = Picture(width: input.width, height: input.height, key: "\(model.id) background")
            return answer([ImageFields.file(picture, format: "png", isTransparent: true)])
        }
        return answer(
            (0..<count).map { number in
                let picture = Picture(width: width, height: height, key: "\(model.id) \(seed + number) \(text)")
                return ImageFields.file(picture, format: "png")
            })
    }

    private func answer(_ images: [JSONValue]) -> JSONValue {
        isTitan ? ["images": .array(images), "error": .null] : ["images": .array(images)]
    }

    private func prompt(of task: String, _ parameters: JSONObject) throws(ServiceError) -> String {
        let most = isTitan ? 512 : 1024
        _ = try ImageFields.text("negativeText", parameters, 1...most)
        guard task == "TEXT_IMAGE" || task == "COLOR_GUIDED_GENERATION" else {
            return try ImageFields.text("text", parameters, 1...most) ?? ""
        }
        return try ImageFields.requiredText("text", parameters, 1...most)
    }

    private func input(of task: String, _ parameters: JSONObject) throws(ServiceError) -> ImageProbe? {
        switch task {
        case "IMAGE_VARIATION":
            let images = try JSONReading.list(parameters["images"])
            guard (1...5).contains(images.count) else { throw .validation("images: from 1 to 5 are needed") }
            for image in images { _ = try ImageFields.image("images", image, sides: 256...4096) }
            return nil
        case "INPAINTING", "OUTPAINTING", "BACKGROUND_REMOVAL":
            guard let image = try ImageFields.image("image", parameters["image"], sides: 256...4096) else {
                throw .validation("image: field required")
            }
            return image
        default: return nil
        }
    }

    private func size(_ configuration: JSONObject) throws(ServiceError) -> (Int, Int) {
        let width = try ImageFields.integer("width", configuration, 320...4096) ?? 1024
        let height = try ImageFields.integer("height", configuration, 320...4096) ?? 1024
        if isTitan { return (width, height) }
        guard width % 16 == 0, height % 16 == 0, width * height < 4_194_304, width <= 4 * height, height <= 4 * width
        else {
            throw .validation(
                "The image size \(width)x\(height) is not supported: sides are multiples of 16, ratios 1:4 to 4:1, and "
                    + "there are fewer than 4194304 pixels.")
        }
        return (width, height)
    }
}
