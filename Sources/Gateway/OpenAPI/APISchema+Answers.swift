import BotConfiguration
import JSONCoding

extension APISchema {
    /// Source: OpenAI API reference, "The chat completion object".
    static let chatCompletionShape = JSONValue.shape([
        ("id", .text), ("object", .constant("chat.completion")), ("created", .whole), ("model", .text),
        (
            "choices",
            .list(
                .shape([
                    ("index", .constant(0)),
                    (
                        "message",
                        .shape(
                            [("role", .constant("assistant")), ("content", .orNull("string"))],
                            optional: [("reasoning_content", .text), ("tool_calls", .list(.anyObject))])
                    ),
                    ("finish_reason", .oneOf(["stop", "length", "tool_calls", "content_filter"])),
                ]))
        ),
        ("usage", .shape([("prompt_tokens", .whole), ("completion_tokens", .whole), ("total_tokens", .whole)])),
    ])

    /// Source: OpenAI API reference, "The model object"; what goes beyond it is Poe's.
    static let modelShape = JSONValue.shape([
        ("id", .text), ("object", .constant("model")), ("created", .whole), ("owned_by", .text), ("root", .text),
        ("description", .orNull("string")),
        (
            "architecture",
            .shape([
                ("input_modalities", .list(.text)), ("output_modalities", .list(.text)), ("modality", .text),
            ])
        ),
        ("supported_features", .list(.text)), ("supported_endpoints", .list(.text)), ("pricing", .objectOrNull),
        ("context_window", .objectOrNull), ("context_length", .orNull("integer")),
        ("metadata", .shape([("display_name", .text)])), ("reasoning", .objectOrNull),
        ("parameters", .list(.anyObject)),
    ])

    /// A bot of the registry; of one that could not be made, what hangs on its configuration is null.
    static let registryBotShape = JSONValue.shape([
        ("name", .text), ("aliases", .list(.text)),
        ("kind", ["enum": .array(RegistryQuery.kinds.map(JSONValue.string) + [.null])]),
        ("description", .orNull("string")), ("labels", ["type": "object", "additionalProperties": .text]),
        ("version", .shape([("digest", .text), ("serial", .whole)])), ("status", .oneOf(RegistryQuery.statuses)),
        (
            "health",
            .shape([
                ("state", .oneOf(RegistryEntry.Health.allCases.map(\.rawValue))), ("answers", .whole),
                ("failures", .whole), ("open_answers", .whole), ("window_seconds", .whole),
            ])
        ),
        (
            "model",
            orNull([
                ("id", .text), ("provider", .text), ("region", .text), ("maker", .orNull("string")),
                ("display_name", .orNull("string")), ("end_of_life", .orNull("string")),
            ])
        ),
        (
            "capabilities",
            orNull([
                ("input_modalities", .list(.text)), ("output_modalities", .list(.text)),
                ("tools", .orNull("boolean")), ("reasoning", .orNull("boolean")), ("streaming", .orNull("boolean")),
                ("system_messages", .flag),
            ])
        ),
        (
            "limits",
            orNull([
                ("context_tokens", .orNull("integer")), ("max_input_tokens", .orNull("integer")),
                ("max_output_tokens", .orNull("integer")), ("max_concurrent", .whole),
                ("requests_per_minute", .whole), ("request_timeout_ms", .whole),
                ("attachments", .shape([("max_bytes", .whole), ("max_count", .whole)])),
            ])
        ),
        ("price", orNull([("upstream", .objectOrNull), ("users", .objectOrNull)])),
        (
            "latency",
            orNull([
                ("first_event_p50_ms", .orNull("integer")), ("first_event_p95_ms", .orNull("integer")),
                ("first_event_timeout_ms", .whole),
            ])
        ),
        ("endpoints", orNull([("poe", .text), ("openai", .list(.text))])),
    ])

    private static func orNull(_ members: [(String, JSONValue)]) -> JSONValue {
        ["oneOf": [.shape(members), ["type": "null"]]]
    }
}
