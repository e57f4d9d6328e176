import BotConfiguration
import Bedrock
import ChatEvents
import JSONCoding
import MediaGeneration

/// An image model behind Amazon Bedrock, asked through InvokeModel.
struct BedrockImageUpstream: MediaUpstream {
    let client: BedrockClient
    let modelID: String
    let shape: any ImageModelShape

    func make(_ order: MediaOrder, requestID: String, deliver: ([ChatEvent]) async throws -> Void) async throws {
        let body = try shape.body(of: ImageRequest(order))
        try await deliver([.status(order.picture == nil ? "Making the picture…" : "Working on the picture…")])
        let response = try await client.invokeModel(
            InvokeModelRequest(modelID: modelID, body: JSONValue.object(body).encoded()), requestID: requestID)
        let answer: JSONValue
        do {
            answer = try JSONParser.parse(response.body)
        } catch {
            throw ChatFailure(
                .modelError, detail: "the answer is no JSON: \(error)", upstreamRequestID: response.requestID)
        }
        let events = try shape.images(in: answer).enumerated().map { index, text in
            ChatEvent.file(try Self.file(text, number: index + 1, of: order, requestID: response.requestID))
        }
        try await deliver(events + [.finished(.endOfTurn)])
    }

    func amount(of order: MediaOrder, files: Int) -> (images: Int, videoSeconds: Int) { (files, 0) }

    func describe(_ order: MediaOrder) -> UpstreamDescription {
        var order = order
        if shape.limits.picture == .needed {
            order = MediaOrder(prompt: order.prompt, picture: .smallestPicture, bot: order.bot)
        }
        return UpstreamDescription(
            operation: "InvokeModel", url: client.url(of: BedrockClient.path(of: "invoke", on: modelID)),
            exampleRequest: (try? shape.body(of: ImageRequest(order))).map { .object($0) } ?? .null)
    }

    /// The picture as a file: its type by its own bytes, not by what was asked for.
    private static func file(
        _ text: String, number: Int, of order: MediaOrder, requestID: String?
    ) throws(ChatFailure) -> GeneratedFile {
        guard let bytes = Base64.decode(text), let probe = PictureProbe(bytes) else {
            throw ChatFailure(
                .modelError, detail: "picture \(number) of the answer cannot be read", upstreamRequestID: requestID)
        }
        let kind = probe.mediaType.description.dropFirst("image/".count)
        let ending = kind == "jpeg" ? "jpg" : String(kind)
        return GeneratedFile(
            name: "\(order.bot.name)-\(number).\(ending)", mediaType: probe.mediaType, bytes: bytes)
    }
}

extension ImageRequest {
    /// The request that an order is, with the bot's parameters.
    init(_ order: MediaOrder) {
        let media = order.bot.media
        self.init(
            prompt: order.prompt, negativePrompt: media.negativePrompt,
            aspectRatio: media.aspectRatio.flatMap { AspectRatio($0) }, size: media.size.flatMap { PixelSize($0) },
            seed: media.seed, strength: media.strength,
            format: media.outputFormat.flatMap(ImageFileFormat.init(rawValue:)) ?? .png, picture: order.picture,
            additional: order.bot.parameters.additional)
    }
}
