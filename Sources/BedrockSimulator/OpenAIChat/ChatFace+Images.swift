import Hummingbird
import HummingbirdCore
import JSONCoding
import ModelCatalog
import OpenAIProtocol
import WallClock

extension ChatFace {
    /// `POST /v1/images/generations`, answered in base64.
    ///
    /// Source: OpenAI API reference, "Create image".
    func makeImages(_ request: IncomingRequest) async throws -> Response {
        let body = try Self.json(of: request)
        let model = body["model"]?.string ?? "simulated-image"
        let fault = try await fault(for: request, "images-generations", model: model)
        if let response = fault?.chatResponse(requestID: request.id) { return response }
        _ = try facts(of: model, kinds: [.image])
        guard let prompt = body["prompt"]?.string, !prompt.isEmpty else {
            throw OpenAIError.invalid("Missing required parameter: 'prompt'.", param: "prompt")
        }
        guard !PromptTrigger.contentFilter.isPulled(by: prompt) else {
            throw OpenAIError.invalid(
                "Your request was rejected by the safety system.", param: nil, code: "moderation_blocked")
        }
        let (width, height) = try Self.size(body["size"]?.string ?? "1024x1024")
        let count = body["n"]?.integer ?? 1
        guard (1...10).contains(count) else {
            throw OpenAIError.invalid("'n' must be from 1 to 10", param: "n", code: "invalid_value")
        }
        let isJPEG = body["output_format"]?.string == "jpeg"
        let images = (0..<count).map { number -> JSONValue in
            let picture = Picture(width: width, height: height, key: "\(model) \(number) \(prompt)")
            let bytes = isJPEG ? JPEGEncoder.encode(picture) : PNGEncoder.encode(picture)
            return ["b64_json": .string(Base64.encoded(bytes))]
        }
        let tokens = TokenEstimate.tokens(bytes: prompt.utf8.count)
        let answer: JSONValue = [
            "created": .integer(configuration.clock.now().millisecondsSinceEpoch / 1000), "data": .array(images),
            "usage": [
                "input_tokens": .integer(tokens), "output_tokens": .integer(count * 1056),
                "total_tokens": .integer(tokens + count * 1056),
            ],
        ]
        return whole(answer.encoded(), request, fault: fault)
    }

    private static func size(_ text: String) throws(OpenAIError) -> (Int, Int) {
        if text == "auto" { return (1024, 1024) }
        let sides = text.split(separator: "x").compactMap { Int($0) }
        guard sides.count == 2, sides.allSatisfy((16...2048).contains) else {
            throw .invalid("Invalid value: '\(text.prefix(20))'.", param: "size", code: "invalid_value")
        }
        return (sides[0], sides[1])
    }
}
