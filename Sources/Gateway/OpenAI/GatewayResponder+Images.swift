import AttachmentFetching
import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import OpenAIProtocol
import WallClock

/// Pictures that are asked for, ready to be made.
struct ImagesCall: Sendable {
    let bot: ServedBot
    let generation: Generation
    let prompt: String
    /// What the model starts from.
    var picture: ChatEvents.Attachment?
    let responseFormat: ImageGenerationRequest.ResponseFormat
    /// Values of the bot's own parameters, by their names.
    let parameters: JSONObject
}

// MARK: - What is asked

extension GatewayResponder {
    /// What a body asks of an image bot.
    func images(
        of body: JSONValue, _ call: OpenAICall, _ record: inout RequestRecord
    ) throws(OpenAIError) -> ImagesCall {
        let request = try ImageGenerationRequest(body)
        let bot = try bot(named: request.model, call, &record)
        let parameters = try Self.check(bot, for: .imageGenerations, count: request.count, size: request.size)
        return ImagesCall(
            bot: bot, generation: call.generation, prompt: request.prompt, responseFormat: request.responseFormat,
            parameters: JSONObject(
                (body.object?.members ?? []).filter { parameters.contains($0.name) }.map { ($0.name, $0.value) }))
    }

    /// What a form asks of a bot that changes pictures.
    func changedImages(
        of form: MultipartForm, _ call: OpenAICall, _ record: inout RequestRecord
    ) throws(OpenAIError) -> ImagesCall {
        let request = try ImageEditRequest(form)
        let bot = try bot(named: request.model, call, &record)
        let parameters = try Self.check(bot, for: .imageEdits, count: request.count, size: request.size)
        let fields = request.additional.filter { parameters.contains($0.name) }
        return ImagesCall(
            bot: bot, generation: call.generation, prompt: request.prompt,
            picture: try Self.picture(request.image, for: bot), responseFormat: request.responseFormat,
            parameters: ControlValues.values(ofTexts: fields, for: bot.handler?.config))
    }

    /// Refuses what a bot does not do.
    ///
    /// - Returns: The names of the bot's own parameters.
    private static func check(
        _ bot: ServedBot, for endpoint: RoutePattern, count: Int, size: String?
    ) throws(OpenAIError) -> Set<String> {
        if let config = bot.handler?.config, !config.pictureEndpoints.contains(endpoint) {
            let other = config.pictureEndpoints.first.map { " Use POST \($0.rawValue)." } ?? ""
            let lack =
                switch endpoint {
                case .imageEdits where config.kind == .image: "makes pictures of words and takes none"
                case .imageGenerations where config.kind == .image: "changes pictures and makes none of words alone"
                default: "does not make pictures"
                }
            throw .invalid(
                "The model `\(bot.name)` \(lack).\(other)", param: "model", code: "unsupported_feature_for_model")
        }
        guard count == 1 else {
            throw .invalid(
                "One picture is made for each request: 'n' must be 1.", param: "n", code: "unsupported_value")
        }
        let parameters = ControlValues.names(of: bot.handler?.config).subtracting(ImageGenerationRequest.memberNames)
        if let size, !parameters.contains("size"), size != bot.handler?.config.media.size {
            let set = bot.handler?.config.media.size ?? ""
            throw .invalid(
                set.isEmpty
                    ? "The size of the pictures is the model's own; leave 'size' out."
                    : "The bot makes pictures of \(set); leave 'size' out.", param: "size", code: "unsupported_value")
        }
        return parameters
    }

    private static func picture(
        _ part: MultipartForm.Part, for bot: ServedBot
    ) throws(OpenAIError) -> ChatEvents.Attachment {
        let limit = bot.handler?.config.attachments.sizeLimitInBytes ?? .max
        guard part.bytes.count <= limit else { throw .fileTooLarge(limitInBytes: limit, at: "image") }
        let (name, bytes) = (part.fileName ?? "image", Array(part.bytes))
        let type = FileType.look(at: bytes, declared: MediaType(part.contentType ?? ""), name: name)
        guard type.sort == .image else { throw .unreadableImage(at: "image") }
        return ChatEvents.Attachment(name: name, mediaType: type, bytes: bytes)
    }
}

// MARK: - The answer

extension GatewayResponder {
    /// Prepares the pictures.
    @inline(never) func prepare(_ call: ImagesCall, _ client: ClientCall) async throws -> Preparation {
        let opened: OpenedAnswer
        do { opened = try open(call.bot, of: call.generation, for: client) } catch {
            return .over(try await refuse(error, heads(for: client, of: call.bot, error.room), client.response))
        }
        let heads = heads(for: client, of: call.bot)
        let sink = ImagesSink(
            client.response, heads: heads, created: Int(state.wallClock.now().millisecondsSinceEpoch / 1000),
            format: call.responseFormat, links: links(for: client), errors: state.services.errors)
        var answerCall = opened.call
        do throws(ChatFailure) {
            answerCall.choices = try ControlValues.choices(
                of: call.parameters, for: opened.handler.config, takesNumbersAsTexts: true)
        } catch {
            opened.close()
            return .over(try await refuse(error, heads, client.response))
        }
        var content: [ChatContent] = [.text(call.prompt)]
        if let picture = call.picture { content.append(.attachment(picture)) }
        var chat = ChatRequest(messages: [ChatMessage(role: .user, content: content)])
        chat.overrides = answerCall.choices.overrides
        return .ready(
            PreparedAnswer(to: client, of: call.bot, opened, request: chat, call: answerCall, sink: .free(sink)))
    }
}
