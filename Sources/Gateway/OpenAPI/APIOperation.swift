import HTTPTypes
import JSONCoding

/// One operation of the gateway's surface, as the OpenAPI document tells of it.
struct APIOperation {
    /// Who may call it.
    enum Access: String {
        case anybody
        case poeAccessKey
        case apiKey
    }

    /// A parameter of the path, the query or the head.
    struct Parameter {
        enum Place: String {
            case path, query, header
        }

        var name: String
        var place: Place
        var text: String
        var schema: JSONValue
        /// Whether it may stand several times.
        var isRepeated = false

        /// The parameter as the document has it.
        var json: JSONValue {
            var object = JSONObject([
                ("name", .string(name)), ("in", .string(place.rawValue)), ("description", .string(text)),
            ])
            if place == .path { object.append("required", true) }
            object.append("schema", isRepeated ? ["type": "array", "maxItems": 8, "items": schema] : schema)
            return .object(object)
        }
    }

    /// A body by its media type.
    struct Content {
        var type: String
        var schema: JSONValue

        static func json(_ schema: APISchema) -> Content { Content(type: "application/json", schema: schema.reference) }
        /// A stream of server-sent events, each of that shape, as tools take it that read OpenAPI 3.1.
        static func events(_ schema: APISchema) -> Content {
            Content(type: "text/event-stream", schema: schema.reference)
        }
    }

    /// What a status means.
    struct Response {
        var status: Int
        var text: String
        var content: [Content] = []
        /// Header fields and what they tell.
        var headers: [(name: String, text: String)] = []
    }

    var id: String
    var tag: APITag
    var summary: String
    var access: Access
    var parameters: [Parameter] = []
    var body: APISchema?
    /// The media type of ``body``.
    var bodyType = "application/json"
    var responses: [Response]

    /// The operation as the document has it.
    ///
    /// - Parameter method: Answers to `HEAD` have no body.
    /// - Returns: The operation as JSON.
    func json(method: HTTPRequest.Method) -> JSONValue {
        let isHead = method == .head
        var object = JSONObject()
        let name = isHead ? "head" + id.prefix(1).uppercased() + id.dropFirst() : id
        object.append("operationId", .string(name))
        object.append("tags", [.string(tag.rawValue)])
        object.append("summary", .string(summary))
        let requirement: JSONValue = .object(JSONObject([(access.rawValue, .array([]))]))
        object.append("security", access == .anybody ? [] : [requirement])
        if !parameters.isEmpty { object.append("parameters", .array(parameters.map(\.json))) }
        if let body {
            let media: JSONValue = ["schema": body.reference]
            object.append("requestBody", ["required": true, "content": .object(JSONObject([(bodyType, media)]))])
        }
        var all = JSONObject()
        for response in responses { all.append("\(response.status)", Self.json(response, isHead: isHead)) }
        object.append("responses", .object(all))
        return .object(object)
    }

    private static func json(_ response: Response, isHead: Bool) -> JSONValue {
        var object = JSONObject([("description", .string(response.text))])
        var headers = JSONObject([("x-request-id", Self.header("The id of the request."))])
        for header in response.headers { headers.append(header.name, Self.header(header.text)) }
        object.append("headers", .object(headers))
        if !isHead, !response.content.isEmpty {
            var content = JSONObject()
            for body in response.content { content.append(body.type, ["schema": body.schema]) }
            object.append("content", .object(content))
        }
        return .object(object)
    }

    private static func header(_ text: String) -> JSONValue {
        ["description": .string(text), "schema": ["type": "string"]]
    }
}
