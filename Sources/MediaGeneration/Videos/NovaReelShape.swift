package import ChatEvents
package import JSONCoding

/// Amazon Nova Reel, whose service life has ended; its shape is kept for old configurations and for the simulator.
///
/// Source: Amazon Nova User Guide, "Generating videos".
package struct NovaReelShape: VideoModelShape {
    package let limits: VideoModelLimits
    private let makesLongVideos: Bool

    private static let secondsOfShot = 6
    private static let longestPromptOfShot = 512

    /// The shape of a model; nil for a model that is none of these.
    init?(modelID: String) {
        guard modelID.hasPrefix("amazon.nova-reel") else { return nil }
        makesLongVideos = !modelID.hasSuffix("v1:0")
        limits = VideoModelLimits(
            promptCharacters: makesLongVideos ? 4000 : Self.longestPromptOfShot,
            aspectRatios: ["16:9"].compactMap { AspectRatio($0) },
            seconds: makesLongVideos ? Array(stride(from: 6, through: 120, by: 6)) : [6], lines: [720])
    }

    package func input(of request: VideoRequest) throws(ChatFailure) -> JSONObject {
        try limits.check(request)
        let seconds = seconds(of: request)
        var input = JSONObject()
        if seconds > Self.secondsOfShot {
            input.append("taskType", "MULTI_SHOT_AUTOMATED")
            input.append("multiShotAutomatedParams", ["text": .string(request.prompt)])
        } else {
            guard request.prompt.unicodeScalars.count <= Self.longestPromptOfShot else {
                throw ChatFailure(
                    .inputTooLong, detail: "a prompt for one shot has at most 512 characters",
                    advice: .shortenPrompt(limit: Self.longestPromptOfShot))
            }
            var words = JSONObject([("text", .string(request.prompt))])
            if let picture = request.picture, let type = PictureProbe(picture.bytes)?.mediaType {
                let format = type.description == "image/png" ? "png" : "jpeg"
                words.append(
                    "images",
                    [["format": .string(format), "source": ["bytes": .string(Base64.encode(picture.bytes))]]])
            }
            input.append("taskType", "TEXT_VIDEO")
            input.append("textToVideoParams", .object(words))
        }
        var settings = JSONObject([("durationSeconds", .integer(seconds)), ("fps", 24), ("dimension", "1280x720")])
        if let seed = request.seed { settings.append("seed", .integer(seed)) }
        input.append("videoGenerationConfig", .object(settings))
        return input.merging(request.additional)
    }

    package func seconds(of request: VideoRequest) -> Int {
        guard makesLongVideos, request.picture == nil, let wish = request.seconds else { return Self.secondsOfShot }
        return min(max((wish + 5) / 6, 1), 20) * 6
    }
}
