import JSONCoding
import PoeProtocol

/// The shapes of bodies, by their names in the OpenAPI document.
///
/// Source: JSON Schema 2020-12, as OpenAPI 3.1 uses it.
enum APISchema: String, CaseIterable {
    case error = "Error"
    case detail = "Detail"
    case poeRequest = "PoeRequest"
    case poeEvent = "PoeEvent"
    case chatCompletionRequest = "ChatCompletionRequest"
    case chatCompletion = "ChatCompletion"
    case chatCompletionEvent = "ChatCompletionEvent"
    case imageRequest = "ImageGenerationRequest"
    case imageEdit = "ImageEditRequest"
    case images = "Images"
    case model = "Model"
    case modelList = "ModelList"
    case registryBot = "RegistryBot"
    case registry = "Registry"
    case health = "Health"
    case readiness = "Readiness"
    case document = "OpenAPIDocument"

    /// What stands in the place of the shape.
    var reference: JSONValue { ["$ref": .string("#/components/schemas/" + rawValue)] }

    /// The shape.
    var json: JSONValue {
        switch self {
        case .error:
            .shape([
                (
                    "error",
                    .shape([
                        ("message", .text), ("type", .orNull("string")), ("param", .orNull("string")),
                        ("code", .orNull("string")),
                    ])
                )
            ])
        case .detail: .shape([("detail", .text)])
        case .poeRequest: Self.poeRequestShape
        case .poeEvent:
            .shape([
                ("event", .oneOf(PoeEvent.names)),
                ("data", ["type": "string", "contentMediaType": "application/json"]),
            ])
        // The data is a chunk as JSON, but for the last one's, which is '[DONE]'.
        case .chatCompletionEvent: .shape([("data", .text)])
        case .chatCompletionRequest: Self.chatCompletionRequestShape
        case .chatCompletion: Self.chatCompletionShape
        case .imageRequest: Self.imageRequestShape
        case .imageEdit: Self.imageEditShape
        case .images:
            .shape([
                ("created", .whole),
                ("data", .list(.shape([], optional: [("url", .text), ("b64_json", .text)]))),
            ])
        case .model: Self.modelShape
        case .modelList: .shape([("object", .constant("list")), ("data", .list(APISchema.model.reference))])
        case .registryBot: Self.registryBotShape
        case .registry:
            .shape([
                ("format_version", .constant(1)), ("serial", .whole), ("manifest_digest", .orNull("string")),
                ("bots", .list(APISchema.registryBot.reference)), ("next", .orNull("string")),
            ])
        case .health: .shape([("status", .constant("ok"))])
        case .readiness:
            .shape([("status", .text)], optional: [("serial", .whole), ("bots", .whole), ("failed", .whole)])
        case .document: .shape([("openapi", .text), ("info", .anyObject), ("paths", .anyObject)])
        }
    }
}

extension JSONValue {
    static let text: JSONValue = ["type": "string"]
    static let whole: JSONValue = ["type": "integer"]
    static let flag: JSONValue = ["type": "boolean"]
    static let anyObject: JSONValue = ["type": "object"]
    /// An object that is not described further, or null.
    static let objectOrNull: JSONValue = .orNull("object")

    /// A value of a type, or null.
    static func orNull(_ type: String) -> JSONValue { ["type": [.string(type), "null"]] }

    /// One value and no other.
    static func constant(_ value: JSONValue) -> JSONValue { ["const": value] }

    static func oneOf(_ values: [String]) -> JSONValue { ["enum": .array(values.map(JSONValue.string))] }

    static func within(_ least: Int, _ most: Int) -> JSONValue {
        ["type": "number", "minimum": .integer(least), "maximum": .integer(most)]
    }

    /// A list of such values.
    static func list(_ items: JSONValue, least: Int? = nil) -> JSONValue {
        var object = JSONObject([("type", "array"), ("items", items)])
        if let least { object.append("minItems", .integer(least)) }
        return .object(object)
    }

    /// An object with these members; it may have others.
    static func shape(
        _ required: [(String, JSONValue)], optional: [(String, JSONValue)] = []
    ) -> JSONValue {
        var object = JSONObject([("type", "object"), ("properties", .object(JSONObject(required + optional)))])
        if !required.isEmpty { object.append("required", .array(required.map { .string($0.0) })) }
        return .object(object)
    }
}
