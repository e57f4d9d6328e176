package import Secrets

/// Which of a service's operations a model is called with.
package enum ModelAPI: String, Hashable, Sendable, CaseIterable {
    case converse
    case invoke
    case asyncInvoke = "async-invoke"
    case chatCompletions = "chat-completions"

    /// The one operation with which a bot of a kind calls its model.
    package init(of kind: BotKind, at provider: ModelReference.Provider) {
        switch (provider, kind) {
        case (.openai, _): self = .chatCompletions
        case (.bedrock, .chat): self = .converse
        case (.bedrock, .image): self = .invoke
        case (.bedrock, .video): self = .asyncInvoke
        }
    }
}

/// Credentials of a bot's own, in place of the gateway's.
package enum ModelCredentials: Hashable, Sendable {
    /// A role that is assumed through STS.
    case role(arn: String, externalID: String?)
    /// A profile of the shared AWS configuration files.
    case profile(String)
    /// A Bedrock API key, sent as a bearer token.
    case apiKey([SecretReference])
}

/// A region that is asked when the bot's own has failed, and what the model is called there.
package struct FailoverRoute: Hashable, Sendable {
    package var region: String
    /// A foundation model's id, an inference profile's id, or an ARN.
    package var upstreamID: String

    package init(region: String, upstreamID: String) {
        self.region = region
        self.upstreamID = upstreamID
    }
}

/// A Bedrock guardrail that watches a bot's conversations.
package struct Guardrail: Hashable, Sendable {
    /// When the guardrail looks at a streamed answer.
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        /// Text is held back until it has been checked.
        case sync
        /// Text goes out at once, and the answer may be stopped afterwards.
        case async
    }

    /// Its id or ARN.
    package var id: String
    /// A number as text, or `DRAFT`.
    package var version: String
    package var mode: Mode

    package init(id: String, version: String, mode: Mode = .sync) {
        self.id = id
        self.version = version
        self.mode = mode
    }
}

/// Whether the beginning of a conversation is marked for the service's prompt cache.
package enum PromptCaching: String, Hashable, Sendable, CaseIterable {
    case none, auto
}

/// What becomes of a conversation that is longer than the bot takes.
package enum HistoryTrim: String, Hashable, Sendable, CaseIterable {
    /// It is refused.
    case none
    /// Its oldest messages are left out.
    case oldest
}

/// What users see of a model's thoughts.
package enum ReasoningDisplay: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case hidden
    /// All of them, as a quotation above the answer.
    case quoted
    /// That the model thinks, until it answers.
    case status
}
