import JSONCoding
import ModelCatalog

/// What a request for a video wants made.
struct FilmRequest: Sendable {
    /// All texts that say what the film shows.
    let prompt: String
    let width: Int
    let height: Int
    let seconds: Int

    /// Reads the input in the model's own words.
    ///
    /// Source: Amazon Bedrock user guide, "Luma AI models"; Amazon Nova user guide, "Video generation request".
    ///
    /// - Throws: ``ServiceError`` when a member is missing or out of range, or the model makes no video.
    init(_ input: JSONObject, of model: ModelFacts) throws(ServiceError) {
        switch model.invokeFamily {
        case .lumaRay2: try self.init(luma: input)
        case .novaReel: try self.init(novaReel: input, isMultiShot: model.id.hasSuffix("v1:1"))
        case .stabilityGenerate, .stabilityEdit, .novaCanvas, .titanImage, nil:
            throw .validation("The provided model doesn't support asynchronous invocation.")
        }
        guard !PromptTrigger.contentFilter.isPulled(by: prompt) else {
            throw .validation(
                "This request has been blocked by our content filters. Please adjust your text prompt to submit a new "
                    + "request.")
        }
    }

    private init(luma input: JSONObject) throws(ServiceError) {
        prompt = try ImageFields.requiredText("prompt", input, 1...5000)
        seconds = try ImageFields.choice("duration", input, ["5s", "9s"]) == "9s" ? 9 : 5
        let side = try ImageFields.choice("resolution", input, ["540p", "720p"]) == "540p" ? 540 : 720
        _ = try JSONReading.bool(input["loop"])
        let ratio = try ImageFields.choice(
            "aspect_ratio", input, ["1:1", "16:9", "9:16", "4:3", "3:4", "21:9", "9:21"])
        let parts = (ratio ?? "16:9").split(separator: ":").compactMap { Int($0) }
        let (wide, high) = (parts.first ?? 16, parts.last ?? 9)
        let long = side * max(wide, high) / min(wide, high) / 4 * 4
        (width, height) = wide >= high ? (long, side) : (side, long)
        for (name, frame) in (try JSONReading.optionalObject(input["keyframes"]) ?? [:]).map({ ($0.name, $0.value) }) {
            guard ["frame0", "frame1"].contains(name) else { throw .validation("keyframes.\(name): unknown frame") }
            let place = "keyframes.\(name).source.data"
            guard try ImageFields.image(place, frame["source"]?["data"], sides: 16...8192) != nil else {
                throw .validation("\(place): field required")
            }
        }
    }

    private init(novaReel input: JSONObject, isMultiShot: Bool) throws(ServiceError) {
        let configuration = try JSONReading.optionalObject(input["videoGenerationConfig"]) ?? [:]
        guard try ImageFields.choice("dimension", configuration, ["1280x720"]) != nil else {
            throw .validation("videoGenerationConfig.dimension: field required")
        }
        _ = try ImageFields.integer("fps", configuration, 24...24)
        _ = try ImageFields.integer("seed", configuration, 0...2_147_483_646)
        (width, height) = (1280, 720)
        switch try JSONReading.string(input["taskType"]) {
        case "TEXT_VIDEO":
            let parameters = try JSONReading.optionalObject(input["textToVideoParams"]) ?? [:]
            prompt = try ImageFields.requiredText("text", parameters, 1...512)
            seconds = try ImageFields.integer("durationSeconds", configuration, 6...6) ?? 6
            for image in try JSONReading.list(parameters["images"]) {
                try Self.checkImage(image)
            }
        case "MULTI_SHOT_AUTOMATED" where isMultiShot:
            let parameters = try JSONReading.optionalObject(input["multiShotAutomatedParams"]) ?? [:]
            prompt = try ImageFields.requiredText("text", parameters, 1...4000)
            seconds = try ImageFields.integer("durationSeconds", configuration, 12...120) ?? 12
            guard seconds % 6 == 0 else { throw .validation("durationSeconds: must be a multiple of 6") }
        case "MULTI_SHOT_MANUAL" where isMultiShot:
            let shots = try JSONReading.list(input["multiShotManualParams"]?["shots"])
            guard (2...20).contains(shots.count) else { throw .validation("shots: from 2 to 20 are needed") }
            var texts: [String] = []
            for shot in shots { texts.append(try ImageFields.requiredText("text", JSONReading.object(shot), 1...512)) }
            prompt = texts.joined(separator: "\n")
            seconds = shots.count * 6
        default: throw .validation("taskType: the model knows no such task")
        }
    }

    private static func checkImage(_ image: JSONValue) throws(ServiceError) {
        if image["source"]?["s3Location"] != nil { return }
        let probe = try ImageFields.image("images.source.bytes", image["source"]?["bytes"], sides: 1...8192)
        guard let probe, probe.width == 1280, probe.height == 720 else {
            throw .validation("The input image must be 1280 x 720 pixels.")
        }
    }
}
