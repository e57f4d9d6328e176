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
    /// - Attachments of every turn, not only of the newest, are the user's: before the user's message, after the bot's.
    ///   What Poe found in one goes as text, where the flags ask for it; else its file, where one is given; else a
    ///   note with its name and type.
    /// - Messages without any visible text are left out; model services refuse them.
    ///
    /// - Parameters:
    ///   - query: What Poe sent.
    ///   - files: The files of ``files(of:)``, as far as they were fetched, by their URLs.
    /// - Returns: The conversation, the system text and the sampling hints. There may be no message at all.
    package func chatRequest(
        for query: PoeQuery, files: [String: ChatEvents.Attachment] = [:]
    ) -> ChatRequest {
        var messages: [ChatMessage] = []
        var system: [String] = []
        for message in query.messages {
            var told: [ChatMessage] = []
            var attached: [ChatContent] = []
            for attachment in message.attachments {
                if !attachments.isToldByPoe(attachment), let file = files[attachment.url] {
                    attached.append(.attachment(file))
                } else {
                    told.append(ChatMessage(role: .user, text: attachments.text(for: attachment)))
                }
            }
            switch message.role {
            case .user: messages += told + turns(.user, message.content, attached: attached)
            case .tool: messages += told + turns(.user, "", attached: attached) + results(message.content)
            case .bot: messages += answers(message) + told + turns(.user, "", attached: attached)
            case .system:
                if message.content.hasVisibleText { system.append(message.content) }
                messages += told + turns(.user, "", attached: attached)
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

    /// The files that the model is to see itself, the newest message's first, each once.
    ///
    /// What Poe's own text stands for is not among them.
    package func files(of query: PoeQuery) -> [WantedFile] {
        let lastAnswer = query.messages.lastIndex { $0.role == .bot } ?? -1
        var seen: Set<String> = []
        var files: [WantedFile] = []
        for (index, message) in query.messages.enumerated().reversed() {
            if case .other = message.role { continue }
            for attachment in message.attachments
            where !attachments.isToldByPoe(attachment) && seen.insert(attachment.url).inserted {
                files.append(WantedFile(attachment: attachment, isNew: index > lastAnswer))
            }
        }
        return files
    }

    private var attachments: PoeAttachmentReader {
        PoeAttachmentReader(expandsText: expandsTextAttachments, describesImages: enablesImageComprehension)
    }

    private func turns(
        _ role: ChatMessage.Role, _ content: String, prefix: String = "", attached: [ChatContent] = []
    ) -> [ChatMessage] {
        let text: [ChatContent] = content.hasVisibleText ? [.text(prefix + content)] : []
        let all = attached + text
        return all.isEmpty ? [] : [ChatMessage(role: role, content: all)]
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
}

/// A file that a model is to see.
package struct WantedFile: Hashable, Sendable {
    package let attachment: PoeAttachment
    /// Whether the user attached it since the bot's last answer: then it must not be lost silently.
    package let isNew: Bool
}
