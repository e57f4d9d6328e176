import BotConfiguration
import ChatEvents
import Foundation
import Gateway
import JSONCoding
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CompletionTests {
    // MARK: - Whole answers

    @Test func `a whole answer is one chat completion`() async throws {
        let door = try OpenAIDoor { deliver in
            try await deliver([.reasoning("hm"), .text("Kath"), .text("mandu.")])
            try await deliver([.finished(.endOfTurn), .usage(TokenUsage(input: 5, output: 2, cacheRead: 7))])
        }
        let reply = try await door.exchange(body: OpenAIDoor.body())
        #expect(reply?.status == 200)
        #expect(reply?.headers["content-type"] == "application/json")
        let digest = try sampleBot().digest.text
        #expect(reply?.headers["x-bot-digest"] == digest)
        let json = try #require(reply?.json)
        #expect(json["object"] == "chat.completion")
        #expect(json["id"]?.string == "chatcmpl-" + (reply?.headers["x-request-id"] ?? ""))
        #expect(json["model"] == "amazon.nova-micro-v1:0")
        let choice = json["choices"]?.array?.first
        #expect(choice?["message"]?.object?["content"] == "Kathmandu.")
        #expect(choice?["message"]?["role"] == "assistant")
        #expect(choice?["message"]?["reasoning_content"] == nil)
        #expect(choice?["finish_reason"] == "stop")
        #expect(json["usage"]?["prompt_tokens"] == 12)
        #expect(json["usage"]?["completion_tokens"] == 2)
        #expect(json["usage"]?["total_tokens"] == 14)
        #expect(json["usage"]?["prompt_tokens_details"]?["cached_tokens"] == 7)
    }

    @Test(arguments: [
        (StopReason.endOfTurn, "stop"), (.stopSequence, "stop"), (.maxTokens, "length"), (.toolUse, "tool_calls"),
        (.contentFiltered, "content_filter"), (.contextWindowExceeded, "length"), (.other("new"), "stop"),
    ])
    func `every reason has its word, whole and streamed`(reason: StopReason, word: String) async throws {
        let door = try OpenAIDoor { deliver in try await deliver([.text("x"), .finished(reason)]) }
        let whole = try await door.exchange(body: OpenAIDoor.body())
        #expect(whole?.json?["choices"]?.array?.first?["finish_reason"]?.string == word)
        let stream = try await door.exchange(body: OpenAIDoor.body(#""stream":true"#))
        #expect(stream?.completionChunks.last?["choices"]?.array?.first?["finish_reason"]?.string == word)
    }

    @Test func `calls of tools come whole, side by side`() async throws {
        let door = try OpenAIDoor { deliver in
            try await deliver([.text("I look."), .toolCallStarted(index: 0, id: "c1", name: "weather")])
            try await deliver([.toolCallInput(index: 0, fragment: #"{"city":"#)])
            try await deliver([
                .toolCallInput(index: 0, fragment: #""Oslo"}"#), .toolCallStarted(index: 1, id: "c2", name: "now"),
                .finished(.toolUse),
            ])
        }
        let reply = try await door.exchange(body: OpenAIDoor.body())
        let message = reply?.json?["choices"]?.array?.first?["message"]
        #expect(message?["content"] == "I look.")
        #expect(
            message?["tool_calls"]
                == [
                    [
                        "id": "c1", "type": "function",
                        "function": ["name": "weather", "arguments": #"{"city":"Oslo"}"#],
                    ],
                    ["id": "c2", "type": "function", "function": ["name": "now", "arguments": "{}"]],
                ])
    }

    @Test func `without a count of the model's the usage is an estimate`() async throws {
        let door = try OpenAIDoor { deliver in try await deliver([.text("12345678"), .finished(.endOfTurn)]) }
        let usage = try await door.exchange(body: OpenAIDoor.body())?.json?["usage"]
        #expect(usage?["completion_tokens"] == 2)
        #expect((usage?["prompt_tokens"]?.integer ?? 0) > 0)
    }

    @Test func `a file is a link in the text`() async throws {
        let file = GeneratedFile(name: "nova-1.png", mediaType: MediaType("image/png"), bytes: [1, 2, 3])
        let door = try OpenAIDoor { deliver in
            try await deliver([.status("Making…"), .file(file), .finished(.endOfTurn)])
        }
        let reply = try await door.exchange(body: OpenAIDoor.body())
        let text = reply?.json?["choices"]?.array?.first?["message"]?["content"]?.string
        #expect(text?.hasPrefix("![nova-1.png](http://localhost/files/") == true)
    }

    // MARK: - Streams

    @Test func `a stream is chunks, the reason, and the end`() async throws {
        let door = try OpenAIDoor { deliver in
            try await deliver([.text("Kath"), .text("mandu.")])
            try await deliver([.finished(.endOfTurn), .usage(TokenUsage(input: 5, output: 2))])
        }
        let reply = try await door.exchange(body: OpenAIDoor.body(#""stream":true"#))
        #expect(reply?.status == 200)
        #expect(reply?.headers["content-type"] == "text/event-stream; charset=utf-8")
        #expect(reply?.headers["cache-control"] == "no-store")
        #expect(
            reply?.deltas == [["role": "assistant", "content": ""], ["content": "Kath"], ["content": "mandu."], [:]])
        #expect(reply?.body.hasSuffix("data: [DONE]\n\n") == true)
        let chunks = try #require(reply?.completionChunks)
        #expect(Set(chunks.map { $0["id"] }).count == 1)
        #expect(chunks.allSatisfy { $0["object"] == "chat.completion.chunk" && $0["usage"] == nil })
    }

    @Test func `the usage comes in a chunk of its own where it is asked for`() async throws {
        let door = try OpenAIDoor { deliver in
            try await deliver([.text("Hi"), .finished(.endOfTurn), .usage(TokenUsage(input: 5, output: 2))])
        }
        let reply = try await door.exchange(
            body: OpenAIDoor.body(#""stream":true,"stream_options":{"include_usage":true}"#))
        let chunks = try #require(reply?.completionChunks)
        #expect(chunks.dropLast().allSatisfy { $0.object?["usage"] == .null })
        #expect(chunks.last?["choices"] == [])
        #expect(chunks.last?["usage"]?["total_tokens"] == 7)
    }

    @Test func `calls of tools come piece by piece, and one without input as an empty object`() async throws {
        let door = try OpenAIDoor { deliver in
            try await deliver([
                .toolCallStarted(index: 0, id: "c1", name: "now"), .toolCallStarted(index: 1, id: "c2", name: "sum"),
                .toolCallInput(index: 1, fragment: "{}"), .finished(.toolUse),
            ])
        }
        let deltas = try await door.exchange(body: OpenAIDoor.body(#""stream":true"#))?.deltas ?? []
        let calls = deltas.compactMap { $0["tool_calls"]?.array?.first }
        #expect(calls.map { $0["index"] } == [0, 1, 1, 0])
        #expect(calls.map { $0["id"] } == ["c1", "c2", nil, nil])
        #expect(calls.map { $0["function"]?["arguments"] } == ["", "", "{}", "{}"])
    }

    @Test func `calls whose pieces come in turn can be put together`() async throws {
        let door = try OpenAIDoor { deliver in
            try await deliver([
                .toolCallStarted(index: 0, id: "c1", name: "now"), .toolCallStarted(index: 1, id: "c2", name: "sum"),
                .toolCallStarted(index: 2, id: "c3", name: "day"), .toolCallInput(index: 0, fragment: #"{"a":"#),
            ])
            try await deliver([.toolCallInput(index: 2, fragment: #"{"b":"#)])
            try await deliver([
                .toolCallInput(index: 0, fragment: "1}"), .toolCallInput(index: 2, fragment: "2}"),
                .finished(.toolUse),
            ])
        }
        let deltas = try await door.exchange(body: OpenAIDoor.body(#""stream":true"#))?.deltas ?? []
        var arguments: [Int: String] = [:]
        for call in deltas.flatMap({ $0["tool_calls"]?.array ?? [] }) {
            let index = try #require(call["index"]?.integer)
            arguments[index, default: ""] += call["function"]?["arguments"]?.string ?? ""
        }
        #expect(arguments == [0: #"{"a":1}"#, 1: "{}", 2: #"{"b":2}"#])
    }

    @Test func `text goes out as it comes`() async throws {
        let sawText = Signal()
        let door = try OpenAIDoor { deliver in
            try await deliver([.text("first")])
            await sawText.wait()
            try await deliver([.text(" second"), .finished(.endOfTurn)])
        }
        try await door.world.running { client in
            try await client.connected { connection in
                try await connection.send(
                    wireRequest(
                        "POST", "/v1/chat/completions", key: door.key, body: OpenAIDoor.body(#""stream":true"#)))
                let early = try await connection.read { $0.body.contains("first") }
                #expect(early?.body.contains("second") == false)
                sawText.set()
                #expect(try await connection.read(until: \.isComplete)?.body.contains(" second") == true)
            }
        }
    }

    // MARK: - Failures

    @Test(arguments: ChatFailure.Kind.allCases)
    func `a failure before the first piece has its status`(kind: ChatFailure.Kind) async throws {
        for members in ["", #""stream":true"#] {
            let door = try OpenAIDoor { _ in throw ChatFailure(kind, detail: "arn:aws:secret") }
            let reply = try await door.exchange(body: OpenAIDoor.body(members))
            let status = try #require(reply?.status)
            #expect((400...599).contains(status))
            let error = try #require(reply?.openAIError)
            #expect(error["message"]?.string?.contains(reply?.headers["x-request-id"] ?? "?") == true)
            #expect(error["type"]?.string?.isEmpty == false)
            #expect(reply?.body.contains("arn:") == false)
            #expect(["true", "false"].contains(reply?.headers["x-should-retry"]))
            #expect(door.world.requestLines.first?["outcome"] == kind.rawValue)
            #expect(door.world.requestLines.first?["http.status"] == "\(status)")
        }
    }

    @Test func `a failure in the middle is a piece with the error, and no end`() async throws {
        let door = try OpenAIDoor { deliver in
            try await deliver([.text("half")])
            throw ChatFailure(.modelError, detail: "secret")
        }
        let reply = try await door.exchange(body: OpenAIDoor.body(#""stream":true"#))
        // The piece may be sent before the failure is known, or both may come at once: then the failure has a status.
        if reply?.status == 200 {
            #expect(reply?.completionChunks.last?["error"]?["code"] == "model_error")
            #expect(reply?.body.contains("[DONE]") == false)
        } else {
            #expect(reply?.status == 502)
        }
        #expect(reply?.isComplete == true)
        #expect(reply?.body.contains("secret") == false)
    }

    @Test(arguments: ["", #""stream":true"#])
    func `a client that leaves ends the upstream's request`(members: String) async throws {
        let isAsked = Signal()
        let isCancelled = Signal()
        let door = try OpenAIDoor { _ in
            isAsked.set()
            do { try await Task.sleep(for: .seconds(50)) } catch {
                isCancelled.set()
                throw error
            }
        }
        try await door.world.running { client in
            try await client.connected { connection in
                try await connection.send(
                    wireRequest("POST", "/v1/chat/completions", key: door.key, body: OpenAIDoor.body(members)))
                await isAsked.wait()
            }
            await isCancelled.wait()
            await door.world.log.wait(for: "request")
        }
        #expect(door.world.requestLines.first?["outcome"] == "clientLeft")
    }

    // MARK: - Limits

    @Test func `the bot's gate counts for this door, and its room is told`() async throws {
        let door = try OpenAIDoor(.init(config: sampleBot(members: #""limits":{"requests_per_minute":2}"#))) {
            try await $0([.text("Hi"), .finished(.endOfTurn)])
        }
        try await door.world.running { client in
            let request = wireRequest("POST", "/v1/chat/completions", key: door.key, body: OpenAIDoor.body())
            for left in ["1", "0"] {
                let reply = try await client.exchange(request)
                #expect(reply?.status == 200)
                #expect(reply?.headers["x-ratelimit-limit-requests"] == "2")
                #expect(reply?.headers["x-ratelimit-remaining-requests"] == left)
                #expect(reply?.headers["x-ratelimit-reset-requests"]?.hasSuffix("s") == true)
            }
            let refused = try await client.exchange(request)
            #expect(refused?.status == 429)
            #expect(refused?.openAIError?["code"] == "rate_limit_exceeded")
            #expect(Int(refused?.headers["retry-after"] ?? "") ?? 0 > 50)
            let poe = try await client.exchange(
                wireRequest("POST", "/bots/nova", key: TestGateway.key, body: queryBody()))
            #expect(poe?.events.contains("error") == true)
        }
    }

    @Test func `a bot that is switched off says so`() async throws {
        let door = try OpenAIDoor(.init(config: sampleBot(), isEnabled: false)) { _ in }
        let reply = try await door.exchange(body: OpenAIDoor.body())
        #expect(reply?.status == 503)
        #expect(reply?.openAIError?["code"] == "bot_unavailable")
        #expect(reply?.headers["x-should-retry"] == "false")
    }

    @Test func `a request leaves one line, without what was said`() async throws {
        let door = try OpenAIDoor { deliver in
            try await deliver([.text("private"), .finished(.endOfTurn), .usage(TokenUsage(input: 5, output: 2))])
        }
        _ = try await door.exchange(body: OpenAIDoor.body(text: "private"))
        let line = try #require(door.world.requestLines.first)
        #expect(line["openai.endpoint"] == "chat.completions")
        #expect(line["bot.name"] == "nova")
        #expect(line["key.id"]?.hasPrefix("key-") == true)
        #expect(line["tokens.input"] == "5")
        #expect(line["http.status"] == "200")
        #expect(!"\(line)".contains("private") && !"\(line)".contains(door.key))
    }
}
