package import ChatEvents
package import JSONCoding

/// Amazon's models that make pictures: Nova Canvas and Titan Image Generator.
///
/// Their service life has ended; their shape is kept for old configurations and for the simulator.
///
/// Source: Amazon Nova User Guide, "Request and response structure for image generation"; Amazon Bedrock User Guide,
/// "Amazon Titan Image Generator".
package struct CanvasShape: ImageModelShape {
    package let limits: ImageModelLimits
    private let isTitan: Bool

    /// The sides that are made of an aspect ratio: a multiple of this.
    private static let sideStep = 64
    /// About how many pixels are made of an aspect ratio.
    private static let pixels = 1024 * 1024

    /// The shape of a model; nil for a model that is none of these.
    init?(modelID: String) {
        if modelID.hasPrefix("amazon.nova-canvas") {
            isTitan = false
        } else if modelID.hasPrefix("amazon.titan-image-generator") {
            isTitan = true
        } else {
            return nil
        }
        limits = ImageModelLimits(
            promptCharacters: isTitan ? 512 : 1024, picture: .possible, takesSize: true, seeds: 0...2_147_483_646)
    }

    package func body(of request: ImageRequest) throws(ChatFailure) -> JSONObject {
        try limits.check(request)
        var words = JSONObject([("text", .string(request.prompt))])
        if let text = request.negativePrompt, !text.isEmpty { words.append("negativeText", .string(text)) }
        var body = JSONObject()
        if let picture = request.picture {
            words.append("images", [.string(Base64.encode(picture.bytes))])
            // The service's scale runs the other way: 1 keeps the picture.
            let similarity = min(max(1 - (request.strength ?? 0.3), 0.2), 1)
            words.append("similarityStrength", JSONNumber(text: "\(similarity)").map { .number($0) } ?? .null)
            body.append("taskType", "IMAGE_VARIATION")
            body.append("imageVariationParams", .object(words))
        } else {
            body.append("taskType", "TEXT_IMAGE")
            body.append("textToImageParams", .object(words))
        }
        var settings = JSONObject([("numberOfImages", 1)])
        if let size = size(of: request) {
            settings.append("width", .integer(size.width))
            settings.append("height", .integer(size.height))
        }
        if let seed = request.seed { settings.append("seed", .integer(seed)) }
        body.append("imageGenerationConfig", .object(settings))
        return body.merging(request.additional)
    }

    /// The wished size, or one of about a million pixels in the wished ratio.
    private func size(of request: ImageRequest) -> PixelSize? {
        if let size = request.size { return size }
        guard let ratio = request.aspectRatio else { return nil }
        let height = (Double(Self.pixels) * Double(ratio.height) / Double(ratio.width)).squareRoot()
        let rounded = { (side: Double) in max(1, Int((side / Double(Self.sideStep)).rounded())) * Self.sideStep }
        return PixelSize(
            width: rounded(height * Double(ratio.width) / Double(ratio.height)), height: rounded(height))
    }

    package func images(in answer: JSONValue) throws(ChatFailure) -> [String] {
        let images = (answer["images"]?.array ?? []).compactMap(\.string).filter { !$0.isEmpty }
        if !images.isEmpty { return images }
        // A blocked answer comes with status 200 and its reason here.
        let reason = answer["error"]?.string ?? "the answer holds no picture"
        let isFilter = reason.lowercased().contains("content filter")
        throw ChatFailure(isFilter ? .contentFiltered : .modelError, detail: String(reason.prefix(200)))
    }
}
