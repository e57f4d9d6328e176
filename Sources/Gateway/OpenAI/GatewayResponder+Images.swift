import BotConfiguration
import BotRuntime
import ChatEvents
import HTTPTypes
import HummingbirdCore
import JSONCoding
import NIOCore
import OpenAIProtocol
import WallClock

/// Pictures that are asked for, ready to be made.
struct ImagesCall: Sendable {
    let bot: ServedBot
    let generation: Generation
    let request: ImageGenerationRequest
    /// Values of the bot's own parameters, by their names.
    let parameters: JSONObject
}

extension GatewayResponder {
    /// What a body asks of an image bot.
    func images(
        of body: JSONValue, _ call: OpenAICall, _ record: inout RequestRecord
    ) throws(OpenAIError) -> ImagesCall {
        let request = try ImageGenerationRequest(body)
        let bot = try bot(named: request.model, call, &record)
        guard bot.handler.map({ $0.config.kind == .image }) ?? true else {
            throw .invalid(
                "The model `\(bot.name)` does not make pictures.", param: "model",
                code: "unsupported_feature_for_model")
        }
        guard request.count == 1 else {
            throw .invalid(
                "One picture is made for each request: 'n' must be 1.", param: "n", code: "unsupported_value")
        }
        let parameters = ControlValues.names(of: bot.handler?.config).subtracting(ImageGenerationRequest.memberNames)
        if let size = request.size, !parameters.contains("size"), size != bot.handler?.config.media.size {
            let set = bot.handler?.config.media.size ?? ""
            throw .invalid(
                set.isEmpty
                    ? "The size of the pictures is the model's own; leave 'size' out."
                    : "The bot makes pictures of \(set); leave 'size' out.", param: "size", code: "unsupported_value")
        }
        return ImagesCall(
            bot: bot, generation: call.generation, request: request,
            parameters: JSONObject(
                (body.object?.members ?? []).filter { parameters.contains($0.name) }.map { ($0.name, $0.value) }))
    }

    /// Makes pictures.
    func answer(
        _ call: ImagesCall, to request: Request, heads: ResponseHeads, on channel: any Channel,
        response: PendingResponse
    ) async throws -> Answer {
        try await withBot(
            call.bot, of: call.generation, heads: heads, on: channel, response: response
        ) { admitted in
            var sink = ImagesSink(
                response, heads: admitted.heads, created: Int(state.wallClock.now().millisecondsSinceEpoch / 1000),
                format: call.request.responseFormat,
                links: FileLinks(
                    files: state.files, publicURL: state.publicURL, request: request, logger: state.logger),
                errors: state.services.errors)
            var answerCall = admitted.call
            do throws(ChatFailure) {
                answerCall.choices = try ControlValues.choices(
                    of: call.parameters, for: admitted.handler.config, takesNumbersAsTexts: true)
            } catch {
                return try await refuse(error, admitted.heads, response)
            }
            var chat = ChatRequest(messages: [ChatMessage(role: .user, text: call.request.prompt)])
            chat.overrides = answerCall.choices.overrides
            return await admitted.handler.answer(chat, call: answerCall, to: &sink)
        }
    }
}
