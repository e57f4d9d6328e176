import JSONCoding
import ModelCatalog

/// The words of an answer: what is said on command, and the paragraph for everything else.
enum SpokenText {
    /// The longest word that is said on command, in bytes.
    private static let longestWord = 256

    /// The word X of a prompt whose last sentence is `Reply with the single word X`, with or without a full stop.
    static func dictatedWord(in prompt: String) -> String? {
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
    static func paragraph(about request: ConverseRequest, subject: AnswerSubject, tokens: Int) -> String {
        let words = request.newestUserText.split(whereSeparator: \.isWhitespace).count
        return """
            This is \(subject.model.displayName) (\(subject.id)) in \(subject.region), played by the Bedrock \
            simulator: the protocol is real, but no model stands behind it. The conversation holds \
            \(counted(request.messages.count, "message")), the newest one by the user has \
            \(counted(words, "word"))\(files(in: request)), and all of it comes to about \
            \(counted(tokens, "token")). The same request always gets this same answer.
            """
    }

    /// What is said of files: how many there are and what is true of them, so that a lost one shows.
    private static func files(in request: ConverseRequest) -> String {
        let files = request.newestUserContent.compactMap(\.media)
        guard !files.isEmpty else { return "" }
        let texts = files.map { file in
            let digest = FileDigest(file)
            let format = FileRules.isKnown(file.format, file.kind) ? file.format ?? "" : "file"
            return "\(file.kind.rawValue) \(format) of \(counted(digest.byteCount, "byte")) "
                + "(sha256 \(digest.prefix))"
        }
        return " and comes with \(texts.joined(separator: ", "))"
    }

    /// What is said after tools have answered: how long each result is and its digest, never the result itself.
    static func reception(of results: [ConverseRequest.ToolResult]) -> String {
        let texts = results.map { result in
            let bytes = Array(result.texts.joined(separator: "\n").utf8)
            let files = result.media.isEmpty ? "" : " and \(counted(result.media.count, "file"))"
            return "one \(result.isError ? "failed" : "answered") with "
                + "\(counted(bytes.count, "byte"))\(files) (sha256 \(FileDigest.prefix(of: bytes)))"
        }
        return "\(counted(results.count, "tool result")) came back: \(texts.joined(separator: "; ")). "
            + "The simulator reads none of it."
    }

    /// The thoughts before an answer; like the answer they hold no word of the prompt.
    static func thoughts(about request: ConverseRequest, subject: AnswerSubject) -> String {
        let words = request.newestUserText.split(whereSeparator: \.isWhitespace).count
        return "The newest message has \(counted(words, "word")) and the conversation "
            + "\(counted(request.messages.count, "message")). As \(subject.model.displayName) played by a simulator "
            + "there is nothing to weigh, so the answer follows from the request alone."
    }

    /// A number with its noun: `1 word`, `2 words`.
    static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
