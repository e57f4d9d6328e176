package import ChatEvents
package import JSONCoding

/// Luma Ray.
///
/// Source: Amazon Bedrock User Guide, "Luma AI models".
package struct LumaRayShape: VideoModelShape {
    package let limits = VideoModelLimits(
        promptCharacters: 5000,
        aspectRatios: ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "9:21"].compactMap { AspectRatio($0) },
        seconds: [5, 9], lines: [540, 720])

    /// The shape of a model; nil for a model that is none of Luma's.
    init?(modelID: String) {
        guard modelID.hasPrefix("luma.ray") else { return nil }
    }

    package func input(of request: VideoRequest) throws(ChatFailure) -> JSONObject {
        try limits.check(request)
        var input = JSONObject()
        input.append("prompt", .string(request.prompt))
        if let ratio = request.aspectRatio.flatMap({ PixelSize(width: $0.width, height: $0.height) })
            .flatMap({ AspectRatio.nearest(to: $0, among: limits.aspectRatios) })
        {
            input.append("aspect_ratio", .string(ratio.description))
        }
        if request.isLoop { input.append("loop", true) }
        input.append("duration", .string("\(seconds(of: request))s"))
        if let lines = request.lines { input.append("resolution", .string("\(lines > 540 ? 720 : 540)p")) }
        if let picture = request.picture, let type = PictureProbe(picture.bytes)?.mediaType {
            let source: JSONValue = [
                "type": "base64", "media_type": .string(type.description),
                "data": .string(Base64.encode(picture.bytes)),
            ]
            input.append("keyframes", ["frame0": ["type": "image", "source": source]])
        }
        return input.merging(request.additional)
    }

    package func seconds(of request: VideoRequest) -> Int { (request.seconds ?? 5) > 5 ? 9 : 5 }
}
