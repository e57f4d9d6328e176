import BotConfiguration
import BotRuntime
import JSONCoding
import ModelCatalog

/// What the registry tells of one bot: nothing that is secret, and no name of an account.
struct RegistryEntry {
    /// Whether the bot answers.
    enum Status: String, Hashable, Sendable, CaseIterable {
        case ready
        /// It is switched off.
        case disabled
        /// It could not be made; the gateway's log says why.
        case unavailable
    }

    /// What a model can do beside answering.
    enum Capability: String, Hashable, Sendable, CaseIterable {
        case tools, reasoning, streaming
    }

    /// How answers went lately.
    enum Health: String, Hashable, Sendable, CaseIterable {
        /// Few or no answers have failed.
        case ok
        /// More than a tenth of the answers has failed.
        case degraded
        /// At least half of the answers have failed.
        case failing
        /// Nobody has asked lately, or the bot does not answer.
        case unknown
    }

    /// How much is told of what changes with every answer.
    enum Precision {
        case exact
        /// What a client should ask again for: no counts, and times in steps.
        case lasting
    }

    let bot: ServedBot
    /// The serial of the manifest that is served.
    let serial: Int
    /// The time by the clock of the bot's history.
    let now: Duration

    /// Nil for a bot that could not be made.
    var config: BotConfig? { bot.handler?.config }

    var status: Status {
        switch bot.service {
        case .ready: .ready
        case .disabled: .disabled
        case .unavailable: .unavailable
        }
    }

    var capabilities: [Capability] {
        guard let known = config?.model.facts?.capabilities else { return [] }
        return Capability.allCases.filter { capability in
            switch capability {
            case .tools: known.tools == true
            case .reasoning: known.reasoning == true
            case .streaming: known.streaming == true
            }
        }
    }

    /// The kinds of content that the bot reads.
    var inputs: [String] { config.map { ModelEntry(config: $0, created: 0).inputModalities } ?? [] }

    // MARK: - JSON

    /// The entry as JSON; what is not known is null.
    func json(_ precision: Precision) -> JSONValue {
        let config = config
        let recent = bot.gate.history.summary(at: now)
        let version: JSONValue = ["digest": .string(bot.digest.text), "serial": .integer(serial)]
        var object = JSONObject([("name", .string(bot.name))])
        object.append("aliases", .array((config?.aliases ?? []).map(JSONValue.string)))
        object.append("kind", .optional(config?.kind.rawValue))
        object.append("description", .optional(config?.description))
        object.append("labels", labels)
        object.append("version", version)
        object.append("status", .string(status.rawValue))
        object.append("health", health(recent, precision))
        object.append("model", config.map(Self.model) ?? .null)
        object.append("capabilities", config.map(capabilityMembers) ?? .null)
        object.append("limits", config.map(Self.limits) ?? .null)
        object.append("price", config.map(Self.price) ?? .null)
        object.append("latency", config.map { latency($0, recent, precision) } ?? .null)
        object.append("endpoints", config.map(Self.endpoints) ?? .null)
        return .object(object)
    }

    private var labels: JSONValue {
        let labels = (config?.labels ?? [:]).sorted { $0.key < $1.key }
        return .object(JSONObject(labels.map { ($0.key, JSONValue.string($0.value)) }))
    }

    private func health(_ recent: AnswerHistory.Summary, _ precision: Precision) -> JSONValue {
        let health = status == .ready ? Health(recent) : .unknown
        if precision == .lasting { return ["state": .string(health.rawValue)] }
        return [
            "state": .string(health.rawValue), "answers": .integer(recent.answerCount),
            "failures": .integer(recent.failureCount), "open_answers": .integer(bot.gate.activeCount),
            "window_seconds": .integer(Int(AnswerHistory.window.components.seconds)),
        ]
    }

    private static func model(_ config: BotConfig) -> JSONValue {
        let facts = config.model.facts
        return [
            "id": .string(CompletionIdentity.model(of: config)),
            "provider": .string(config.model.provider.rawValue), "region": .string(config.model.region),
            "maker": .optional(facts?.maker), "display_name": .optional(facts?.displayName),
            "end_of_life": .optional(facts?.deprecationDate),
        ]
    }

    private func capabilityMembers(_ config: BotConfig) -> JSONValue {
        let entry = ModelEntry(config: config, created: 0)
        let known = config.model.facts?.capabilities
        func flag(_ value: Bool?) -> JSONValue { value.map { .bool($0) } ?? .null }
        return [
            "input_modalities": .array(entry.inputModalities.map(JSONValue.string)),
            "output_modalities": .array(entry.outputModalities.map(JSONValue.string)),
            "tools": flag(known?.tools), "reasoning": flag(known?.reasoning), "streaming": flag(known?.streaming),
            "system_messages": .bool(config.supportsSystemMessages),
        ]
    }

    private static func limits(_ config: BotConfig) -> JSONValue {
        let limits = config.limits
        return [
            "context_tokens": .optional(config.model.facts?.contextTokens),
            "max_input_tokens": .optional(limits.maxInputTokens),
            "max_output_tokens": .optional(config.parameters.maxTokens ?? config.model.facts?.maxOutputTokens),
            "max_concurrent": .integer(limits.maxConcurrent),
            "requests_per_minute": .integer(limits.requestsPerMinute),
            "request_timeout_ms": .integer(Int(limits.requestTimeout.wholeMilliseconds)),
            "attachments": [
                "max_bytes": .integer(config.attachments.sizeLimitInBytes),
                "max_count": .integer(config.attachments.countLimit),
            ],
        ]
    }

    /// In US dollars, as decimal strings.
    private static func price(_ config: BotConfig) -> JSONValue {
        var upstream = JSONObject()
        for unit in PriceUnit.allCases {
            guard let amount = config.cost.price.amounts[unit], let exact = DecimalNumber(amount.text) else { continue }
            upstream.append(unit.configurationName, .string(exact.text))
        }
        if let amount = config.cost.perVideoSecond { upstream.append("usd_per_second", .string(amount.text)) }
        return [
            "upstream": upstream.members.isEmpty ? .null : .object(upstream),
            "users": PriceTexts(config)?.json ?? .null,
        ]
    }

    /// How soon answers began lately; the bound after which the gateway gives up stands beside it.
    private func latency(_ config: BotConfig, _ recent: AnswerHistory.Summary, _ precision: Precision) -> JSONValue {
        func rounded(_ share: Double) -> JSONValue {
            guard let latency = recent.latency(ofShare: share) else { return .null }
            let milliseconds = Int(latency.wholeMilliseconds)
            return .integer(precision == .exact ? milliseconds : Self.step(above: milliseconds))
        }
        return [
            "first_event_p50_ms": rounded(0.5), "first_event_p95_ms": rounded(0.95),
            "first_event_timeout_ms": .integer(Int(config.limits.firstTokenTimeout.wholeMilliseconds)),
        ]
    }

    /// The next of 1, 2, 5, 10, 20, 50, … that is not below a number.
    private static func step(above number: Int) -> Int {
        var step = 1
        while step < number {
            let leading = String(step).first
            step = leading == "2" ? step / 2 * 5 : step * 2
        }
        return step
    }

    private static func endpoints(_ config: BotConfig) -> JSONValue {
        [
            "poe": .string("/bots/" + config.name),
            "openai": .array(config.openAIEndpoints.map { .string($0.rawValue) }),
        ]
    }
}

extension RegistryEntry.Health {
    /// What a bot's last answers say of it.
    init(_ recent: AnswerHistory.Summary) {
        let (answers, failures) = (recent.answerCount, recent.failureCount)
        if answers == 0 {
            self = .unknown
        } else if failures * 2 >= answers {
            self = .failing
        } else {
            self = failures * 10 > answers ? .degraded : .ok
        }
    }
}
