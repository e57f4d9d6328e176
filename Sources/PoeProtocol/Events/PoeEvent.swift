package import JSONCoding

/// One event of an answer, as a client reads it.
///
/// Source: Poe server-bot protocol, response events.
package enum PoeEvent: Hashable, Sendable {
    /// How the answer is to be shown; the first event.
    case meta(PoeMeta)
    /// More of the answer.
    case text(String)
    /// All text so far is void; the answer starts again with this.
    case replaceResponse(String)
    /// One follow-up that the person can choose.
    case suggestedReply(String)
    /// A file that belongs to the answer.
    case file(PoeFile)
    /// An opaque text that Poe keeps with the message for the bot.
    case data(metadata: String)
    /// Structured data, such as pieces of tool calls.
    case json(JSONObject)
    /// The answer has failed.
    case error(PoeErrorEvent)
    case ping
    /// The answer is complete.
    case done
    /// An event that this version does not know, with its data unread; receivers ignore it.
    case unknown(name: String, data: String)

    /// The event's name on the wire.
    package var name: String {
        switch self {
        case .meta: "meta"
        case .text: "text"
        case .replaceResponse: "replace_response"
        case .suggestedReply: "suggested_reply"
        case .file: "file"
        case .data: "data"
        case .json: "json"
        case .error: "error"
        case .ping: "ping"
        case .done: "done"
        case .unknown(let name, _): name
        }
    }

    /// Reads one event, strictly: what Poe's own client would refuse is an error here.
    ///
    /// - Parameters:
    ///   - name: The event's name; `message` for an event without one.
    ///   - data: The event's data, its lines joined.
    ///   - limits: Bounds on the JSON in the data.
    /// - Returns: The event; one of an unknown name is returned unread.
    /// - Throws: ``PoeEventError`` when the data is not what the protocol says for the name.
    package static func decode(
        name: String, data: String, limits: JSONLimits = JSONLimits(depth: 32, values: 20_000)
    ) throws(PoeEventError) -> PoeEvent {
        guard names.contains(name) else { return .unknown(name: name, data: data) }
        var fields = EventFields(event: name, object: JSONObject())
        do {
            let value = try JSONParser.parse(Array(data.utf8), limits: limits)
            guard let object = value.object else {
                throw fields.error("its data must be a JSON object, not \(value.typeDescription)")
            }
            fields.object = object
        } catch let error as PoeEventError {
            throw error
        } catch {
            throw fields.error(data.isEmpty ? "it has no data" : "its data is no JSON: \(error)")
        }
        switch name {
        case "meta": return .meta(try PoeMeta(fields))
        case "text": return .text(try fields.requiredText("text"))
        case "replace_response": return .replaceResponse(try fields.requiredText("text"))
        case "suggested_reply": return .suggestedReply(try fields.requiredText("text"))
        case "file": return .file(try PoeFile(fields))
        case "data": return .data(metadata: try fields.requiredText("metadata"))
        case "json": return .json(fields.object)
        case "error": return .error(try PoeErrorEvent(fields))
        case "ping": return .ping
        default: return .done
        }
    }

    /// The names of all events that the protocol has, in the order in which it describes them.
    package static let names = [
        "meta", "text", "replace_response", "suggested_reply", "file", "data", "json", "error", "ping", "done",
    ]
}

/// Why an event breaks the protocol.
package struct PoeEventError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The event's name.
    package let event: String
    /// What is wrong, as the end of the sentence "the event `text` is broken: …".
    package let reason: String

    package var description: String { "the event '\(event)' is broken: \(reason)" }
}

/// How an answer is to be shown.
package struct PoeMeta: Hashable, Sendable {
    /// `text/markdown` or `text/plain`; Poe treats anything else as plain.
    package var contentType: String
    /// Whether Poe may suggest replies of its own.
    package var suggestedReplies: Bool
    /// Whether Poe should read the bot's settings again.
    package var refetchSettings: Bool

    package init(contentType: String = "text/markdown", suggestedReplies: Bool = false, refetchSettings: Bool = false) {
        self.contentType = contentType
        self.suggestedReplies = suggestedReplies
        self.refetchSettings = refetchSettings
    }

    init(_ fields: EventFields) throws(PoeEventError) {
        self.init(
            contentType: try fields.text("content_type") ?? "text/markdown",
            suggestedReplies: try fields.flag("suggested_replies") ?? false,
            refetchSettings: try fields.flag("refetch_settings") ?? false
        )
    }
}

/// A file that belongs to an answer.
package struct PoeFile: Hashable, Sendable {
    package var url: String
    /// The MIME type.
    package var contentType: String
    package var name: String
    /// The token by which the answer's Markdown shows the file in place.
    package var inlineReference: String?

    package init(url: String, contentType: String, name: String, inlineReference: String? = nil) {
        self.url = url
        self.contentType = contentType
        self.name = name
        self.inlineReference = inlineReference
    }

    init(_ fields: EventFields) throws(PoeEventError) {
        self.init(
            url: try fields.requiredText("url"), contentType: try fields.requiredText("content_type"),
            name: try fields.requiredText("name"), inlineReference: try fields.text("inline_ref")
        )
    }
}

/// That an answer has failed.
package struct PoeErrorEvent: Hashable, Sendable {
    /// Whether the same request may be sent again; true when the event does not say.
    package var allowsRetry: Bool
    /// What the person reads.
    package var text: String?
    /// One of ``PoeErrorType``, or a word that this version does not know.
    package var errorType: String?
    /// For diagnosis, never shown to the person.
    package var rawResponse: String?

    package init(allowsRetry: Bool, text: String? = nil, errorType: String? = nil, rawResponse: String? = nil) {
        self.allowsRetry = allowsRetry
        self.text = text
        self.errorType = errorType
        self.rawResponse = rawResponse
    }

    init(_ fields: EventFields) throws(PoeEventError) {
        self.init(
            allowsRetry: try fields.flag("allow_retry") ?? true, text: try fields.text("text"),
            errorType: try fields.text("error_type"), rawResponse: try fields.text("raw_response")
        )
    }
}

/// The members of an event's data; one of the wrong type is an error, one that is null counts as absent.
struct EventFields {
    let event: String
    var object: JSONObject

    func error(_ reason: String) -> PoeEventError { PoeEventError(event: event, reason: reason) }

    func text(_ name: String) throws(PoeEventError) -> String? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let text = value.string else { throw error("'\(name)' must be a string, not \(value.typeDescription)") }
        return text
    }

    func requiredText(_ name: String) throws(PoeEventError) -> String {
        guard let text = try text(name) else { throw error("'\(name)' is missing") }
        return text
    }

    func flag(_ name: String) throws(PoeEventError) -> Bool? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let flag = value.bool else { throw error("'\(name)' must be a Boolean, not \(value.typeDescription)") }
        return flag
    }
}
