/// Why bytes are no event stream, or a message cannot be written as one.
///
/// None can be stepped over: lengths are no longer to be trusted, so the stream ends with it.
package enum EventStreamError: Error, Hashable, Sendable {
    /// The checksum of the lengths is wrong: the bytes are damaged, or are no event stream at all.
    case preludeChecksumMismatch
    /// The checksum of the message is wrong: its headers or payload are damaged.
    case messageChecksumMismatch
    /// The lengths contradict each other or leave no room for what every message has.
    case inconsistentLengths(total: Int, headers: Int)
    /// The headers take more bytes than the limit allows.
    case headersTooLong(length: Int, limit: Int)
    /// The payload has more bytes than the limit allows.
    case payloadTooLong(length: Int, limit: Int)
    /// A header runs past the end of the headers.
    case headerOutOfBounds
    /// A header has a name that is empty, longer than 255 bytes or no UTF-8.
    case invalidHeaderName
    /// A header has a string that is no UTF-8, or a string or bytes of more than 65,535 bytes.
    case invalidHeaderValue(name: String)
    /// A header has a type that the format does not know.
    case unknownHeaderType(UInt8, name: String)
    /// Two headers have one name.
    case duplicateHeader(name: String)
    /// The stream ended within a message, after that many of its bytes.
    case truncated(byteCount: Int)
}

extension EventStreamError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .preludeChecksumMismatch: "the checksum of an event stream message's lengths is wrong"
        case .messageChecksumMismatch: "the checksum of an event stream message is wrong"
        case .inconsistentLengths(let total, let headers):
            "an event stream message of \(total) bytes cannot have \(headers) bytes of headers"
        case .headersTooLong(let length, let limit):
            "an event stream message has \(length) bytes of headers; \(limit) are allowed"
        case .payloadTooLong(let length, let limit):
            "an event stream message has \(length) bytes of payload; \(limit) are allowed"
        case .headerOutOfBounds: "a header of an event stream message runs past the end of its headers"
        case .invalidHeaderName: "an event stream message has an invalid header name"
        case .invalidHeaderValue(let name): "the event stream header \(name.debugDescription) has an invalid value"
        case .unknownHeaderType(let type, let name):
            "the event stream header \(name.debugDescription) is of the unknown type \(type)"
        case .duplicateHeader(let name): "an event stream message has the header \(name.debugDescription) twice"
        case .truncated(let byteCount): "the event stream ended \(byteCount) bytes into a message"
        }
    }
}
