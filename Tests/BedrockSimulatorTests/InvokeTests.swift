import BedrockSimulator
import JSONCoding
import Testing

@Suite(.timeLimit(.minutes(1)))
struct InvokeTests {
    private static let claude = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
    private static let core = "stability.stable-image-core-v1:1"

    private func inOregon(_ client: SimulatorClient) -> SimulatorClient {
        var client = client
        client.region = "us-west-2"
        return client
    }

    private static func anthropic(_ prompt: JSONValue, adding members: JSONObject = [:]) -> JSONValue {
        var body: JSONObject = [
            "anthropic_version": "bedrock-2023-05-31", "max_tokens": 2000,
            "messages": [["role": "user", "content": prompt]],
        ]
        for member in members { body[member.name] = member.value }
        return .object(body)
    }

    /// The model's own objects in the chunks of a stream.
    private func chunks(_ answer: SimulatorClient.Answer) throws -> [JSONValue] {
        try answer.events().map { event in
            let text = try #require(event.payload["bytes"]?.string)
            return try JSONParser.parse(try #require(decodedBase64(text)))
        }
    }

    @Test func `Claude answers in its own words, whole and streamed`() async throws {
        try await withSimulator { client in
            let body = Self.anthropic("Reply with the single word pong")
            let whole = try await client.call("invoke", Self.claude, body)
            #expect(whole.json?["type"] == "message")
            #expect(whole.json?["content"]?.array?.first?["text"] == "pong")
            #expect(whole.json?["stop_reason"] == "end_turn")
            let events = try chunks(try await client.call("invoke-with-response-stream", Self.claude, body))
            #expect(
                events.compactMap { $0["type"]?.string } == [
                    "message_start", "content_block_start", "content_block_delta", "content_block_stop",
                    "message_delta", "message_stop",
                ])
            #expect(events[2]["delta"]?["text"] == "pong")
            #expect(events.last?["amazon-bedrock-invocationMetrics"]?["outputTokenCount"]?.integer == 1)
        }
    }

    @Test func `Claude thinks and calls tools in its own words`() async throws {
        try await withSimulator { client in
            let body = Self.anthropic(
                [["type": "text", "text": #"Call the tool look with {"at": "it"}"#]],
                adding: [
                    "thinking": ["type": "enabled", "budget_tokens": 1024],
                    "tools": [["name": "look", "input_schema": ["type": "object"]]],
                ])
            let whole = try await client.call("invoke", Self.claude, body)
            let content = whole.json?["content"]?.array ?? []
            #expect(content.map { $0["type"] } == ["thinking", "text", "tool_use"])
            #expect(content.last?["input"] == ["at": "it"])
            #expect(whole.json?["stop_reason"] == "tool_use")
            let events = try chunks(try await client.call("invoke-with-response-stream", Self.claude, body))
            let input = events.compactMap { $0["delta"]?["partial_json"]?.string }.joined()
            #expect(input == #"{"at":"it"}"#)
        }
    }

    @Test func `Nova answers in its own words`() async throws {
        try await withSimulator { client in
            let body = conversation("Reply with the single word pong")
            let whole = try await client.call("invoke", body)
            #expect(whole.text == "pong")
            let events = try chunks(try await client.call("invoke-with-response-stream", body))
            #expect(events.first?["messageStart"]?["role"] == "assistant")
            #expect(events.last?["metadata"]?["usage"] != nil)
        }
    }

    @Test(
        arguments: [
            ("anthropic_version", "anthropic_version: Field required"), ("max_tokens", "max_tokens: Field required"),
            ("messages", "messages: Field required"),
        ])
    func `a body without what it needs is refused`(member: String, message: String) async throws {
        try await withSimulator { client in
            var body = Self.anthropic("Hello").object
            body?[member] = nil
            let answer = try await client.call("invoke", Self.claude, .object(body ?? [:]))
            #expect(answer.status == 400)
            #expect(answer.message == message)
        }
    }

    @Test(arguments: [("1:1", 1024, 1024), ("16:9", 1344, 768), ("9:21", 640, 1536)])
    func `an image has the ratio that is asked for`(ratio: String, width: Int, height: Int) async throws {
        try await withSimulator { client in
            let client = inOregon(client)
            for (format, start) in [("png", [0x89, 0x50] as [UInt8]), ("jpeg", [0xFF, 0xD8])] {
                let body: JSONValue = [
                    "prompt": "A boat", "aspect_ratio": .string(ratio), "output_format": .string(format), "seed": 7,
                ]
                let answer = try await client.call("invoke", Self.core, body)
                #expect(answer.json?["finish_reasons"] == [.null])
                #expect(answer.json?["seeds"] == [7])
                let image = try #require(answer.json?["images"]?.array?.first?.string.flatMap(decodedBase64))
                #expect(image.starts(with: start))
                if format == "png" {
                    #expect(image[16..<24].elementsEqual(bigEndian(width) + bigEndian(height)))
                }
                let again = try await client.call("invoke", Self.core, body)
                #expect(again.body == answer.body)
            }
        }
    }

    private func bigEndian(_ number: Int) -> [UInt8] { [0, 0, UInt8(number >> 8), UInt8(number & 255)] }

    @Test(
        arguments: [
            ("Trigger the content filter", "Filter reason: prompt", 0),
            ("Trigger the output filter", "Filter reason: output image", 1),
        ])
    func `a filter answers under status 200`(prompt: String, reason: String, images: Int) async throws {
        try await withSimulator { client in
            let answer = try await inOregon(client).call("invoke", Self.core, ["prompt": .string(prompt)])
            #expect(answer.status == 200)
            #expect(answer.json?["finish_reasons"] == [.string(reason)])
            #expect(answer.json?["images"]?.array?.count == images)
        }
    }

    @Test(
        arguments: [
            (core, [:], "prompt: field required"),
            (core, ["prompt": .string(String(repeating: "a", count: 10_001))], "prompt: length 10001 is not"),
            (core, ["prompt": "a", "aspect_ratio": "7:5"], "aspect_ratio: '7:5' is none of"),
            (core, ["prompt": "a", "output_format": "webp"], "output_format: 'webp' is not supported"),
            (core, ["prompt": "a", "seed": -1], "seed: -1 is not within"),
            (
                "us.stability.stable-image-remove-background-v1:0", ["image": "aGVsbG8="],
                "image: not a valid image"
            ),
            (
                "us.stability.stable-image-remove-background-v1:0", ["image": .string(ContentTests.png)],
                "image: 1x1 is not within 64"
            ),
            ("amazon.nova-canvas-v1:0", ["taskType": "DREAM"], "Malformed input request: #/taskType"),
        ] as [(String, JSONValue, String)])
    func `a body for images that the model does not take is refused`(
        model: String, body: JSONValue, message: String
    ) async throws {
        try await withSimulator { client in
            let answer = try await inOregon(client).call("invoke", model, body)
            #expect(answer.status == 400)
            #expect(answer.message?.hasPrefix(message) == true, "\(answer.message ?? "")")
        }
    }

    @Test func `an edit service takes the image of a generator`() async throws {
        try await withSimulator { client in
            let client = inOregon(client)
            let made = try await client.call("invoke", Self.core, ["prompt": "A boat"])
            let image = try #require(made.json?["images"]?.array?.first)
            let cut = try await client.call(
                "invoke", "us.stability.stable-image-remove-background-v1:0", ["image": image])
            let bytes = try #require(cut.json?["images"]?.array?.first?.string.flatMap(decodedBase64))
            #expect(bytes[25] == 6, "the colour type has an alpha channel")
            let large = try await client.call("invoke", "us.stability.stable-fast-upscale-v1:0", ["image": image])
            let upscaled = try #require(large.json?["images"]?.array?.first?.string.flatMap(decodedBase64))
            #expect(upscaled[16..<20].elementsEqual(bigEndian(4096)))
        }
    }

    @Test func `Nova Canvas makes as many images as it is asked for`() async throws {
        try await withSimulator { client in
            let body: JSONValue = [
                "taskType": "TEXT_IMAGE", "textToImageParams": ["text": "A boat"],
                "imageGenerationConfig": ["width": 512, "height": 320, "numberOfImages": 3],
            ]
            let answer = try await client.call("invoke", "amazon.nova-canvas-v1:0", body)
            let images = answer.json?["images"]?.array ?? []
            #expect(Set(images).count == 3)
        }
    }

    @Test func `tokens are counted as the model would`() async throws {
        try await withSimulator { client in
            let request = conversation("Reply with the single word pong")
            let used = try await client.call("converse", Self.claude, request).json?["usage"]?["inputTokens"]
            let counted = try await client.call(
                "count-tokens", "anthropic.claude-haiku-4-5-20251001-v1:0", ["input": ["converse": request]])
            #expect(counted.json?["inputTokens"] == used)
            let other = try await client.call("count-tokens", ["input": ["converse": request]])
            #expect(other.message == "The provided model doesn't support counting tokens.")
        }
    }
}

/// The bytes of a base64 text, read by another hand than the simulator's.
func decodedBase64(_ text: String) -> [UInt8]? {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let values = Dictionary(uniqueKeysWithValues: digits.enumerated().map { ($1, UInt32($0)) })
    var (bytes, bits, count) = ([UInt8](), UInt32(0), 0)
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    for digit in text.utf8 where digit != UInt8(ascii: "=") {
        guard let value = values[digit] else { return nil }
        bits = bits << 6 | value
        count += 6
        if count >= 8 {
            count -= 8
            bytes.append(UInt8(bits >> UInt32(count) & 0xFF))
        }
    }
    return bytes
}
