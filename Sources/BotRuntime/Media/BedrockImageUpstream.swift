import BotConfiguration
import Bedrock
import ChatEvents
import JSONCoding
import Logging
import MediaGeneration

/// An image model behind Amazon Bedrock, asked through InvokeModel, in another region where the first ones cannot
/// answer.
struct BedrockImageUpstream: MediaUpstream {
    private let route: BedrockUpstream.Route
    private let failover: RegionFailover<BedrockUpstream.Route>
    private let shape: any ImageModelShape
    private let guardrail: GuardrailReference?
    private let logger: Logger

    /// The largest picture that is passed on, in bytes: several times what a model makes of four million pixels.
    private static let pictureLimitInBytes = 16 << 20
    /// The longest answer that is read: such a picture in base64, and what stands around it.
    private static let answerLimitInBytes = 24 << 20

    // A picture of a million pixels has up to two million bytes; it is there as bytes, in base64 and in the answer.
    let heldBytes = 8 << 20
    let fileBytes = 2 << 20

    /// Makes the way to a model.
    ///
    /// - Parameters:
    ///   - route: Where the model is called.
    ///   - alternatives: Where it is called next, in this order, when a region fails.
    ///   - patience: How long the model may take, over all regions.
    ///   - shape: How the model is asked.
    ///   - guardrail: What watches the calls.
    ///   - logger: Gets what is worth knowing beside the answers.
    init(
        _ route: BedrockUpstream.Route, alternatives: [BedrockUpstream.Route], patience: Duration,
        shape: any ImageModelShape, guardrail: GuardrailReference?, logger: Logger
    ) {
        self.route = route
        failover = RegionFailover(route, then: alternatives, patience: patience)
        self.shape = shape
        self.guardrail = guardrail
        self.logger = logger
    }

    func bound(of order: MediaOrder) -> AnswerCost {
        AnswerCost(usage: TokenUsage(input: 0, output: 0), images: 1)
    }

    func make(_ order: MediaOrder, call: MediaCall, deliver: ([ChatEvent]) async throws -> Void) async throws {
        let body = JSONValue.object(try shape.body(of: ImageRequest(order))).encoded()
        try await deliver([.status(order.picture == nil ? "Making the picture…" : "Working on the picture…")])
        let response = try await invoke(body, requestID: call.requestID)
        // As the answer's bytes, as its texts, and as the pictures themselves.
        call.share.grow(to: 3 * response.body.count)
        let answer: JSONValue
        do {
            answer = try JSONParser.parse(response.body)
        } catch {
            throw ChatFailure(
                .modelError, detail: "the answer is no JSON: \(error)", upstreamRequestID: response.requestID)
        }
        let pictures = try shape.images(in: answer)
        call.bill.setImages(pictures.count)
        let events = try pictures.enumerated().map { index, text in
            ChatEvent.file(try Self.file(text, number: index + 1, of: order, requestID: response.requestID))
        }
        try await deliver(events + [.finished(.endOfTurn)])
    }

    private func invoke(_ body: [UInt8], requestID: String) async throws -> InvokeModelResponse {
        var answer: InvokeModelResponse?
        try await failover.run { failure, failed, next in
            guard RegionFailover<BedrockUpstream.Route>.mayHelp(after: failure) else { return false }
            logger.notice(
                "upstream region failed; the next one is asked",
                metadata: [
                    "request.id": "\(requestID)", "upstream.region": "\(failed.client.region)",
                    "upstream.next_region": "\(next.client.region)",
                    "upstream.error": "\(failure.upstreamCode ?? failure.kind.rawValue)",
                ])
            return true
        } _: { turn in
            var request = InvokeModelRequest(modelID: turn.region.modelID, body: body, guardrail: guardrail)
            request.answerLimitInBytes = Self.answerLimitInBytes
            answer = try await turn.region.client.invokeModel(
                request, requestID: requestID, retryDeadline: turn.deadline,
                answerDeadline: turn.isLast ? nil : turn.deadline)
        }
        guard let answer else { throw ChatFailure(.internalError, detail: "no region was asked") }
        return answer
    }

    func describe(_ order: MediaOrder) -> UpstreamDescription {
        var order = order
        if shape.limits.picture == .needed {
            order = MediaOrder(prompt: order.prompt, picture: .smallestPicture, bot: order.bot)
        }
        return UpstreamDescription(
            operation: "InvokeModel", url: route.client.url(of: BedrockClient.path(of: "invoke", on: route.modelID)),
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
        guard bytes.count <= pictureLimitInBytes else {
            throw ChatFailure(
                .modelError, detail: "picture \(number) of the answer has \(bytes.count) bytes",
                upstreamRequestID: requestID)
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
