import JSONCoding
import PoeProtocol
import Testing

struct PoeRequestTests {
    @Test func `a whole query keeps every value`() throws {
        let query = try query(
            #"""
            {"version":"1.2","type":"query","user_id":"u-1","conversation_id":"c-1","message_id":"m-9","metadata":"d-1",
             "api_key":"stolen","access_key":"stolen","temperature":0.7,"skip_system_prompt":true,
             "logit_bias":{"a":-1.5,"b":"no"},"stop_sequences":["END",7,null],"language_code":"de",
             "adopt_current_bot_name":true,"bot_query_id":"q-1","users":[{"id":"u-1","name":"Ann"},null],
             "tools":[{"type":"function"}],"tool_calls":[],"tool_results":null,"query_creation_time":1700000000000001,
             "extra_params":{"x":[1]},"future":1,
             "query":[{"role":"user","message_type":null,"sender_id":"s","sender":{"id":"u-1","name":null},
              "content":"hi","parameters":{"style":2},"content_type":"text/plain","timestamp":17,"message_id":"m-1",
              "feedback":[{"type":"like"}],"metadata":"kept","reactions":[{"user_id":"u-2","reaction":"heart"}],
              "attachments":[{"url":"https://x/y","content_type":"image/png","name":"y.png","inline_ref":"r",
                "parsed_content":"a cat"}],
              "referenced_message":{"role":"bot","content":"before"}}]}
            """#
        )
        #expect(query.version == "1.2" && query.userID == "u-1" && query.conversationID == "c-1")
        #expect(query.messageID == "m-9" && query.metadata == "d-1" && query.botQueryID == "q-1")
        #expect(query.temperature == 0.7 && query.skipsSystemPrompt && query.adoptsCurrentBotName == true)
        #expect(query.logitBias == ["a": -1.5] && query.stopSequences == ["END"] && query.languageCode == "de")
        #expect(query.users == [PoeSender(id: "u-1", name: "Ann")])
        #expect(query.tools?.count == 1 && query.toolCalls == [] && query.toolResults == nil)
        #expect(query.creationTime == 1_700_000_000_000_001 && query.extraParameters == ["x": [1]])
        #expect(!"\(query)".contains("stolen"))

        let message = try #require(query.messages.first)
        #expect(message.role == .user && message.content == "hi" && message.contentType == "text/plain")
        #expect(message.senderID == "s" && message.sender == PoeSender(id: "u-1"))
        #expect(message.parameters == ["style": 2] && message.timestamp == 17 && message.messageID == "m-1")
        #expect(message.feedback == [PoeFeedback(type: "like")] && message.metadata == "kept")
        #expect(message.reactions == [PoeReaction(userID: "u-2", reaction: "heart")])
        let attachment = PoeAttachment(
            url: "https://x/y", contentType: "image/png", name: "y.png", inlineReference: "r", parsedContent: "a cat"
        )
        #expect(message.attachments == [attachment])
        #expect(message.referencedMessage == PoeMessage(role: .bot, content: "before"))
    }

    @Test(arguments: [
        #"{"type":"query"}"#,
        #"{"type":"query","query":null,"user_id":null,"temperature":null,"users":null,"logit_bias":null}"#,
        #"{"type":"query","query":"hello","user_id":7,"temperature":"hot","users":{},"stop_sequences":"x"}"#,
        #"{"type":"query","query":{"role":"user"},"temperature":-1,"logit_bias":[1],"language_code":false}"#,
        #"{"type":"query","query":[1,null,"x",[],true],"skip_system_prompt":"yes","query_creation_time":0.5}"#,
    ])
    func `what is missing, null or of the wrong type counts as its default`(body: String) throws {
        var expected = PoeQuery(messages: [])
        expected.version = ""
        #expect(try query(body) == expected)
    }

    @Test(arguments: [
        (#"{}"#, PoeMessage(role: .other(""), content: "")),
        (
            #"{"role":null,"content":null,"attachments":null,"parameters":null}"#,
            PoeMessage(role: .other(""), content: "")
        ),
        (
            #"{"role":7,"content":["x"],"sender":"s","feedback":"f","timestamp":"t"}"#,
            PoeMessage(role: .other(""), content: "")
        ),
        (#"{"role":"moderator","content":"x"}"#, PoeMessage(role: .other("moderator"), content: "x")),
        (
            #"{"role":"tool","content":"x","referenced_message":[],"reactions":[3]}"#,
            PoeMessage(role: .tool, content: "x")
        ),
        (#"{"role":"system","content":"\ud83d\ude00"}"#, PoeMessage(role: .system, content: "😀")),
    ])
    func `a message of any shape is a message`(json: String, expected: PoeMessage) throws {
        #expect(try query(#"{"type":"query","query":[\#(json)]}"#).messages == [expected])
    }

    @Test func `attachments of any shape are attachments`() throws {
        let query = try query(
            #"{"type":"query","query":[{"role":"user","content":"","attachments":[null,{},{"name":1,"url":"u"}]}]}"#
        )
        #expect(
            query.messages[0].attachments == [
                PoeAttachment(url: "", contentType: "", name: ""), PoeAttachment(url: "u", contentType: "", name: ""),
            ])
    }

    @Test func `a time written as a fraction is a time`() throws {
        #expect(try query(#"{"type":"query","query_creation_time":1.7e15}"#).creationTime == 1_700_000_000_000_000)
    }

    @Test func `the newest messages are kept and the others counted`() throws {
        let messages = (0..<30).map { #"{"role":"user","content":"\#($0)"}"# }.joined(separator: ",")
        let query = try query(
            #"{"type":"query","query":[\#(messages)]}"#, limits: PoeRequestLimits(messages: 10)
        )
        #expect(query.messages.map(\.content) == (20..<30).map(String.init))
        #expect(query.omittedMessages == 20)
    }

    @Test func `the other types of requests are told apart`() throws {
        #expect(try decode(#"{"type":"settings","version":"1.2"}"#) == .settings)
        #expect(try decode(#"{"type":"sing"}"#) == .unknown(type: "sing"))
        #expect(
            try decode(
                #"{"type":"report_feedback","message_id":"m","user_id":"u","conversation_id":"c","feedback_type":"like"}"#
            )
                == .reportFeedback(
                    PoeFeedbackReport(messageID: "m", userID: "u", conversationID: "c", feedback: "like")))
        #expect(
            try decode(#"{"type":"report_reaction","message_id":"m","reaction":"heart"}"#)
                == .reportReaction(PoeReactionReport(messageID: "m", userID: "", conversationID: "", reaction: "heart"))
        )
        #expect(
            try decode(#"{"type":"report_error","message":"bad","metadata":{"at":1}}"#)
                == .reportError(PoeErrorReport(message: "bad", metadata: ["at": 1])))
        #expect(
            try decode(#"{"type":"report_error","message":null,"metadata":"x"}"#)
                == .reportError(PoeErrorReport(message: "")))
    }

    @Test(arguments: [
        ("", "invalid JSON at byte 0: the text ends too early"),
        ("{", "invalid JSON at byte 1: expected a member name in quotes"),
        (#"[{"type":"settings"}]"#, "the body must be a JSON object, not a list"),
        (#"{"version":"1.2"}"#, "the key 'type' is missing"),
        (#"{"type":null}"#, "'type' must be a string, not null"),
        (#"{"type":3}"#, "'type' must be a string, not a number"),
        (
            #"{"type":"query","query":\#(String(repeating: "[", count: 70))"#,
            "invalid JSON at byte 87: nested deeper than 64"
        ),
    ])
    func `a body without meaning is an error that says why`(body: String, message: String) throws {
        let error = try #require(throws: PoeRequestError.self) { try decode(body) }
        #expect(error.message == message)
    }

    @Test func `a body of too many values is an error`() throws {
        let body = #"{"type":"query","query":[\#(String(repeating: "1,", count: 250_000))1]}"#
        let error = try #require(throws: PoeRequestError.self) { try decode(body) }
        #expect(error.message.hasSuffix("too many values"))
    }

    @Test func `messages nested in messages are bounded by the depth`() throws {
        var message = #"{"role":"user","content":"0"}"#
        for depth in 1...55 { message = #"{"role":"user","content":"\#(depth)","referenced_message":\#(message)}"# }
        var nested = try #require(try query(#"{"type":"query","query":[\#(message)]}"#).messages.first)
        var depth = 0
        while let next = nested.referencedMessage { (nested, depth) = (next, depth + 1) }
        #expect(depth == 55)
    }

    @Test func `a query that is written holds every key and reads back the same`() throws {
        var message = PoeMessage(
            role: .bot, content: "a\n\u{2028}\"",
            attachments: [PoeAttachment(url: "u", contentType: "text/plain", name: "n", parsedContent: "p")])
        message.referencedMessage = PoeMessage(role: .other("x"), content: "y")
        message.feedback = [PoeFeedback(type: "like", reason: nil)]
        message.reactions = [PoeReaction(userID: "u", reaction: "sad")]
        message.sender = PoeSender(id: "i")
        message.parameters = ["k": [true]]
        var query = PoeQuery(messages: [message, PoeMessage(role: .user, content: "")])
        query.temperature = 1e-7
        query.logitBias = ["z": -100, "a": 0.5]
        query.stopSequences = ["x"]
        query.tools = [["type": "function"]]
        query.creationTime = 5
        query.users = [PoeSender(id: "u", name: nil)]
        #expect(try PoeRequest.decode(query.json.encoded()) == .query(query))

        let keys = [
            "version", "type", "query", "user_id", "conversation_id", "message_id", "metadata", "api_key", "access_key",
            "temperature", "skip_system_prompt", "logit_bias", "stop_sequences", "language_code",
            "adopt_current_bot_name", "bot_query_id", "users", "tools", "tool_calls", "tool_results",
            "query_creation_time", "extra_params",
        ]
        let empty = PoeQuery(messages: [PoeMessage(role: .user, content: "hi")])
        #expect(empty.json.object?.map(\.name) == keys)
        #expect(empty.json["query"]?.array?[0].object?.count == 14)
        #expect(try PoeRequest.decode(empty.json.encoded()) == .query(empty))
    }

    private func decode(_ body: String, limits: PoeRequestLimits = PoeRequestLimits()) throws -> PoeRequest {
        try PoeRequest.decode(Array(body.utf8), limits: limits)
    }

    private func query(_ body: String, limits: PoeRequestLimits = PoeRequestLimits()) throws -> PoeQuery {
        guard case .query(let query) = try decode(body, limits: limits) else {
            Issue.record("not a query")
            return PoeQuery(messages: [])
        }
        return query
    }
}
