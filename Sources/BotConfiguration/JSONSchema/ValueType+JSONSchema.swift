import JSONCoding

extension ValueType {
    /// The values of this type as JSON Schema; `null` is not among them.
    func jsonSchema(isWhole: Bool) -> JSONObject {
        switch self {
        case .text(let format): return format.jsonSchema
        case .boolean: return ["type": "boolean"]
        case .integer(let range):
            return [
                "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ]
        case .decimal(let range): return number(range)
        case .money(let range):
            return [
                "anyOf": [
                    .object(number(range)),
                    ["type": "string", "pattern": #"^(\$[0-9]+(\.[0-9]+)?|[0-9]+(\.[0-9]+)?( USD)?)$"#],
                ]
            ]
        case .duration:
            return ["type": "string", "pattern": "^(?=[0-9])([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$"]
        case .size: return ["type": "string", "pattern": #"^[0-9]+(\.[0-9]{1,3})?(B|[kK]B|KiB|MB|MiB|GB|GiB)$"#]
        case .choice(let words, _):
            // A word such as "2" may be written without quotes.
            let numbers = words.compactMap(Int.init).map { JSONValue.integer($0) }
            return ["enum": .array(words.map { .string($0) } + numbers)]
        case .wordOr(let words, let other):
            return [
                "anyOf": [
                    ["enum": .array(words.map { .string($0) })], .object(other.jsonSchema(isWhole: isWhole)),
                ]
            ]
        case .scalar: return ["type": ["string", "number", "boolean"]]
        case .secret:
            let reference: JSONValue = ["type": "string", "pattern": #"^\$\{(env|file|secretsmanager):.+\}$"#]
            return [
                "anyOf": [
                    reference,
                    ["type": "array", "items": reference, "minItems": .integer(1), "maxItems": .integer(8)],
                ]
            ]
        case .textOrFile:
            return [
                "anyOf": [
                    ["type": "string"],
                    [
                        "type": "object", "additionalProperties": .bool(false), "required": ["file"],
                        "properties": [
                            "file": ["type": "string", "description": "A file inside the project."]
                        ],
                    ],
                ]
            ]
        case .file: return ["type": "string", "minLength": .integer(1), "maxLength": .integer(1024)]
        case .list(let element, let limit):
            return [
                "type": "array", "items": .object(element.jsonSchema(isWhole: true)), "maxItems": .integer(limit),
            ]
        case .map(let element, let limit):
            return [
                "type": "object",
                "additionalProperties": .object(element.jsonSchema(isWhole: isWhole).allowingNull),
                "maxProperties": .integer(limit),
            ]
        case .object(let schema):
            if let name = schema.definitionName { return ["anyOf": [["$ref": .string("#/$defs/\(name)")]]] }
            let object = JSONSchema.object(schema, isWhole: isWhole)
            guard let shorthand = schema.shorthand, let field = schema.field(shorthand) else { return object }
            return ["anyOf": [.object(field.type.jsonSchema(isWhole: isWhole)), .object(object)]]
        case .json: return ["type": "object"]
        }
    }

    private func number(_ range: ClosedRange<DecimalNumber>) -> JSONObject {
        var result: JSONObject = ["type": "number"]
        result["minimum"] = JSONNumber(text: range.lowerBound.text).map { .number($0) }
        result["maximum"] = JSONNumber(text: range.upperBound.text).map { .number($0) }
        return result
    }
}

extension TextFormat {
    /// Such texts as JSON Schema.
    fileprivate var jsonSchema: JSONObject {
        var result: JSONObject = ["type": "string"]
        switch self {
        case .any(let limit): result["maxLength"] = .integer(limit)
        case .filled(let limit):
            result["minLength"] = .integer(1)
            result["maxLength"] = .integer(limit)
        case .botName: result["pattern"] = "^[a-z0-9][a-z0-9.-]{0,62}$"
        case .identifier: result["pattern"] = "^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,62}$"
        case .modelID, .inferenceProfile, .guardrailID: result["pattern"] = "^[!-~]{1,2048}$"
        case .region: result["pattern"] = "^[a-z][a-z0-9]*(-[a-z0-9]+)+$"
        case .url: result["pattern"] = "^https?://[!-~]+$"
        case .bucketURL: result["pattern"] = "^s3://[!-.0-~][!-~]*$"
        case .stateStore:
            result["minLength"] = .integer(1)
            result["maxLength"] = .integer(1024)
        case .arn: result["pattern"] = "^arn(:[!-9;-~]*){4}:[!-~]*$"
        case .guardrailVersion: result["pattern"] = "^([0-9]{1,8}|DRAFT)$"
        case .hostPattern: result["pattern"] = #"^(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"#
        case .parameterName: result["pattern"] = "^(?!poe_)[A-Za-z0-9_]{1,64}$"
        case .aspectRatio: result["pattern"] = "^([1-9][0-9]?|100):([1-9][0-9]?|100)$"
        case .pixelSize: result["pattern"] = "^[1-9][0-9]{0,4}x[1-9][0-9]{0,4}$"
        case .listenAddress: result["pattern"] = "^[!-~]+:[0-9]{1,5}$"
        case .date: result["pattern"] = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
        }
        return result
    }
}
