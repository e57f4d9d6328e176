import EventStreamCoding
import JSONCoding

/// Makes the events of ConverseStream and the body of Converse out of an answer.
///
/// Source: Amazon Bedrock API reference, ConverseStream and Converse, response syntax.
struct AnswerEvents: Sendable {
    let answer: Answer

    /// The event that opens the stream.
    func messageStart() throws(EventStreamError) -> [UInt8] {
        try frame("messageStart", [("role", "assistant")], padding: 0)
    }

    /// The event of one delta.
    ///
    /// A block of text opens with its first delta and has no event of its own for that.
    func delta(at index: Int) throws(EventStreamError) -> [UInt8] {
        let delta: JSONValue = ["text": .string(answer.deltas[index])]
        return try frame("contentBlockDelta", [("contentBlockIndex", 0), ("delta", delta)], padding: index + 1)
    }

    /// The events that close the stream.
    func ending(latency: Duration) throws(EventStreamError) -> [UInt8] {
        let count = answer.deltas.count
        var bytes: [UInt8] = []
        if count > 0 { bytes += try frame("contentBlockStop", [("contentBlockIndex", 0)], padding: count + 1) }
        bytes += try frame("messageStop", [("stopReason", .string(answer.stopReason.rawValue))], padding: count + 2)
        bytes += try frame(
            "metadata", [("usage", usage), ("metrics", metrics(latency))], padding: count + 3)
        return bytes
    }

    /// The body of Converse.
    func whole(latency: Duration) -> [UInt8] {
        let content: [JSONValue] = answer.deltas.isEmpty ? [] : [["text": .string(answer.text)]]
        let body: JSONValue = [
            "metrics": metrics(latency),
            "output": ["message": ["content": .array(content), "role": "assistant"]],
            "stopReason": .string(answer.stopReason.rawValue),
            "usage": usage,
        ]
        return body.encoded()
    }

    private var usage: JSONValue {
        [
            "inputTokens": .integer(answer.inputTokens), "outputTokens": .integer(answer.outputTokens),
            "totalTokens": .integer(answer.inputTokens + answer.outputTokens),
        ]
    }

    private func metrics(_ latency: Duration) -> JSONValue {
        let (seconds, attoseconds) = latency.components
        return ["latencyMs": .integer(max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000))]
    }

    /// One frame.
    ///
    /// Like the service's, its payload carries a member `p` of a length that says nothing, so that nobody can tell words
    /// by the sizes of packets; here it follows from the position, so that answers repeat exactly.
    private func frame(
        _ type: String, _ members: [(String, JSONValue)], padding position: Int
    ) throws(EventStreamError) -> [UInt8] {
        var payload = JSONObject(members)
        payload.append("p", .string(String(Self.letters.prefix(position * 29 % Self.letters.count))))
        return try EventStreamMessage(
            headers: [
                EventStreamHeader(name: ":event-type", value: .string(type)),
                EventStreamHeader(name: ":content-type", value: .string("application/json")),
                EventStreamHeader(name: ":message-type", value: .string("event")),
            ],
            payload: JSONValue.object(payload).encoded()
        ).encoded()
    }

    private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
}
