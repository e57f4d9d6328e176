package import JSONCoding

/// What a bot tells Poe about itself.
///
/// Poe may change its defaults, so everything that a bot relies on is stated, whether or not it differs from them;
/// what is nil is left out, because Poe does not say how it takes a null.
/// Source: Poe server-bot protocol, response to `settings`.
package struct PoeSettings: Hashable, Sendable {
    /// The set of defaults that the rest is to be read with; 2 is the newest.
    package static let responseVersion = 2

    /// The bots that this one calls and how often for one message; undeclared calls are refused by Poe.
    package var serverBotDependencies: [String: Int] = [:]
    /// Whether people may attach files.
    package var allowsAttachments = true
    /// Whether Poe finds the text in text files, PDF and web pages for the bot.
    package var expandsTextAttachments = true
    /// Whether Poe describes images for the bot, which limits people to one image a message.
    package var enablesImageComprehension = false
    /// A greeting in Markdown; empty for none.
    package var introductionMessage = ""
    /// Whether Poe merges messages until user and bot alternate.
    package var enforcesAuthorRoleAlternation = false
    /// Whether Poe rewrites chats of several bots or users so that the bot understands them.
    package var enablesMultiEntityPrompting = true
    /// An explanation of the price in Markdown.
    package var rateCard: String?
    /// A short price tag.
    package var costLabel: String?
    /// The controls that people set parameters with, as Poe specifies them.
    package var parameterControls: JSONObject?
    /// Deprecated by Poe in favour of ``enablesMultiEntityPrompting``.
    package var enablesMultiBotChatPrompting: Bool?
    /// Deprecated by Poe: the old name of ``rateCard``.
    package var customRateCard: String?
    /// Deprecated by Poe: seconds after which the context is cleared, 0 for never.
    package var contextClearWindowSeconds: Int?
    /// Deprecated by Poe: whether people may clear the context.
    package var allowsUserContextClear: Bool?

    package init() {}

    /// The settings as Poe reads them.
    package var json: JSONValue {
        var object: JSONObject = [
            "response_version": .integer(Self.responseVersion),
            "server_bot_dependencies": .object(
                JSONObject(serverBotDependencies.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
            ),
            "allow_attachments": .bool(allowsAttachments),
            "expand_text_attachments": .bool(expandsTextAttachments),
            "enable_image_comprehension": .bool(enablesImageComprehension),
            "introduction_message": .string(introductionMessage),
            "enforce_author_role_alternation": .bool(enforcesAuthorRoleAlternation),
            "enable_multi_entity_prompting": .bool(enablesMultiEntityPrompting),
        ]
        object["rate_card"] = rateCard.map { .string($0) }
        object["cost_label"] = costLabel.map { .string($0) }
        object["parameter_controls"] = parameterControls.map { .object($0) }
        object["enable_multi_bot_chat_prompting"] = enablesMultiBotChatPrompting.map { .bool($0) }
        object["custom_rate_card"] = customRateCard.map { .string($0) }
        object["context_clear_window_secs"] = contextClearWindowSeconds.map { .integer($0) }
        object["allow_user_context_clear"] = allowsUserContextClear.map { .bool($0) }
        return .object(object)
    }
}
