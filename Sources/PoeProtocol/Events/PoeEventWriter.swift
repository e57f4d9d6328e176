package import JSONCoding

/// Writes the events of an answer into one buffer, which is taken out whenever it is to be sent.
///
/// This is the path of every piece of every answer, so an event is written straight into the buffer, in one pass,
/// without a JSON value or an event value in between. No text can break out of its event: JSON escapes line feeds and
/// carriage returns, and the line separators that older readers of event streams split at are escaped too.
///
/// The order of events is the caller's: `meta` first, `done` last and once, also after `error`.
/// Source: Poe server-bot protocol, response events.
package struct PoeEventWriter: Sendable {
    private var json: JSONWriter

    /// A writer without anything in it.
    package init() {
        json = JSONWriter()
        json.escapesLineSeparators = true
    }

    /// What has been written since it was last taken.
    package var bytes: [UInt8] { json.bytes }

    package var isEmpty: Bool { json.bytes.isEmpty }

    /// Takes out what has been written.
    ///
    /// Its memory goes along: a writer may wait for minutes, beside thousands of others, for something more to write.
    package mutating func take() -> [UInt8] {
        defer { json.bytes = [] }
        return json.bytes
    }

    /// Writes how the answer is to be shown.
    ///
    /// - Parameters:
    ///   - contentType: `text/markdown` or `text/plain`.
    ///   - suggestedReplies: Whether Poe may suggest replies of its own.
    ///   - refetchSettings: Whether Poe is asked to read the bot's settings again.
    package mutating func meta(
        contentType: String = "text/markdown", suggestedReplies: Bool = false, refetchSettings: Bool = false
    ) {
        json.write(raw: "event: meta\ndata: {\"content_type\":")
        json.write(string: contentType)
        json.write(raw: suggestedReplies ? ",\"suggested_replies\":true" : ",\"suggested_replies\":false")
        json.write(raw: refetchSettings ? ",\"refetch_settings\":true}\n\n" : "}\n\n")
    }

    /// Writes more of the answer; an empty text is written too.
    package mutating func text(_ text: String) {
        json.write(raw: "event: text\ndata: {\"text\":")
        json.write(string: text)
        json.write(raw: "}\n\n")
    }

    /// Writes that the answer starts again with this text.
    package mutating func replaceResponse(_ text: String) {
        json.write(raw: "event: replace_response\ndata: {\"text\":")
        json.write(string: text)
        json.write(raw: "}\n\n")
    }

    /// Writes that a file belongs to the answer.
    ///
    /// - Parameters:
    ///   - url: Where it is fetched.
    ///   - contentType: Its MIME type.
    ///   - name: Its name.
    ///   - inlineReference: The token by which text that follows shows the file in place; nil for none.
    package mutating func file(url: String, contentType: String, name: String, inlineReference: String? = nil) {
        json.write(raw: "event: file\ndata: {\"url\":")
        json.write(string: url)
        json.write(raw: ",\"content_type\":")
        json.write(string: contentType)
        json.write(raw: ",\"name\":")
        json.write(string: name)
        json.write(raw: ",\"inline_ref\":")
        if let inlineReference { json.write(string: inlineReference) } else { json.write(raw: "null") }
        json.write(raw: "}\n\n")
    }

    /// Writes a text that Poe keeps with the answer for this bot; of several the last counts.
    package mutating func data(metadata: String) {
        json.write(raw: "event: data\ndata: {\"metadata\":")
        json.write(string: metadata)
        json.write(raw: "}\n\n")
    }

    /// Writes structured data, such as a ``PoeToolCallChunk``.
    package mutating func json(_ object: JSONObject) {
        json.write(raw: "event: json\ndata: ")
        json.write(.object(object))
        json.write(raw: "\n\n")
    }

    /// Writes a follow-up that the person can choose; the first one switches Poe's own suggestions off.
    package mutating func suggestedReply(_ text: String) {
        json.write(raw: "event: suggested_reply\ndata: {\"text\":")
        json.write(string: text)
        json.write(raw: "}\n\n")
    }

    /// Writes that the answer has failed.
    ///
    /// Poe shows the raw response to nobody, but strangers can read it: it must tell nothing of our inside.
    ///
    /// - Parameters:
    ///   - text: What the person reads.
    ///   - allowsRetry: Whether Poe and the person may send the same request again.
    ///   - type: The kind of error, for the few that Poe treats differently.
    ///   - rawResponse: A word for whoever looks at the wire, such as the kind of failure.
    package mutating func error(
        _ text: String, allowsRetry: Bool, type: PoeErrorType? = nil, rawResponse: String? = nil
    ) {
        json.write(raw: allowsRetry ? "event: error\ndata: {\"allow_retry\":true,\"text\":" : Self.finalErrorStart)
        json.write(string: text)
        if let type {
            json.write(raw: ",\"error_type\":")
            json.write(string: type.rawValue)
        }
        if let rawResponse {
            json.write(raw: ",\"raw_response\":")
            json.write(string: rawResponse)
        }
        json.write(raw: "}\n\n")
    }

    /// Writes that the answer is over.
    package mutating func done() { json.write(raw: "event: done\ndata: {}\n\n") }

    /// Writes a comment, which shows that the connection lives and which readers skip.
    package mutating func ping() { json.write(raw: ": ping\n\n") }

    private static let finalErrorStart = "event: error\ndata: {\"allow_retry\":false,\"text\":"
}
