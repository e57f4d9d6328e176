package import ChatEvents

/// Turns a Poe query into a request to a model.
///
/// Turns of one speaker that stand beside each other stay apart, and a history may start with an answer: the adapter
/// of the model's service repairs what its service refuses. The bot's own system prompt is not added here; whoever
/// adds it asks ``PoeQuery/skipsSystemPrompt`` first.
package struct PoeChatAdapter: Hashable, Sendable {
    /// Whether text that Poe found in an attachment goes to the model.
    package var expandsTextAttachments: Bool
    /// Whether descriptions that Poe made of images go to the model.
    package var enablesImageComprehension: Bool

    package init(expandsTextAttachments: Bool, enablesImageComprehension: Bool) {
        self.expandsTextAttachments = expandsTextAttachments
        self.enablesImageComprehension = enablesImageComprehension
    }

    /// The query in no protocol's terms.
    ///
    /// - `user` and `bot` messages become turns of the user and the assistant; thoughts that were quoted in an answer
    ///   are taken out of it. Messages of unknown roles are left out, as the protocol asks.
    /// - Tool calls and their results, in messages or in the query itself, become blocks of their own; those of the
    ///   query stand at the end. A `tool` message that holds something else is told as the user's.
    /// - `system` messages, wherever they stand, become the system text, apart by a blank line.
    /// - Attachments of every turn, not only of the newest, become turns of the user: before the user's message, after
    ///   the bot's. One whose content cannot be passed on leaves a note with its name and type.
    /// - Messages without any visible text are left out; model services refuse them.
    ///
    /// - Parameter query: What Poe sent.
    /// - Returns: The conversation, the system text and the sampling hints. There may be no message at all.
    package func chatRequest(for query: PoeQuery) -> ChatRequest {
        var messages: [ChatMessage] = []
        var system: [String] = []
        for message in query.messages {
            let attached = message.attachments.map { ChatMessage(role: .user, text: text(for: $0)) }
            switch message.role {
            case .user: messages += attached + turns(.user, message.content)
            case .tool: messages += attached + results(message.content)
            case .bot: messages += answers(message) + attached
            case .system:
                if message.content.hasVisibleText { system.append(message.content) }
                messages += attached
            case .other: continue
            }
        }
        append(
            PoeToolReader.calls(query.toolCalls ?? []), PoeToolReader.results(query.toolResults ?? []), to: &messages)
        let definitions = PoeToolReader.definitions(query.tools ?? [])
        return ChatRequest(
            messages: messages, system: system.joined(separator: "\n\n"),
            sampling: Sampling(
                temperature: query.temperature, stopSequences: query.stopSequences.filter { !$0.isEmpty }
            ),
            tools: definitions.isEmpty ? nil : ToolUse(definitions: definitions)
        )
    }

    private func turns(_ role: ChatMessage.Role, _ content: String, prefix: String = "") -> [ChatMessage] {
        content.hasVisibleText ? [ChatMessage(role: role, text: prefix + content)] : []
    }

    private func answers(_ message: PoeMessage) -> [ChatMessage] {
        if message.messageType == "function_call", let list = PoeToolReader.list(in: message.content) {
            let calls = PoeToolReader.calls(list)
            if !calls.isEmpty { return [ChatMessage(role: .assistant, content: calls.map { .toolCall($0) })] }
        }
        return turns(.assistant, QuotedThoughts.removed(from: message.content))
    }

    private func results(_ content: String) -> [ChatMessage] {
        let results = PoeToolReader.results(PoeToolReader.list(in: content) ?? [])
        guard results.isEmpty else {
            return [ChatMessage(role: .user, content: results.map { .toolResult($0) })]
        }
        return turns(.user, content, prefix: "Result of a tool call:\n\n")
    }

    private func append(_ calls: [ToolCall], _ results: [ToolResult], to messages: inout [ChatMessage]) {
        if !calls.isEmpty { messages.append(ChatMessage(role: .assistant, content: calls.map { .toolCall($0) })) }
        if !results.isEmpty { messages.append(ChatMessage(role: .user, content: results.map { .toolResult($0) })) }
    }

    private func text(for attachment: PoeAttachment) -> String {
        let type = MediaType(attachment.contentType)
        let name = attachment.name.asLabel(orElse: "without a name")
        guard let content = attachment.parsedContent, content.hasVisibleText,
            type.isImage ? enablesImageComprehension : expandsTextAttachments
        else {
            return "[Attached file: \(name) (\(type.text)). Its content cannot be read here.]"
        }
        if type.isImage { return imageText(content, attachmentName: name) }
        if type.text == "text/html" { return "Content of the web page \(name):\n\n\(content)" }
        return "Content of the attached file \(name):\n\n\(content)"
    }

    /// Poe writes the name of the image, `***` and the description; without the stars all of it is the description.
    private func imageText(_ content: String, attachmentName: String) -> String {
        var name = attachmentName
        var description = content[...]
        if let parts = content.split(atFirst: "***") {
            name = parts.before.asLabel(orElse: attachmentName)
            description = parts.after
        }
        return """
            The image \(name) is attached. This is what it shows:

            <image_description>
            \(description.trimmed)
            </image_description>

            Use the description as if you saw the image yourself, without mentioning it, and answer in the language of \
            the user.
            """
    }
}

/// A MIME type without its parameters.
private struct MediaType {
    let text: String

    init(_ value: String) {
        text = value.prefix { $0 != ";" }.lowercased().asLabel(orElse: "unknown type")
    }

    var isImage: Bool { text.contains("image") }
}
