import BotConfiguration
import BotRuntime
import ChatEvents
import ModelCatalog
import OpenAIProtocol

/// What all pieces of one chat completion have in common.
struct CompletionIdentity: Hashable, Sendable {
    /// `chatcmpl-` and the id of the request.
    let id: String
    /// Seconds since 1970.
    let created: Int
    /// The model that answers, rather than the bot that was asked; the bot's name where the model's tells of an
    /// account.
    let model: String

    init(requestID: RequestID, created: Int, bot: BotConfig) {
        id = "chatcmpl-" + requestID.text
        self.created = created
        model = Self.model(of: bot)
    }

    /// The model behind a bot, as clients may know it.
    static func model(of bot: BotConfig) -> String {
        ModelCatalog.isARN(bot.model.baseID) ? bot.name : bot.model.baseID
    }
}

extension FinishReason {
    /// Why an answer ended, in the words of the API; nil where it has not ended by itself.
    init?(_ ending: AnswerEnding) {
        switch ending {
        case .complete(let reason): self = FinishReason(reason)
        case .cut: self = .length
        case .failed, .abandoned: return nil
        }
    }

    private init(_ reason: StopReason) {
        switch reason {
        case .endOfTurn, .stopSequence, .malformed, .other: self = .stop
        case .maxTokens, .contextWindowExceeded: self = .length
        case .toolUse: self = .toolCalls
        case .contentFiltered: self = .contentFilter
        }
    }
}

/// Counts what an answer took, as the API tells it.
struct CompletionMeter: Hashable, Sendable {
    /// What the request comes to by estimate, for models that do not count.
    let estimatedInput: Int
    private var counted: TokenUsage?
    private var outputSizeInBytes = 0

    init(estimatedInput: Int) { self.estimatedInput = estimatedInput }

    /// Takes note of an event.
    mutating func record(_ event: ChatEvent) {
        switch event {
        case .text(let text), .reasoning(let text), .toolCallInput(_, let text): outputSizeInBytes += text.utf8.count
        case .usage(let usage): counted = usage
        case .reasoningBlock, .toolCallStarted, .status, .file, .finished: break
        }
    }

    /// The usage as the model counted, else by estimate; cached tokens are part of the prompt's.
    var usage: CompletionUsage {
        guard let counted else {
            return CompletionUsage(promptTokens: estimatedInput, completionTokens: (outputSizeInBytes + 3) / 4)
        }
        return CompletionUsage(
            promptTokens: counted.input + counted.cacheRead + counted.cacheWrite, completionTokens: counted.output,
            cachedTokens: counted.cacheRead)
    }
}

extension FileLinks {
    /// A file as a part of a text in Markdown; a note for one that cannot be kept.
    func markdown(of file: GeneratedFile) async -> String {
        guard let link = await link(to: file) else {
            return "_A file of \(file.sizeInBytes) bytes was made and cannot be shown here._"
        }
        return file.mediaType.sort == .image ? "![\(file.name)](\(link))" : "[\(file.name)](\(link))"
    }
}
