package import ChatEvents
package import JSONCoding

/// Stability AI's models that make pictures of words: Stable Image Core and Ultra, Stable Diffusion 3.5 Large.
///
/// Source: Amazon Bedrock User Guide, "Stability AI models", request and response.
package struct StabilityGenerateShape: ImageModelShape {
    package let limits: ImageModelLimits

    private static let ratios = ["16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21"]

    /// The shape of a model; nil for a model that is none of these.
    init?(modelID: String) {
        let takesPicture: Bool
        if modelID.hasPrefix("stability.stable-image-core") {
            takesPicture = false
        } else if modelID.hasPrefix("stability.stable-image-ultra") || modelID.hasPrefix("stability.sd3") {
            takesPicture = true
        } else {
            return nil
        }
        limits = ImageModelLimits(
            promptCharacters: 10_000, picture: takesPicture ? .possible : .refused,
            aspectRatios: Self.ratios.compactMap { AspectRatio($0) }, seeds: 0...4_294_967_294)
    }

    package func body(of request: ImageRequest) throws(ChatFailure) -> JSONObject {
        try limits.check(request)
        var body = JSONObject()
        body.append("prompt", .string(request.prompt))
        if let words = request.negativePrompt, !words.isEmpty { body.append("negative_prompt", .string(words)) }
        if let picture = request.picture {
            // A picture brings its own ratio, and the service refuses another.
            body.append("mode", "image-to-image")
            body.append("image", .string(Base64.encode(picture.bytes)))
            body.append("strength", JSONNumber(text: "\(request.strength ?? 0.7)").map { .number($0) } ?? .null)
        } else if let ratio = request.aspectRatio(among: limits.aspectRatios) {
            body.append("aspect_ratio", .string(ratio.description))
        }
        if let seed = request.seed { body.append("seed", .integer(seed)) }
        body.append("output_format", .string(request.format.rawValue))
        return body.merging(request.additional)
    }

    package func images(in answer: JSONValue) throws(ChatFailure) -> [String] {
        try StabilityAnswer.images(in: answer)
    }
}

/// The answer that all of Stability AI's models give.
enum StabilityAnswer {
    /// The pictures.
    ///
    /// The reasons are looked at first: beside one that is not null, a picture is missing or blurred, and the status is
    /// 200 all the same.
    static func images(in answer: JSONValue) throws(ChatFailure) -> [String] {
        for reason in answer["finish_reasons"]?.array ?? [] {
            guard let text = reason.string else { continue }
            let isFilter = text.lowercased().contains("filter")
            throw ChatFailure(isFilter ? .contentFiltered : .modelError, detail: "the model says: \(text.prefix(200))")
        }
        let images = (answer["images"]?.array ?? []).compactMap(\.string).filter { !$0.isEmpty }
        guard !images.isEmpty else { throw ChatFailure(.modelError, detail: "the answer holds no picture") }
        return images
    }
}

extension ImageRequest {
    /// The wished aspect ratio, or the nearest to the wished size; nil when neither is wished.
    func aspectRatio(among ratios: [AspectRatio]) -> AspectRatio? {
        if let aspectRatio {
            return PixelSize(width: aspectRatio.width, height: aspectRatio.height)
                .flatMap { AspectRatio.nearest(to: $0, among: ratios) }
        }
        return size.flatMap { AspectRatio.nearest(to: $0, among: ratios) }
    }
}

extension JSONObject {
    /// The object with further members, which go over its own.
    func merging(_ other: JSONObject) -> JSONObject {
        var result = self
        for member in other.members { result[member.name] = member.value }
        return result
    }
}
