import EventStreamCoding
import JSONCoding

/// Makes the frames of Bedrock's event streams.
///
/// Source: AWS "Amazon event stream encoding"; Amazon Bedrock API reference, response streams.
enum EventFrames {
    /// One event.
    ///
    /// Like the service's, its payload carries a member `p` of a length that says nothing, so that nobody can tell
    /// words by the sizes of packets; here it follows from the position, so that answers repeat exactly.
    static func event(_ type: String, _ members: JSONObject, position: Int) throws(EventStreamError) -> [UInt8] {
        var payload = members
        payload.append("p", .string(String(letters.prefix(position * 29 % letters.count))))
        return try frame(type, payload: JSONValue.object(payload).encoded())
    }

    /// One chunk of InvokeModelWithResponseStream, which carries an object of the model's own.
    static func chunk(_ object: JSONObject, position: Int) throws(EventStreamError) -> [UInt8] {
        let bytes = JSONValue.object(object).encoded()
        return try event("chunk", ["bytes": .string(Base64.encoded(bytes))], position: position)
    }

    /// A failure within the stream: an exception frame, or the error frame of what no service model knows.
    static func failure(_ error: StreamError) throws(EventStreamError) -> [UInt8] {
        guard error != .unmodeled else {
            return try EventStreamMessage(
                headers: [
                    EventStreamHeader(name: ":error-code", value: .string("InternalFailure")),
                    EventStreamHeader(name: ":error-message", value: .string(error.message)),
                    EventStreamHeader(name: ":message-type", value: .string("error")),
                ]
            ).encoded()
        }
        var payload: JSONObject = ["message": .string(error.message)]
        if error == .modelStream {
            payload.append("originalStatusCode", 500)
            payload.append("originalMessage", "simulated")
        }
        return try EventStreamMessage(
            headers: [
                EventStreamHeader(name: ":exception-type", value: .string(error.rawValue)),
                EventStreamHeader(name: ":content-type", value: .string("application/json")),
                EventStreamHeader(name: ":message-type", value: .string("exception")),
            ],
            payload: JSONValue.object(payload).encoded()
        ).encoded()
    }

    /// An event with a payload as it is.
    static func frame(_ type: String, payload: [UInt8]) throws(EventStreamError) -> [UInt8] {
        try EventStreamMessage(
            headers: [
                EventStreamHeader(name: ":event-type", value: .string(type)),
                EventStreamHeader(name: ":content-type", value: .string("application/json")),
                EventStreamHeader(name: ":message-type", value: .string("event")),
            ],
            payload: payload
        ).encoded()
    }

    /// The prelude of a frame of 64 MiB with a checksum that holds, and the first kilobyte of the rest.
    ///
    /// A payload may have 24 MiB. Source: AWS "Amazon event stream encoding", limits.
    static let oversized: [UInt8] =
        [0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x40, 0x97, 0xB4, 0x90, 0x03] + [UInt8](repeating: 0x20, count: 1024)

    /// The content type of event streams.
    static let contentType = "application/vnd.amazon.eventstream"

    private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
}
