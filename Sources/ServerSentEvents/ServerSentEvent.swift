/// One event of a server-sent event stream.
///
/// Source: WHATWG HTML, "Server-sent events".
package struct ServerSentEvent: Hashable, Sendable {
    /// What an event without an `event` line is called.
    package static let defaultName = "message"

    /// The name, of an `event` line or ``defaultName``.
    package var name: String
    /// The `data` lines, joined by line feeds; bytes that are no UTF-8 have become U+FFFD.
    package var data: String
    /// The last `id` that the stream has sent up to this event; empty when it has sent none, or an empty one.
    package var lastEventID: String

    /// Makes an event.
    package init(name: String = ServerSentEvent.defaultName, data: String, lastEventID: String = "") {
        self.name = name
        self.data = data
        self.lastEventID = lastEventID
    }
}
