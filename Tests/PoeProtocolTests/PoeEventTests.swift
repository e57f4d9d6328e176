import JSONCoding
import PoeProtocol
import Testing

struct PoeEventTests {
    @Test(arguments: [
        ("meta", "{}", PoeEvent.meta(PoeMeta())),
        (
            "meta", #"{"content_type":"text/plain","suggested_replies":true,"refetch_settings":true,"linkify":true}"#,
            .meta(PoeMeta(contentType: "text/plain", suggestedReplies: true, refetchSettings: true))
        ),
        ("text", #"{"text":"x","index":3}"#, .text("x")),
        ("replace_response", #"{"text":""}"#, .replaceResponse("")),
        ("suggested_reply", #"{"text":"y"}"#, .suggestedReply("y")),
        (
            "file", #"{"url":"u","content_type":"t","name":"n","inline_ref":null}"#,
            .file(PoeFile(url: "u", contentType: "t", name: "n"))
        ),
        ("data", #"{"metadata":"m"}"#, .data(metadata: "m")),
        ("json", #"{"choices":[]}"#, .json(["choices": []])),
        ("error", "{}", .error(PoeErrorEvent(allowsRetry: true))),
        (
            "error", #"{"allow_retry":false,"text":"t","error_type":"new_kind","raw_response":"r"}"#,
            .error(PoeErrorEvent(allowsRetry: false, text: "t", errorType: "new_kind", rawResponse: "r"))
        ),
        ("ping", "{}", .ping),
        ("done", #"{"anything":1}"#, .done),
        ("message", "not JSON", .unknown(name: "message", data: "not JSON")),
        ("sing", "", .unknown(name: "sing", data: "")),
    ])
    func `an event that keeps the protocol is read`(name: String, data: String, expected: PoeEvent) throws {
        let event = try PoeEvent.decode(name: name, data: data)
        #expect(event == expected)
        #expect(event.name == name)
    }

    @Test(arguments: [
        ("text", "{}", "'text' is missing"),
        ("text", #"{"text":null}"#, "'text' is missing"),
        ("text", #"{"text":7}"#, "'text' must be a string, not a number"),
        ("text", #"["x"]"#, "its data must be a JSON object, not a list"),
        ("text", #"{"text":"x"#, "its data is no JSON: invalid JSON at byte 10: the string does not end"),
        ("done", "", "it has no data"),
        ("done", "null", "its data must be a JSON object, not null"),
        ("meta", #"{"suggested_replies":"yes"}"#, "'suggested_replies' must be a Boolean, not a string"),
        ("file", #"{"url":"u","name":"n"}"#, "'content_type' is missing"),
        ("error", #"{"allow_retry":0}"#, "'allow_retry' must be a Boolean, not a number"),
    ])
    func `an event that Poe's own client refuses is an error`(name: String, data: String, reason: String) throws {
        let error = try #require(throws: PoeEventError.self) { try PoeEvent.decode(name: name, data: data) }
        #expect(error.reason == reason)
        #expect(error.event == name)
    }
}
