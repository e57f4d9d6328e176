import ChatEvents
import JSONCoding
import OpenAIProtocol

extension APISchema {
    /// Source: Poe server-bot protocol, the requests.
    static let poeRequestShape = JSONValue.shape(
        [
            ("version", .text),
            ("type", .oneOf(["query", "settings", "report_feedback", "report_reaction", "report_error"])),
        ],
        optional: [
            (
                "query",
                .list(
                    .shape(
                        [("role", .text), ("content", .text)],
                        optional: [
                            (
                                "attachments",
                                .list(.shape([("url", .text), ("content_type", .text), ("name", .text)]))
                            )
                        ]))
            ),
            ("user_id", .text), ("conversation_id", .text), ("message_id", .text),
            ("temperature", .orNull("number")), ("skip_system_prompt", .flag),
            ("stop_sequences", .list(.text)), ("feedback_type", .text), ("reaction", .text), ("message", .text),
        ])

    /// Source: OpenAI API reference, "Create chat completion".
    static let chatCompletionRequestShape = JSONValue.shape(
        [("model", .text), ("messages", .list(message, least: 1))],
        optional: [
            ("stream", .flag), ("stream_options", .shape([], optional: [("include_usage", .flag)])),
            ("temperature", .within(0, 2)), ("top_p", .within(0, 1)),
            ("max_tokens", ["type": "integer", "minimum": 1]),
            ("max_completion_tokens", ["type": "integer", "minimum": 1]),
            ("stop", ["anyOf": [.text, ["type": "array", "maxItems": 4, "items": .text]]]),
            ("n", .constant(1)), ("seed", .whole), ("user", ["type": "string", "maxLength": 64]),
            ("presence_penalty", .within(-2, 2)), ("frequency_penalty", .within(-2, 2)),
            (
                "logit_bias",
                ["type": "object", "additionalProperties": .within(-100, 100), "maxProperties": 1024]
            ),
            ("reasoning_effort", .oneOf(["none"] + Thinking.Effort.allCases.map(\.rawValue))),
            ("tools", ["type": "array", "maxItems": 128, "items": tool]),
            (
                "tool_choice",
                [
                    "anyOf": [
                        .oneOf(["none", "auto", "required"]),
                        .shape([("type", .constant("function")), ("function", .shape([("name", .text)]))]),
                    ]
                ]
            ),
            ("parallel_tool_calls", .flag),
            (
                "response_format",
                .shape(
                    [("type", .oneOf(["text", "json_object", "json_schema"]))],
                    optional: [("json_schema", .shape([("name", .text)], optional: [("schema", .anyObject)]))])
            ),
        ])

    private static let message = JSONValue.shape(
        [("role", .oneOf(ChatCompletionMessage.Role.allCases.map(\.rawValue)))],
        optional: [
            ("content", ["anyOf": [.orNull("string"), .list(part)]]), ("tool_call_id", .text),
            (
                "tool_calls",
                .list(
                    .shape([
                        ("id", .text), ("type", .constant("function")),
                        ("function", .shape([("name", .text), ("arguments", .text)])),
                    ]))
            ),
        ])

    private static let part: JSONValue = [
        "oneOf": [
            .shape([("type", .constant("text")), ("text", .text)]),
            .shape([("type", .constant("image_url")), ("image_url", .shape([("url", .text)]))]),
            .shape([
                ("type", .constant("file")), ("file", .shape([("file_data", .text)], optional: [("filename", .text)])),
            ]),
        ]
    ]

    private static let tool = JSONValue.shape([
        ("type", .constant("function")),
        (
            "function",
            .shape(
                [("name", ["type": "string", "pattern": "^[a-zA-Z0-9_-]{1,64}$"])],
                optional: [("description", .text), ("parameters", .anyObject), ("strict", .flag)])
        ),
    ])

    /// Source: OpenAI API reference, "Create image".
    static let imageRequestShape = JSONValue.shape(
        [("model", .text), ("prompt", ["type": "string", "minLength": 1])],
        optional: [
            ("n", .constant(1)), ("size", .text),
            ("response_format", .oneOf(ImageGenerationRequest.ResponseFormat.allCases.map(\.rawValue))),
        ])

    /// Source: OpenAI API reference, "Create image edit".
    static let imageEditShape = JSONValue.shape(
        [("model", .text), ("image", ["type": "string", "format": "binary"])],
        optional: [
            ("prompt", .text), ("n", .constant(1)), ("size", .text),
            ("response_format", .oneOf(ImageGenerationRequest.ResponseFormat.allCases.map(\.rawValue))),
        ])
}
