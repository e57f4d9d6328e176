import BedrockSimulator
import JSONCoding
import ModelCatalog
import Testing

@Suite(.timeLimit(.minutes(1)))
struct AnswerTests {
    @Test(arguments: [
        ("Reply with the single word pong", "pong"),
        ("Reply with the single word pong.", "pong"),
        ("  reply with the single word Straße.\n", "Straße"),
        ("You are being tested. Reply with the single word pong.", "pong"),
        ("One line.\nReply with the single word x-1", "x-1"),
    ])
    func `a word that is asked for is the answer`(prompt: String, word: String) async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse", conversation(prompt))
            #expect(answer.status == 200)
            #expect(answer.text == word)
            #expect(answer.json?["output"]?["message"]?["role"] == "assistant")
            #expect(answer.json?["stopReason"] == "end_turn")
        }
    }

    @Test(arguments: [
        "Reply with the single word pong and nothing else",
        "Reply with the single word ",
        "Do not reply with the single word pong, please",
        "Xreply with the single word pong",
        "pong",
        "Reply with the single word \(String(repeating: "pong", count: 100))",
    ])
    func `any other prompt gets a paragraph that names the model and holds no word of the prompt`(
        prompt: String
    ) async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse", conversation(prompt))
            let text = try #require(answer.text)
            #expect(text.contains("Nova Micro"))
            #expect(text.contains(SimulatorClient.model))
            #expect(!text.contains("pong"))
        }
    }

    @Test func `the newest message of the user counts`() async throws {
        try await withSimulator { client in
            let answer = try await client.call(
                "converse",
                conversation("Reply with the single word ping", "ping", "Reply with the single word pong"))
            #expect(answer.text == "pong")
        }
    }

    @Test func `the same request gets the same answer, another one another`() async throws {
        try await withSimulator { client in
            let first = try await client.call("converse", conversation("Hello"))
            #expect(try await client.call("converse", conversation("Hello")).body == first.body)
            #expect(try await client.call("converse", conversation("Hello, you")).text != first.text)
            let profile = try await client.call("converse", "us.amazon.nova-micro-v1:0", conversation("Hello"))
            #expect(profile.text?.contains("us.amazon.nova-micro-v1:0") == true)
        }
    }

    @Test func `a stream has the events of the service in their order`() async throws {
        try await withSimulator { client in
            let answer = try await client.call("converse-stream", conversation("Hello"))
            #expect(answer.status == 200)
            #expect(answer.header("content-type") == "application/vnd.amazon.eventstream")
            #expect(answer.header("x-amzn-requestid")?.count == 36)
            let events = try answer.events()
            let types = events.map(\.type)
            #expect(types.first == "messageStart")
            #expect(types.suffix(3) == ["contentBlockStop", "messageStop", "metadata"])
            let deltas = events.filter { $0.type == "contentBlockDelta" }
            #expect(deltas.count == types.count - 4)
            #expect(deltas.count >= 8)
            #expect(deltas.allSatisfy { $0.payload["contentBlockIndex"]?.integer == 0 })

            let whole = try await client.call("converse", conversation("Hello"))
            let text = deltas.compactMap { $0.payload["delta"]?["text"]?.string }.joined()
            #expect(text == whole.text)
            #expect(events.last?.payload["usage"] == whole.json?["usage"])
            #expect(events.last?.payload["metrics"]?["latencyMs"]?.integer == 0, "the clock stands still")
            #expect(Set(events.map { $0.payload["p"]?.string?.count ?? -1 }).count > 8, "padding varies")
        }
    }

    @Test func `usage is counted from the texts`() async throws {
        try await withSimulator { client in
            let request = conversation(
                "Reply with the single word pong", adding: ["system": [["text": "Be brief."]]])
            let usage = try await client.call("converse", request).json?["usage"]
            #expect(usage?["inputTokens"]?.integer == (31 + 9 + 3) / 4)
            #expect(usage?["outputTokens"]?.integer == 1)
            #expect(usage?["totalTokens"]?.integer == 11)
        }
    }

    @Test(arguments: [1, 3, 8])
    func `maxTokens cuts the answer`(limit: Int) async throws {
        try await withSimulator { client in
            let inference: JSONValue = ["maxTokens": .integer(limit)]
            let answer = try await client.call(
                "converse", conversation("Hello", adding: ["inferenceConfig": inference]))
            #expect(answer.json?["stopReason"] == "max_tokens")
            #expect(answer.json?["usage"]?["outputTokens"]?.integer == limit)
            let whole = try await client.call("converse", conversation("Hello")).text
            #expect(answer.text == whole.map { String($0.prefix(limit * 4)) })
        }
    }

    @Test(
        arguments: [
            (["Nova"], "This is ", "stop_sequence"),
            (["nowhere", "by the", " simulator"], nil, "stop_sequence"),
            (["nowhere"], nil, "end_turn"),
            (["This"], "", "stop_sequence"),
        ] as [([String], String?, String)])
    func `a stop sequence ends the answer`(sequences: [String], text: String?, reason: String) async throws {
        try await withSimulator { client in
            let inference: JSONValue = ["stopSequences": .array(sequences.map { .string($0) })]
            let request = conversation("Hello", adding: ["inferenceConfig": inference])
            let answer = try await client.call("converse", request)
            #expect(answer.json?["stopReason"]?.string == reason)
            if let text { #expect(answer.text ?? "" == text) }
            if reason == "stop_sequence" {
                for sequence in sequences { #expect(answer.text?.contains(sequence) != true) }
            }
            let stream = try await client.call("converse-stream", request).events()
            #expect(stream.first { $0.type == "messageStop" }?.payload["stopReason"]?.string == reason)
            let deltas = stream.compactMap { $0.payload["delta"]?["text"]?.string }.joined()
            #expect(deltas == answer.text ?? "")
        }
    }

    @Test func `every chat model of the catalog answers under its own name wherever it can be called`() async throws {
        let catalog = ModelCatalog.embedded
        try await withSimulator { client in
            for model in catalog.models where model.kind == .text && model.listed && model.runtime == true {
                let regions = ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1"]
                for region in regions {
                    guard let id = try? catalog.upstreamID(for: model.id, profile: .auto, in: region) else { continue }
                    var client = client
                    client.region = region
                    let answer = try await client.call("converse", id, conversation("Hello"))
                    #expect(answer.text?.contains("\(model.displayName) (\(id)) in \(region)") == true, "\(id)")
                }
            }
        }
    }
}
