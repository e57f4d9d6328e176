import JSONCoding

/// The fields of a request that are the model's own, beside those that Converse has for all.
struct AdditionalFields {
    /// The fields.
    private(set) var fields: JSONObject

    /// Puts the fields together; what the caller gives wins over what we would say.
    ///
    /// - Parameters:
    ///   - own: Fields that follow from the request, in order.
    ///   - given: Fields that the bot's config gives.
    ///   - traits: What the model accepts.
    ///   - allowsSampling: Whether `top_k` may be said.
    init(own: JSONObject..., given: JSONObject, for traits: ConverseModelTraits, allowsSampling: Bool) {
        fields = own.reduce(into: JSONObject()) { $0 = Self.merged($0, $1) }
        var given = given
        if let topK = given["top_k"] {
            let place = allowsSampling ? traits.topKPlace : .nowhere
            if place != .asWritten { given["top_k"] = nil }
            switch place {
            case .asWritten, .nowhere: break
            case .novaInferenceConfig: given = Self.merged(["inferenceConfig": ["topK": topK]], given)
            case .k: given = Self.merged(["k": topK], given)
            }
        }
        fields = Self.merged(fields, given)
    }

    /// One object laid over another, objects within them likewise.
    private static func merged(_ beneath: JSONObject, _ above: JSONObject) -> JSONObject {
        var result = beneath
        for member in above {
            if let inner = member.value.object, let under = result[member.name]?.object {
                result[member.name] = .object(merged(under, inner))
            } else {
                result[member.name] = member.value
            }
        }
        return result
    }
}
