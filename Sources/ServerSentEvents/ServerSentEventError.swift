/// Why reading a server-sent event stream stopped; the only cause is size, since every byte sequence is some stream.
package enum ServerSentEventError: Error, Hashable, Sendable {
    /// An event, or a single line, has more bytes than the limit allows.
    case eventTooLong(limit: Int)
}

extension ServerSentEventError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .eventTooLong(let limit): "a server-sent event has more than the \(limit) bytes allowed"
        }
    }
}
