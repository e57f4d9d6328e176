package import JSONCoding

/// A piece of a tool call as the data of a `json` event.
///
/// Poe's client reads the first choice only, wants `finish_reason` and `delta` in it, looks for a call's id and name in
/// its first piece, wants `arguments` in every piece, and skips the piece that has a reason to finish.
/// Source: Poe server-bot protocol, tool calling; OpenAI API reference, "The chat completion chunk object".
package enum PoeToolCallChunk: Hashable, Sendable {
    /// A call begins; the index, from 0, tells the calls of one answer apart.
    case start(index: Int, id: String, name: String)
    /// More of a call's input, as a fragment of JSON text.
    case arguments(index: Int, fragment: String)
    /// All calls are told.
    case finished

    /// The chunk as JSON.
    ///
    /// - Parameter answerID: The same for all chunks of an answer.
    /// - Returns: The event's data.
    package func json(answerID: String) -> JSONObject {
        let delta: JSONValue
        switch self {
        case .start(let index, let id, let name):
            delta = Self.delta([
                "index": .integer(index), "id": .string(id), "type": "function",
                "function": ["name": .string(name), "arguments": ""],
            ])
        case .arguments(let index, let fragment):
            delta = Self.delta(["index": .integer(index), "function": ["arguments": .string(fragment)]])
        case .finished: delta = [:]
        }
        let choice: JSONValue = [
            "index": 0, "delta": delta, "finish_reason": self == .finished ? "tool_calls" : .null,
        ]
        return [
            "id": .string(answerID), "object": "chat.completion.chunk", "choices": .array([choice]),
        ]
    }

    private static func delta(_ call: JSONValue) -> JSONValue { ["tool_calls": .array([call])] }
}
