import BedrockSimulator
import JSONCoding
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ToolTests {
    private static let lookUp: JSONValue = tool(
        "look_up", ["type": "object", "properties": ["place": ["type": "string"]], "required": ["place"]])
    private static let count: JSONValue = tool(
        "count", ["type": "object", "properties": ["to": ["type": "integer", "minimum": 3]], "required": ["to"]])

    private static func tool(_ name: String, _ schema: JSONValue) -> JSONValue {
        ["toolSpec": ["name": .string(name), "description": "A tool.", "inputSchema": ["json": schema]]]
    }

    private static func request(_ prompt: String, choice: JSONValue? = nil) -> JSONValue {
        var configuration: JSONObject = ["tools": [lookUp, count]]
        if let choice { configuration.append("toolChoice", choice) }
        return conversation(prompt, adding: ["toolConfig": .object(configuration)])
    }

    private static let result: JSONValue = .string("Sunny, 21 degrees, and the secret word is rosebud")

    private func calls(_ answer: SimulatorClient.Answer) -> [JSONValue] { answer.content.compactMap { $0["toolUse"] } }

    @Test func `a tool is called on command with the input of the prompt`() async throws {
        try await withSimulator { client in
            let prompt = #"Call the tool look_up with {"place": "Köln \"am\" Rhein", "n": [1, {"a": null}]}"#
            let answer = try await client.call("converse", Self.request(prompt))
            #expect(answer.json?["stopReason"] == "tool_use")
            let call = try #require(calls(answer).first)
            #expect(call["name"] == "look_up")
            #expect(call["input"] == ["place": #"Köln "am" Rhein"#, "n": [1, ["a": .null]]])
            #expect(call["toolUseId"]?.string?.hasPrefix("tooluse_") == true)
            let again = try await client.call("converse", Self.request(prompt))
            #expect(again.body == answer.body)
        }
    }

    @Test(arguments: [
        #"Call the tools look_up with {"place": "A"} and count with {"to": 9}"#,
        #"Please call the tools `look_up` with `{"place": "A"}`, and `count` with `{"to": 9}`."#,
    ])
    func `several tools are called at once, and streamed as fragments`(prompt: String) async throws {
        try await withSimulator { client in
            let whole = try await client.call("converse", Self.request(prompt))
            #expect(calls(whole).map { $0["name"]?.string } == ["look_up", "count"])
            let events = try await client.call("converse-stream", Self.request(prompt)).events()
            var inputs: [Int: String] = [:]
            for event in events where event.type == "contentBlockDelta" {
                guard let part = event.payload["delta"]?["toolUse"]?["input"]?.string,
                    let index = event.payload["contentBlockIndex"]?.integer
                else { continue }
                inputs[index, default: ""] += part
            }
            let parsed = try inputs.sorted { $0.key < $1.key }.map { try JSONParser.parse(Array($0.value.utf8)) }
            #expect(parsed == [["place": "A"], ["to": 9]])
            let starts = events.filter { $0.type == "contentBlockStart" }
            #expect(starts.compactMap { $0.payload["start"]?["toolUse"]?["name"]?.string } == ["look_up", "count"])
            #expect(Set(starts.compactMap { $0.payload["start"]?["toolUse"]?["toolUseId"]?.string }).count == 2)
        }
    }

    @Test(
        arguments: [
            ("Hello", ["any": [:]], "look_up", ["place": "simulated"]),
            ("Hello", ["tool": ["name": "count"]], "count", ["to": 3]),
            ("Call the tool count", nil, "count", ["to": 3]),
        ] as [(String, JSONValue?, String, JSONValue)])
    func `a call without an input gets an example of the schema`(
        prompt: String, choice: JSONValue?, name: String, input: JSONValue
    ) async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse", Self.request(prompt, choice: choice))
            #expect(calls(answer).map { $0["name"]?.string } == [name])
            #expect(calls(answer).first?["input"] == input)
        }
    }

    @Test(arguments: ["Call the tool other with {}", "What would you call the tool?", "Hello"])
    func `without a command for a tool that is offered nothing is called`(prompt: String) async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse", Self.request(prompt))
            #expect(answer.json?["stopReason"] == "end_turn")
            #expect(calls(answer).isEmpty)
        }
    }

    @Test func `a result is answered with its length and digest, never with itself`() async throws {
        try await withSimulator { client in
            let prompt = #"Call the tool look_up with {"place": "A"}"#
            let first = try await client.call("converse", Self.request(prompt))
            let id = try #require(calls(first).first?["toolUseId"])
            let tool: JSONValue = ["toolUseId": id, "content": [["text": Self.result]]]
            let request = Self.continued(prompt, answer: first.content, results: [["toolResult": tool]])
            let answer = try await client.call("converse", request)
            let text = try #require(answer.text)
            #expect(text.contains("1 tool result came back"))
            #expect(text.contains("49 bytes"))
            #expect(!text.contains("rosebud"))
        }
    }

    private static func continued(_ prompt: String, answer: [JSONValue], results: [JSONValue]) -> JSONValue {
        [
            "messages": [
                message(role: "user", ["text": .string(prompt)]),
                ["role": "assistant", "content": .array(answer)],
                ["role": "user", "content": .array(results)],
            ],
            "toolConfig": ["tools": [lookUp, count]],
        ]
    }

    private static func call(_ id: JSONValue) -> JSONValue {
        ["toolUse": ["toolUseId": id, "name": "look_up", "input": ["place": "A"]]]
    }

    private static func answered(_ id: JSONValue) -> JSONValue {
        ["toolResult": ["toolUseId": id, "content": [["text": "x"]]]]
    }

    @Test(
        arguments: [
            ([call("a"), call("b")], [answered("a")], "Expected toolResult blocks at messages.2.content for"),
            ([call("a")], [answered("a"), answered("b")], "The number of toolResult blocks at messages.2.content"),
            ([call("a"), call("a")], [answered("a")], "The toolUse blocks at messages.1.content contain duplicate"),
            ([call("a b")], [answered("a b")], "1 validation error detected: Value 'a b' at"),
        ] as [([JSONValue], [JSONValue], String)])
    func `calls and results that do not match are refused`(
        calls: [JSONValue], results: [JSONValue], message: String
    ) async throws {
        try await withSimulator { client in
            let answer = try await client.call(
                "converse", Self.continued("Hello", answer: calls, results: results))
            #expect(answer.status == 400)
            #expect(answer.message?.hasPrefix(message) == true, "\(answer.message ?? "")")
        }
    }

    @Test func `results without a tool configuration are refused`() async throws {
        try await withSimulator { client in
            var request = Self.continued("Hello", answer: [Self.call("a")], results: [Self.answered("a")])
            if var object = request.object {
                object["toolConfig"] = nil
                request = .object(object)
            }
            let answer = try await client.call("converse", request)
            #expect(answer.message?.hasPrefix("The toolConfig field must be defined") == true)
        }
    }

    @Test func `an answer keeps the schema that it is asked for`() async throws {
        try await withSimulator { client in
            let schema = #"{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}"#
            let format: JSONValue = [
                "textFormat": ["type": "json_schema", "structure": ["jsonSchema": ["schema": .string(schema)]]]
            ]
            let answer = try await client.call(
                "converse", "us.anthropic.claude-haiku-4-5-20251001-v1:0",
                conversation("Hello", adding: ["outputConfig": format]))
            #expect(answer.text == #"{"n":1}"#)
        }
    }
}
