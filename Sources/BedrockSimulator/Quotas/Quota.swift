package import JSONCoding

/// How much of a model an account may use: by default there is no bound.
///
/// Each model, each of its inference profiles and each region has a quota of its own, as Bedrock's do.
///
/// Source: Amazon Bedrock user guide, "Quotas for Amazon Bedrock" and "How tokens are counted in Amazon Bedrock".
package struct Quota: Sendable, Hashable {
    /// The highest amount.
    static let most = 1_000_000_000

    /// The model whose quota this is, by its id as called or by its bare id; nil: every model that has no other.
    package var model: String?
    /// The requests that may come in a minute; nil: any number.
    package var requestsPerMinute: Int?
    /// The tokens that may go in and out in a minute; nil: any number.
    package var tokensPerMinute: Int?
    /// The tokens that may go in and out from midnight to midnight in UTC; nil: any number.
    package var tokensPerDay: Int?

    package init(
        model: String? = nil, requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil, tokensPerDay: Int? = nil
    ) {
        self.model = model
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerMinute = tokensPerMinute
        self.tokensPerDay = tokensPerDay
    }
}

/// Why a description of quotas cannot be used.
package struct QuotaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as a sentence without a full stop.
    package let description: String
}

extension Quota {
    /// Reads a quota as the control endpoint takes it: `{"model", "requests_per_minute", "tokens_per_minute",
    /// "tokens_per_day"}`.
    ///
    /// - Throws: ``QuotaError`` that names the member.
    package init(_ value: JSONValue) throws(QuotaError) {
        guard let object = value.object else { throw QuotaError(description: "a quota is an object") }
        self.init()
        for member in object {
            switch member.name {
            case "model":
                guard let text = member.value.string, !text.isEmpty else {
                    throw QuotaError(description: "'model' must be a model's id")
                }
                model = text
            case "requests_per_minute": requestsPerMinute = try Self.amount(member.value, member.name)
            case "tokens_per_minute": tokensPerMinute = try Self.amount(member.value, member.name)
            case "tokens_per_day": tokensPerDay = try Self.amount(member.value, member.name)
            default:
                throw QuotaError(
                    description: "'\(member.name)' is no member of a quota; they are model, requests_per_minute, "
                        + "tokens_per_minute and tokens_per_day")
            }
        }
        guard requestsPerMinute != nil || tokensPerMinute != nil || tokensPerDay != nil else {
            throw QuotaError(
                description: "a quota needs one of requests_per_minute, tokens_per_minute and tokens_per_day")
        }
    }

    /// Reads quotas: one, a list of them, or an object with the list `quotas`.
    ///
    /// - Throws: ``QuotaError``; also when the text is no JSON.
    package static func list(json: [UInt8]) throws(QuotaError) -> [Quota] {
        let value: JSONValue
        do {
            value = try JSONParser.parse(json, limits: JSONLimits(values: 100_000))
        } catch {
            throw QuotaError(description: "the quotas are \(error)")
        }
        guard let elements = value.array ?? value["quotas"]?.array else { return [try Quota(value)] }
        var quotas: [Quota] = []
        for element in elements { quotas.append(try Quota(element)) }
        return quotas
    }

    private static func amount(_ value: JSONValue, _ name: String) throws(QuotaError) -> Int? {
        guard !value.isNull else { return nil }
        guard let number = value.integer, (1...most).contains(number) else {
            throw QuotaError(description: "'\(name)' must be a whole number from 1 to \(most)")
        }
        return number
    }

    /// The quota as the control endpoint tells it.
    var json: JSONValue {
        var object = JSONObject()
        if let model { object.append("model", .string(model)) }
        if let requestsPerMinute { object.append("requests_per_minute", .integer(requestsPerMinute)) }
        if let tokensPerMinute { object.append("tokens_per_minute", .integer(tokensPerMinute)) }
        if let tokensPerDay { object.append("tokens_per_day", .integer(tokensPerDay)) }
        return .object(object)
    }
}
