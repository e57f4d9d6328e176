import HTTPTypes
import JSONCoding

/// The description of everything that a gateway serves, made from ``RoutePattern`` and the operations behind it.
///
/// Source: OpenAPI Specification 3.1.1.
enum OpenAPIDocument {
    /// The document as it is served; it is the same for every gateway.
    static let answer = PlainAnswer(json: json)

    /// The document as JSON.
    static var json: JSONValue {
        [
            "openapi": "3.1.1",
            "info": [
                "title": "botctl gateway",
                "version": "1",
                "description": .string(
                    "Bots behind two doors: the Poe server-bot protocol and an OpenAI-compatible API; and a registry "
                        + "of what is served."),
            ],
            "servers": [["url": "/"]],
            "tags": .array(APITag.allCases.map(\.json)),
            "paths": .object(JSONObject(RoutePattern.allCases.map { ($0.rawValue, path($0)) })),
            "components": [
                "schemas": .object(JSONObject(APISchema.allCases.map { ($0.rawValue, $0.json) })),
                "securitySchemes": [
                    "poeAccessKey": [
                        "type": "http", "scheme": "bearer", "description": "The access key of the bot on Poe.",
                    ],
                    "apiKey": ["type": "http", "scheme": "bearer", "description": "A key of 'botctl key new'."],
                ],
            ],
        ]
    }

    private static func path(_ pattern: RoutePattern) -> JSONValue {
        var item = JSONObject()
        let parameters = pattern.parameters
        if !parameters.isEmpty { item.append("parameters", .array(parameters.map(\.json))) }
        for method in pattern.methods {
            let operation = pattern.operation(of: method)
            item.append(method.rawValue.lowercased(), operation.json(method: method))
        }
        return .object(item)
    }
}

/// What the operations are for.
enum APITag: String, CaseIterable {
    case poe, files, openai, registry, operations

    fileprivate var json: JSONValue { ["name": .string(rawValue), "description": .string(text)] }

    private var text: String {
        switch self {
        case .poe: "The Poe server-bot protocol."
        case .files: "What bots have made."
        case .openai: "The OpenAI-compatible API."
        case .registry: "What is served, for programs that choose a bot."
        case .operations: "For whoever runs the gateway."
        }
    }
}
