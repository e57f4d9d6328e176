import JSONCoding

/// A call of Poe to a bot server; one URL takes all of them, and `type` tells which it is.
///
/// Source: Poe server-bot protocol, requests.
package enum PoeRequest: Hashable, Sendable {
    /// A person wants an answer.
    case query(PoeQuery)
    /// Poe wants the bot's settings.
    case settings
    /// A person liked or disliked an answer; deprecated by Poe in favour of reactions.
    case reportFeedback(PoeFeedbackReport)
    /// A person reacted to an answer.
    case reportReaction(PoeReactionReport)
    /// Poe tells what it disliked about an earlier answer of ours.
    case reportError(PoeErrorReport)
    /// A type that this version does not know; the protocol asks for status 501.
    case unknown(type: String)

    /// Reads a request body.
    ///
    /// Only what leaves no meaning is an error. A key that is missing, null or of another type than the protocol says
    /// counts as its default, unknown keys are ignored, and an element of a list that has the wrong type is left out:
    /// the protocol tells receivers to expect additions, and a person should get an answer all the same.
    ///
    /// - Parameters:
    ///   - body: The whole body in UTF-8.
    ///   - limits: Bounds on what the body may hold.
    /// - Returns: The request.
    /// - Throws: ``PoeRequestError``, whose message is fit for the body of a status 400.
    package static func decode(
        _ body: [UInt8], limits: PoeRequestLimits = PoeRequestLimits()
    ) throws(PoeRequestError) -> PoeRequest {
        let value: JSONValue
        do {
            // A text that was cut inside an emoji must not cost the user the whole conversation.
            value = try JSONParser.parse(
                body, limits: JSONLimits(depth: limits.depth, values: limits.values, replacesLoneSurrogates: true))
        } catch {
            throw .notJSON(error)
        }
        guard let object = value.object else { throw .notAnObject(found: value.typeDescription) }
        guard let type = object["type"] else { throw .typeMissing }
        guard let name = type.string else { throw .typeNotAString(found: type.typeDescription) }
        switch name {
        case "query": return .query(PoeQuery(lenient: object, limits: limits))
        case "settings": return .settings
        case "report_feedback": return .reportFeedback(PoeFeedbackReport(lenient: object))
        case "report_reaction": return .reportReaction(PoeReactionReport(lenient: object))
        case "report_error": return .reportError(PoeErrorReport(lenient: object))
        default: return .unknown(type: name)
        }
    }
}
