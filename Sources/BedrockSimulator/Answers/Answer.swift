import ModelCatalog

/// What the simulated model says, which depends on the request alone.
struct Answer: Sendable, Hashable {
    /// Why the model stopped.
    ///
    /// Source: Amazon Bedrock API reference, Converse, stopReason.
    enum StopReason: String, Sendable, Hashable {
        case endTurn = "end_turn"
        case maxTokens = "max_tokens"
        case stopSequence = "stop_sequence"
    }

    /// The text in the pieces of a stream; joined they are the whole text.
    let deltas: [String]
    let stopReason: StopReason
    /// An estimate, at least 1.
    let inputTokens: Int
    /// An estimate.
    let outputTokens: Int

    /// The whole text.
    var text: String { deltas.joined() }

    /// The answer to a request that keeps all rules.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - model: The facts of the model that it names.
    ///   - id: The model id as the caller named it.
    ///   - region: The region of the call.
    init(to request: ConverseRequest, of model: ModelFacts, calledAs id: String, in region: String) {
        inputTokens = max(1, TokenEstimate.tokens(bytes: request.textBytes))
        let text =
            Self.dictatedWord(in: request.newestUserText)
            ?? Self.paragraph(about: request, model: model, id: id, region: region, tokens: inputTokens)
        let (cut, reason) = Self.cut(text, by: request.inference)
        deltas = Self.words(of: cut)
        stopReason = reason
        outputTokens = TokenEstimate.tokens(bytes: cut.utf8.count)
    }

    // MARK: - What is said

    /// The longest word that is said on command, in bytes.
    private static let longestWord = 256

    /// The word X of a prompt whose last sentence is `Reply with the single word X`, with or without a full stop.
    private static func dictatedWord(in prompt: String) -> String? {
        let command = "reply with the single word "
        var text = prompt[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.last == "." { text.removeLast() }
        guard let space = text.lastIndex(where: \.isWhitespace) else { return nil }
        let word = text[text.index(after: space)...]
        let before = text[...space].suffix(command.count + 1).lowercased()
        guard (1...longestWord).contains(word.utf8.count), before.hasSuffix(command) else { return nil }
        return before.dropLast(command.count).allSatisfy(\.isWhitespace) ? String(word) : nil
    }

    /// A paragraph that says which model was called with how much, and holds no word of the prompt: an echo would let
    /// every smoke case pass.
    private static func paragraph(
        about request: ConverseRequest, model: ModelFacts, id: String, region: String, tokens: Int
    ) -> String {
        let prompt = request.newestUserText
        let words = prompt.split(whereSeparator: \.isWhitespace).count
        return """
            This is \(model.displayName) (\(id)) in \(region), played by the Bedrock simulator: the protocol is real, \
            but no model stands behind it. The conversation holds \(counted(request.messages.count, "message")), the \
            newest one by the user has \(counted(words, "word")), and all of it comes to about \
            \(counted(tokens, "token")). The same request always gets this same answer.
            """
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    // MARK: - How it is cut

    /// The text up to the first stop sequence or the limit, whichever comes first.
    private static func cut(
        _ text: String, by inference: ConverseRequest.InferenceConfiguration
    ) -> (text: String, reason: StopReason) {
        let stop = inference.stopSequences.compactMap { firstOffset(of: $0, in: text) }.min()
        let length = stop ?? text.utf8.count
        if let maxTokens = inference.maxTokens, TokenEstimate.tokens(bytes: length) > maxTokens {
            return (prefix(of: text, bytes: maxTokens * TokenEstimate.bytesPerToken), .maxTokens)
        }
        return (prefix(of: text, bytes: length), stop == nil ? .endTurn : .stopSequence)
    }

    /// The whole characters within the first bytes.
    private static func prefix(of text: String, bytes: Int) -> String {
        var length = 0
        return String(
            text.prefix { character in
                length += character.utf8.count
                return length <= bytes
            })
    }

    /// The byte offset at which the sequence first occurs.
    private static func firstOffset(of sequence: String, in text: String) -> Int? {
        let (text, sequence) = (Array(text.utf8), Array(sequence.utf8))
        guard !sequence.isEmpty, sequence.count <= text.count else { return nil }
        return (0...text.count - sequence.count).first { text[$0...].starts(with: sequence) }
    }

    /// The words, each with the white space in front of it.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var current = ""
        for character in text {
            if character.isWhitespace, current.contains(where: { !$0.isWhitespace }) {
                words.append(current)
                current = ""
            }
            current.append(character)
        }
        if !current.isEmpty { words.append(current) }
        return words
    }
}
