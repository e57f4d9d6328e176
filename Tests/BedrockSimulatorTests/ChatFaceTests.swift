import BedrockSimulator
import JSONCoding
import NIOHTTP1
import ServerSentEvents
import Testing

/// The OpenAI-compatible face.
@Suite(.timeLimit(.minutes(1)))
struct ChatFaceTests {
    private func ask(
        _ client: SimulatorClient, _ body: JSONValue, key: String? = "simulator", fault: String? = nil,
        path: String = "chat/completions"
    ) async throws -> SimulatorClient.Answer {
        var client = client
        client.isSigned = false
        var headers: [(String, String)] = []
        if let key { headers.append(("authorization", "Bearer \(key)")) }
        if let fault { headers.append(("x-simulator-fault", fault)) }
        return try await client.send(target: "/v1/\(path)", body: body.encoded(), headers: headers)
    }

    private static func request(_ prompt: String, adding members: JSONObject = [:]) -> JSONValue {
        var body: JSONObject = [
            "model": .string(SimulatorClient.model), "messages": [["role": "user", "content": .string(prompt)]],
        ]
        for member in members { body[member.name] = member.value }
        return .object(body)
    }

    private static let tools: JSONValue = [
        ["type": "function", "function": ["name": "look", "parameters": ["type": "object"]]],
        ["type": "function", "function": ["name": "count", "parameters": ["type": "object"]]],
    ]

    /// The data of a stream's events.
    private func events(_ answer: SimulatorClient.Answer) throws -> [String] {
        var parser = ServerSentEventParser()
        parser.append(answer.body)
        var events: [String] = []
        while let event = try parser.next() { events.append(event.data) }
        return events
    }

    private func chunks(_ events: [String]) throws -> [JSONValue] {
        try events.filter { $0 != "[DONE]" }.map { try JSONParser.parse(Array($0.utf8)) }
    }

    @Test func `a completion comes whole`() async throws {
        try await withSimulator { client in
            let answer = try await ask(client, Self.request("Reply with the single word pong"))
            let choice = answer.json?["choices"]?.array?.first
            #expect(choice?["message"]?["content"] == "pong")
            #expect(choice?["finish_reason"] == "stop")
            #expect(answer.json?["usage"]?["total_tokens"]?.integer == 9)
            #expect(answer.json?["model"]?.string == SimulatorClient.model)
        }
    }

    @Test(arguments: [true, false])
    func `a stream ends with its reason, the usage if it is wanted, and DONE`(wantsUsage: Bool) async throws {
        try await withSimulator { client in
            var members: JSONObject = ["stream": true]
            if wantsUsage { members["stream_options"] = ["include_usage": true] }
            let answer = try await ask(client, Self.request("Hello", adding: members))
            #expect(answer.header("content-type")?.hasPrefix("text/event-stream") == true)
            let events = try events(answer)
            #expect(events.last == "[DONE]")
            let chunks = try chunks(events)
            let deltas = chunks.compactMap { $0["choices"]?.array?.first?["delta"]?["content"]?.string }
            #expect(deltas.count > 8)
            #expect(deltas.joined().contains("Nova Micro"))
            #expect((chunks.last?["usage"] != nil) == wantsUsage)
        }
    }

    @Test func `tools are called in parallel unless that is switched off`() async throws {
        try await withSimulator { client in
            let prompt = #"Call the tools look with {"at": "it"} and count with {}"#
            let request = Self.request(prompt, adding: ["tools": Self.tools])
            let whole = try await ask(client, request)
            let message = whole.json?["choices"]?.array?.first?["message"]
            let calls = message?["tool_calls"]?.array ?? []
            #expect(calls.compactMap { $0["function"]?["name"]?.string } == ["look", "count"])
            #expect(calls.first?["function"]?["arguments"] == #"{"at":"it"}"#)
            let one = try await ask(
                client, Self.request(prompt, adding: ["tools": Self.tools, "parallel_tool_calls": false]))
            #expect(one.json?["choices"]?.array?.first?["message"]?["tool_calls"]?.array?.count == 1)

            let chunks = try chunks(
                try events(
                    try await ask(client, Self.request(prompt, adding: ["tools": Self.tools, "stream": true]))))
            var arguments: [Int: String] = [:]
            for call in chunks.flatMap({ $0["choices"]?.array?.first?["delta"]?["tool_calls"]?.array ?? [] }) {
                arguments[call["index"]?.integer ?? -1, default: ""] += call["function"]?["arguments"]?.string ?? ""
            }
            #expect(arguments == [0: #"{"at":"it"}"#, 1: "{}"])

            let id = calls.first?["id"] ?? ""
            let messages: [JSONValue] = [
                ["role": "user", "content": .string(prompt)],
                ["role": "assistant", "content": .null, "tool_calls": [calls[0]]],
                ["role": "tool", "tool_call_id": id, "content": "rosebud"],
            ]
            let after = try await ask(
                client, Self.request("", adding: ["tools": Self.tools, "messages": .array(messages)]))
            let text = after.json?["choices"]?.array?.first?["message"]?["content"]?.string
            #expect(text?.contains("7 bytes") == true)
            #expect(text?.contains("rosebud") == false)
            let open = try await ask(client, Self.request("", adding: ["messages": .array(messages.dropLast())]))
            #expect(open.status == 400)
        }
    }

    @Test func `thoughts come apart from the text`() async throws {
        try await withSimulator { client in
            let request = Self.request("Reply with the single word pong", adding: ["reasoning_effort": "low"])
            let answer = try await ask(client, request)
            let message = answer.json?["choices"]?.array?.first?["message"]
            #expect(message?["content"] == "pong")
            #expect(message?["reasoning_content"]?.string?.isEmpty == false)
            let details = answer.json?["usage"]?["completion_tokens_details"]
            #expect((details?["reasoning_tokens"]?.integer ?? 0) > 0)
        }
    }

    @Test func `a repeated beginning is cached without being asked for`() async throws {
        try await withSimulator { client in
            let request = Self.request(String(repeating: "word ", count: 2000))
            let first = try await ask(client, request).json?["usage"]
            let second = try await ask(client, request).json?["usage"]
            #expect(first?["prompt_tokens_details"]?["cached_tokens"] == 0)
            #expect(second?["prompt_tokens_details"]?["cached_tokens"] == 2500)
            #expect(first?["prompt_tokens"] == second?["prompt_tokens"])
        }
    }

    @Test func `an image goes in and is told of`() async throws {
        try await withSimulator { client in
            let content: JSONValue = [
                ["type": "text", "text": "Look"],
                ["type": "image_url", "image_url": ["url": .string("data:image/png;base64,\(ContentTests.png)")]],
            ]
            let answer = try await ask(
                client,
                Self.request(
                    "", adding: ["model": "simulated-eyes", "messages": [["role": "user", "content": content]]]))
            let text = answer.json?["choices"]?.array?.first?["message"]?["content"]?.string
            #expect(text?.contains("image png of 70 bytes") == true)
        }
    }

    @Test(
        arguments: [
            (nil, request("Hello"), 401, nil), ("wrong", request("Hello"), 401, "invalid_api_key"),
            ("simulator", request("Hello", adding: ["model": "acme-1"]), 404, "model_not_found"),
            ("simulator", request("Hello", adding: ["messages": []]), 400, nil),
            ("simulator", request("Hello", adding: ["max_tokens": 1_000_000]), 400, "invalid_value"),
        ] as [(String?, JSONValue, Int, String?)])
    func `errors have the shape of the service`(
        key: String?, request: JSONValue, status: Int, code: String?
    ) async throws {
        try await withSimulator { client in
            let answer = try await ask(client, request, key: key)
            #expect(answer.status == status)
            #expect(answer.json?["error"]?["message"]?.string?.isEmpty == false)
            if let code { #expect(answer.json?["error"]?["code"]?.string == code) }
        }
    }

    @Test(arguments: [
        ("throttle;retry-after=2", 429), ("throttle-daily", 429), ("bare-429", 429), ("html-error", 502),
        ("internal-error", 500), ("unavailable", 503), ("error-type-in-body", 500), ("model-timeout", 504),
        ("wrong-content-type", 200),
    ])
    func `a fault takes the place of a completion`(fault: String, status: Int) async throws {
        try await withSimulator { client in
            let answer = try await ask(client, Self.request("Hello"), fault: fault)
            #expect(answer.status == status)
            #expect((answer.header("retry-after") == "2") == fault.hasPrefix("throttle;"))
        }
    }

    @Test func `a stream can break`() async throws {
        try await withSimulator { client in
            let request = Self.request("Hello", adding: ["stream": true])
            let failed = try events(try await ask(client, request, fault: "stream-internal-error;after=2"))
            #expect(failed.count == 3)
            #expect(failed.last?.contains(#""error":{"#) == true)
            let open = try events(try await ask(client, request, fault: "missing-done"))
            #expect(open.last != "[DONE]")
            let broken = try events(try await ask(client, request, fault: "malformed-event;after=1"))
            #expect(throws: (any Error).self) { try chunks(broken) }
            await #expect(throws: (any Error).self) { try await ask(client, request, fault: "cut-mid-stream") }
        }
    }

    @Test func `models are listed and images made`() async throws {
        try await withSimulator { client in
            var unsigned = client
            unsigned.isSigned = false
            let key = [("authorization", "Bearer simulator")]
            let models = try await unsigned.send(.GET, target: "/v1/models", headers: key)
            #expect(models.json?["data"]?.array?.contains { $0["id"]?.string == SimulatorClient.model } == true)
            let one = try await unsigned.send(.GET, target: "/v1/models/\(SimulatorClient.model)", headers: key)
            #expect(one.json?["object"] == "model")
            let images = try await ask(
                client, ["model": "simulated-image", "prompt": "A boat", "n": 2, "size": "256x256"],
                path: "images/generations")
            let first = images.json?["data"]?.array?.first?["b64_json"]?.string.flatMap(decodedBase64)
            #expect(first?.starts(with: [0x89, 0x50]) == true)
            #expect(try await ask(client, [:], path: "responses").status == 404)
        }
    }
}
