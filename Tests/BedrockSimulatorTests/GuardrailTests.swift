import BedrockSimulator
import JSONCoding
import Testing

/// Guardrails: by themselves, and over answers in every shape.
@Suite(.timeLimit(.minutes(1)))
struct GuardrailTests {
    private static let blocked = "Sorry, the model cannot answer this question."

    private func request(
        _ prompt: String, id: String = "gr1", trace: String = "enabled", mode: String? = nil
    ) -> JSONValue {
        var guardrail: JSONObject = [
            "guardrailIdentifier": .string(id), "guardrailVersion": "1", "trace": .string(trace),
        ]
        if let mode { guardrail.append("streamProcessingMode", .string(mode)) }
        return conversation(prompt, adding: ["guardrailConfig": .object(guardrail)])
    }

    @Test(arguments: ["topic", "content", "word"])
    func `words in a prompt break a policy`(policy: String) async throws {
        try await withSimulator { client async throws in
            let answer = try await client.call("converse", request("Please break the \(policy) policy."))
            #expect(answer.json?["stopReason"] == "guardrail_intervened")
            #expect(answer.text == Self.blocked)
            let trace = try #require(answer.json?["trace"]?["guardrail"])
            let assessment = try #require(trace["inputAssessment"]?["gr1"])
            #expect(assessment["\(policy)Policy"]?.text().contains("BLOCKED") == true)
            #expect(trace["actionReason"] == "Guardrail blocked.")
            #expect(assessment["appliedGuardrailDetails"]?["guardrailOrigin"] == ["REQUEST"])
            #expect(assessment["contextualGroundingPolicy"] == nil)
        }
    }

    @Test func `a full trace tells of policies that are kept`() async throws {
        try await withSimulator { client async throws in
            let kept = try await client.call("converse", request("Hello", trace: "enabled_full"))
            let full = kept.json?["trace"]?["guardrail"]?["inputAssessment"]?["gr1"]
            #expect(full?["topicPolicy"]?["topics"]?.array?.first?["action"] == "NONE")
            let short = try await client.call("converse", request("Hello"))
            #expect(short.json?["trace"]?["guardrail"]?["inputAssessment"]?["gr1"]?["topicPolicy"] == nil)
            #expect(short.json?["trace"]?["guardrail"]?["outputAssessments"]?["gr1"]?.array?.count == 1)
            let none = try await client.call("converse", request("Hello", trace: "disabled"))
            #expect(none.json?["trace"] == nil)
        }
    }

    @Test func `a marked part is all that is read`() async throws {
        try await withSimulator { client async throws in
            func ask(_ marked: String) async throws -> JSONValue? {
                try await client.call(
                    "converse",
                    [
                        "messages": [
                            message(
                                role: "user", ["text": "Break the topic policy"],
                                ["guardContent": ["text": ["text": .string(marked)]]])
                        ],
                        "guardrailConfig": [
                            "guardrailIdentifier": "gr1", "guardrailVersion": "DRAFT", "trace": "enabled",
                        ],
                    ]
                ).json
            }
            let passed = try await ask("Hello")
            #expect(passed?["stopReason"] == "end_turn")
            let coverage = passed?["trace"]?["guardrail"]?["inputAssessment"]?["gr1"]?["invocationMetrics"]?[
                "guardrailCoverage"]
            #expect(coverage?["textCharacters"] == ["guarded": 5, "total": 27])
            #expect(try await ask("Break the word policy")?["stopReason"] == "guardrail_intervened")
        }
    }

    @Test func `an answer that breaks a policy is replaced, or told of when it has been streamed`() async throws {
        try await withSimulator { client async throws in
            let prompt = "Break a policy in the answer, please"
            let whole = try await client.call("converse", request(prompt))
            #expect(whole.text == Self.blocked)
            let trace = whole.json?["trace"]?["guardrail"]
            #expect(trace?["outputAssessments"]?["gr1"]?.array?.first?["topicPolicy"] != nil)
            #expect(trace?["modelOutput"]?.array?.first?.string?.hasPrefix("This is") == true)

            let held = try await client.call("converse-stream", request(prompt, mode: "sync")).events()
            #expect(text(of: held) == Self.blocked)
            let sent = try await client.call("converse-stream", request(prompt, mode: "async")).events()
            #expect(text(of: sent).hasPrefix("This is"))
            for events in [held, sent] {
                #expect(
                    events.first { $0.type == "messageStop" }?.payload["stopReason"] == "guardrail_intervened")
                #expect(events.last?.payload["trace"]?["guardrail"]?["actionReason"] == "Guardrail blocked.")
            }
        }
    }

    @Test func `text that is watched first comes in larger pieces`() async throws {
        try await withSimulator { client async throws in
            func pieces(_ mode: String) async throws -> Int {
                try await client.call("converse-stream", request("Hello", mode: mode)).events().count {
                    $0.type == "contentBlockDelta"
                }
            }
            let (held, sent) = (try await pieces("sync"), try await pieces("async"))
            #expect(held > 1)
            #expect(held * 4 < sent)
        }
    }

    @Test func `mail addresses in an answer are masked`() async throws {
        try await withSimulator { client async throws in
            let answer = try await client.call(
                "converse", request("Reply with the single word mary.o+x@mail.example.org"))
            #expect(answer.text == "{EMAIL}")
            #expect(answer.json?["stopReason"] == "end_turn")
            let entities = answer.json?["trace"]?["guardrail"]?["outputAssessments"]?["gr1"]?.array?.first?[
                "sensitiveInformationPolicy"]?["piiEntities"]
            #expect(entities?.array?.first?["match"] == "mary.o+x@mail.example.org")
        }
    }

    @Test(arguments: [
        (
            "us.anthropic.claude-haiku-4-5-20251001-v1:0",
            #"{"anthropic_version":"bedrock-2023-05-31","max_tokens":100,"#
        ),
        ("amazon.nova-micro-v1:0", "{"),
    ])
    func `InvokeModel names a guardrail in its headers`(model: String, start: String) async throws {
        try await withSimulator { client async throws in
            let content =
                start == "{"
                ? #"[{"text":"Break the topic policy"}]"# : #""Break the topic policy""#
            let body = Array("\(start)\"messages\":[{\"role\":\"user\",\"content\":\(content)}]}".utf8)
            let headers = [
                ("x-amzn-bedrock-guardrailidentifier", "gr1"), ("x-amzn-bedrock-guardrailversion", "1"),
                ("x-amzn-bedrock-trace", "ENABLED"),
            ]
            let target = "/model/\(model.replacing(":", with: "%3A"))/"
            let whole = try await client.send(target: target + "invoke", body: body, headers: headers)
            #expect(whole.json?["amazon-bedrock-guardrailAction"] == "INTERVENED")
            #expect(whole.json?["amazon-bedrock-trace"]?["guardrail"]?["input"]?["gr1"]?["topicPolicy"] != nil)
            #expect(String(decoding: whole.body, as: UTF8.self).contains(Self.blocked))
            let plain = try await client.send(target: target + "invoke", body: body)
            #expect(plain.status == 200)
            #expect(plain.json?["amazon-bedrock-guardrailAction"] == nil)
            let stream = try await client.send(
                target: target + "invoke-with-response-stream", body: body, headers: headers)
            #expect(stream.status == 200)
            let missing = [("x-amzn-bedrock-guardrailidentifier", "missing1"), headers[1]]
            #expect(try await client.send(target: target + "invoke", body: body, headers: missing).status == 400)
        }
    }

    private func apply(
        _ client: SimulatorClient, _ texts: [String], id: String = "gr1", source: String = "INPUT",
        scope: String = "INTERVENTIONS"
    ) async throws -> SimulatorClient.Answer {
        let body: JSONValue = [
            "source": .string(source), "outputScope": .string(scope),
            "content": .array(texts.map { ["text": ["text": .string($0)]] }),
        ]
        return try await client.send(target: "/guardrail/\(id)/version/DRAFT/apply", body: body.encoded())
    }

    @Test func `a guardrail is applied to texts alone`() async throws {
        try await withSimulator { client async throws in
            let passed = try await apply(client, ["Hello"])
            #expect(passed.json?["action"] == "NONE")
            #expect(passed.json?["outputs"] == [])
            #expect(passed.json?["usage"]?["topicPolicyUnits"] == 1)
            #expect(passed.json?["guardrailCoverage"]?["textCharacters"] == ["guarded": 5, "total": 5])
            let stopped = try await apply(client, ["Break the WORD policy"], source: "OUTPUT")
            #expect(stopped.json?["action"] == "GUARDRAIL_INTERVENED")
            #expect(stopped.json?["outputs"] == [["text": .string(Self.blocked)]])
            let masked = try await apply(client, ["Write to a@b.example.", "a@b is none"])
            #expect(masked.json?["action"] == "GUARDRAIL_INTERVENED")
            #expect(masked.json?["outputs"] == [["text": "Write to {EMAIL}."], ["text": "a@b is none"]])
            let full = try await apply(client, ["Hello"], scope: "FULL")
            #expect(full.json?["assessments"]?.array?.first?["contentPolicy"] != nil)
        }
    }

    @Test func `a call to no guardrail, or with no proper source, is refused`() async throws {
        try await withSimulator { client async throws in
            let missing = try await apply(client, ["Hello"], id: "missing1")
            #expect(missing.status == 404)
            #expect(missing.errorCode == "ResourceNotFoundException")
            #expect(try await apply(client, ["Hello"], id: "No-Such").status == 400)
            #expect(try await apply(client, ["Hello"], source: "BOTH").status == 400)
            #expect(try await apply(client, ["Hello"], scope: "ALL").status == 400)
            #expect(try await client.call("converse", request("Hello", id: "missing1")).status == 400)
        }
    }

    private func text(of events: [(type: String, payload: JSONValue)]) -> String {
        events.compactMap { $0.payload["delta"]?["text"]?.string }.joined()
    }
}
