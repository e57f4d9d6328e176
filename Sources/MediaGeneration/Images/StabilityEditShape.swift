package import ChatEvents
package import JSONCoding

/// Stability AI's services that change a picture: removing a background, and making it larger.
///
/// Source: Amazon Bedrock User Guide, "Stability AI Image Services".
package struct StabilityEditShape: ImageModelShape {
    private enum Service: String, CaseIterable {
        case removeBackground = "stability.stable-image-remove-background"
        case fastUpscale = "stability.stable-fast-upscale"
        case conservativeUpscale = "stability.stable-conservative-upscale"
        case creativeUpscale = "stability.stable-creative-upscale"

        var takesPrompt: Bool { self == .conservativeUpscale || self == .creativeUpscale }
        /// A cut-out needs transparency, which JPEG has not.
        var needsPNG: Bool { self == .removeBackground }
    }

    private let service: Service
    package let limits: ImageModelLimits

    /// The shape of a model; nil for a model that is none of these.
    init?(modelID: String) {
        guard let service = Service.allCases.first(where: { modelID.hasPrefix($0.rawValue) }) else { return nil }
        self.service = service
        limits = ImageModelLimits(
            promptCharacters: 10_000, needsPrompt: service.takesPrompt, picture: .needed, seeds: 0...4_294_967_294)
    }

    package func body(of request: ImageRequest) throws(ChatFailure) -> JSONObject {
        try limits.check(request)
        var body = JSONObject()
        if let picture = request.picture { body.append("image", .string(Base64.encode(picture.bytes))) }
        if service.takesPrompt {
            body.append("prompt", .string(request.prompt))
            if let words = request.negativePrompt, !words.isEmpty { body.append("negative_prompt", .string(words)) }
            if let seed = request.seed { body.append("seed", .integer(seed)) }
        }
        body.append("output_format", service.needsPNG ? "png" : .string(request.format.rawValue))
        return body.merging(request.additional)
    }

    package func images(in answer: JSONValue) throws(ChatFailure) -> [String] {
        try StabilityAnswer.images(in: answer)
    }
}
