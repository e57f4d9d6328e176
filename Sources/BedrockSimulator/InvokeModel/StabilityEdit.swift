import JSONCoding
import ModelCatalog

/// The edit services of Stability AI.
///
/// Source: Amazon Bedrock user guide, "Stability AI Image Services".
struct StabilityEdit: Sendable {
    /// A service, by the words of its model id.
    enum Service: String, Sendable, CaseIterable {
        case fastUpscale = "fast-upscale"
        case conservativeUpscale = "conservative-upscale"
        case creativeUpscale = "creative-upscale"
        case inpaint
        case outpaint
        case eraseObject = "erase-object"
        case searchReplace = "search-replace"
        case searchRecolor = "search-recolor"
        case removeBackground = "remove-background"
        case controlSketch = "control-sketch"
        case controlStructure = "control-structure"
        case styleGuide = "style-guide"
        case styleTransfer = "style-transfer"

        /// The texts that it must have.
        var requiredTexts: [String] {
            switch self {
            case .fastUpscale, .outpaint, .eraseObject, .removeBackground, .styleTransfer: []
            case .conservativeUpscale, .creativeUpscale, .inpaint, .controlSketch, .controlStructure, .styleGuide:
                ["prompt"]
            case .searchReplace: ["prompt", "search_prompt"]
            case .searchRecolor: ["prompt", "select_prompt"]
            }
        }
    }

    let model: ModelFacts
    let body: JSONObject

    init(_ model: ModelFacts, _ body: JSONObject) { (self.model, self.body) = (model, body) }

    func answer() throws(ServiceError) -> JSONValue {
        guard let service = Service.allCases.first(where: { model.id.contains($0.rawValue) }) else {
            throw .validation("The model \(model.id) is no service that the simulator knows.")
        }
        for name in service.requiredTexts { _ = try ImageFields.requiredText(name, body, 1...10_000) }
        let prompt = try ImageFields.text("prompt", body, 0...10_000) ?? ""
        let input = try input(of: service)
        let formats = service == .removeBackground ? ["png"] : ["png", "jpeg"]
        let format = try StabilityAnswer.format(body, allowed: formats)
        let seed = try StabilityAnswer.seed(body)
        let size = try size(of: service, input)
        return StabilityAnswer.json(prompt: prompt, seed: seed) {
            let picture = Picture(
                width: size.width, height: size.height,
                key: "\(model.id) \(seed) \(prompt) \(input.width)x\(input.height)")
            return ImageFields.file(picture, format: format, isTransparent: service == .removeBackground)
        }
    }

    /// The image that comes in, within the bounds of the service.
    private func input(of service: Service) throws(ServiceError) -> ImageProbe {
        let name = service == .styleTransfer ? "init_image" : "image"
        let sides = service == .fastUpscale ? 32...1536 : 64...8192
        guard let image = try ImageFields.image(name, body[name], sides: sides) else {
            throw .validation("\(name): field required")
        }
        if service == .styleTransfer, try ImageFields.image("style_image", body["style_image"], sides: 64...8192) == nil
        {
            throw .validation("style_image: field required")
        }
        let pixels = image.width * image.height
        let most =
            switch service {
            case .fastUpscale, .creativeUpscale: 1_048_576
            case .conservativeUpscale, .inpaint, .outpaint, .eraseObject, .searchReplace, .searchRecolor,
                .removeBackground, .controlSketch, .controlStructure, .styleGuide, .styleTransfer:
                9_437_184
            }
        guard (1024...most).contains(pixels) else {
            throw .validation("\(name): \(pixels) pixels are not within 1024 to \(most)")
        }
        if service == .eraseObject || service == .inpaint {
            _ = try ImageFields.image("mask", body["mask"], sides: 1...8192)
        }
        return image
    }

    private func size(
        of service: Service, _ input: ImageProbe
    ) throws(ServiceError) -> (width: Int, height: Int) {
        switch service {
        case .fastUpscale: return (input.width * 4, input.height * 4)
        case .conservativeUpscale, .creativeUpscale:
            _ = try ImageFields.number("creativity", body, 0.1...0.5)
            let factor = max(1, min(4, 4096 / max(input.width, input.height)))
            return (input.width * factor, input.height * factor)
        case .outpaint:
            var margins: [Int] = []
            for name in ["left", "right", "up", "down"] {
                margins.append(try ImageFields.integer(name, body, 0...2000) ?? 0)
            }
            guard margins.contains(where: { $0 > 0 }) else {
                throw .validation("left, right, up, down: at least one must be more than 0")
            }
            return (input.width + margins[0] + margins[1], input.height + margins[2] + margins[3])
        case .styleGuide:
            let sizes = StabilityGeneration.sizes
            let ratio = try ImageFields.choice("aspect_ratio", body, sizes.keys.sorted())
            return sizes[ratio ?? "1:1"] ?? (1024, 1024)
        case .inpaint, .eraseObject, .searchReplace, .searchRecolor, .removeBackground, .controlSketch,
            .controlStructure, .styleTransfer:
            return (input.width, input.height)
        }
    }
}
