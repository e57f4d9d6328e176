import BotConfiguration
import BotRuntime
import ChatEvents
import Foundation
import Gateway
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct QueryTests {
    private let key = TestGateway.key

    private func ask(_ world: TestGateway, body: String = queryBody()) async throws -> WireReply? {
        try await world.running { client in
            try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: body))
        }
    }

    // MARK: - The stream

    @Test func `an answer is meta, the text and done`() async throws {
        let reply = try await ask(
            try TestGateway { deliver in
                try await deliver([.text("Kath"), .text("mandu.")])
                try await deliver([.finished(.endOfTurn), .usage(TokenUsage(input: 5, output: 2))])
            })
        #expect(reply?.status == 200)
        #expect(reply?.headers["content-type"] == "text/event-stream; charset=utf-8")
        #expect(reply?.headers["cache-control"] == "no-store")
        #expect(reply?.headers["x-accel-buffering"] == "no")
        let digest = try sampleBot().digest.text
        #expect(reply?.headers["x-bot-digest"] == digest)
        #expect(
            reply?.body == """
                event: meta
                data: {"content_type":"text/markdown","suggested_replies":false}

                event: text
                data: {"text":"Kath"}

                event: text
                data: {"text":"mandu."}

                event: done
                data: {}


                """)
    }

    @Test func `meta arrives before the model has said anything, and text as it comes`() async throws {
        let sawMeta = Signal()
        let sawText = Signal()
        let world = try TestGateway { deliver in
            await sawMeta.wait()
            try await deliver([.text("first")])
            await sawText.wait()
            try await deliver([.text(" second"), .finished(.endOfTurn)])
        }
        try await world.running { client in
            try await client.connected { connection in
                try await connection.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                let early = try await connection.read { $0.events.contains("meta") }
                #expect(early?.events == ["meta"])
                sawMeta.set()
                let middle = try await connection.read { $0.events.contains("text") }
                #expect(middle?.events == ["meta", "text"])
                sawText.set()
                let whole = try await connection.read(until: \.isComplete)
                #expect(whole?.events == ["meta", "text", "text", "done"])
            }
        }
    }

    @Test func `a batch is one chunk`() async throws {
        let reply = try await ask(
            try TestGateway { deliver in
                try await deliver((0..<50).map { .text("\($0) ") } + [.finished(.endOfTurn)])
            })
        let texts = reply?.chunks.filter { $0.contains("event: text") } ?? []
        #expect(texts.count == 1)
        #expect(reply?.events.filter { $0 == "text" }.count == 50)
        #expect((reply?.chunks.count ?? 9) <= 3)
    }

    @Test func `thinking is not shown`() async throws {
        let reply = try await ask(
            try TestGateway { deliver in
                try await deliver([.reasoning("hm"), .text("Yes"), .reasoning("ok"), .finished(.endOfTurn)])
            })
        #expect(reply?.body.contains("hm") == false)
        #expect(reply?.events == ["meta", "text", "done"])
    }

    // MARK: - Endings

    @Test func `an answer without text has an empty one`() async throws {
        let reply = try await ask(try TestGateway { deliver in try await deliver([.finished(.endOfTurn)]) })
        #expect(reply?.events == ["meta", "text", "done"])
        #expect(reply?.data(of: "text") == #"{"text":""}"#)
    }

    @Test(arguments: [
        (StopReason.maxTokens, "length limit"), (.contentFiltered, "content policy"),
        (.contextWindowExceeded, "start a new chat"),
    ])
    func `an answer that was cut says so`(reason: StopReason, words: String) async throws {
        for text in ["", "Once upon"] {
            let reply = try await ask(
                try TestGateway { deliver in
                    if !text.isEmpty { try await deliver([.text(text)]) }
                    try await deliver([.finished(reason)])
                })
            #expect(reply?.body.contains(words) == true)
            #expect(reply?.events.last == "done")
            #expect(reply?.events.contains("error") == false)
        }
    }

    @Test(arguments: ChatFailure.Kind.allCases)
    func `every failure is an error and done, before text or after`(kind: ChatFailure.Kind) async throws {
        for text in ["", "half an ans"] {
            let world = try TestGateway { deliver in
                if !text.isEmpty { try await deliver([.text(text)]) }
                throw ChatFailure(kind, detail: "arn:aws:bedrock:us-east-1:123456789012:secret")
            }
            let reply = try await ask(world)
            #expect(reply?.status == 200)
            #expect(reply?.isComplete == true)
            #expect(reply?.events == (text.isEmpty ? ["meta", "error", "done"] : ["meta", "text", "error", "done"]))
            #expect(reply?.body.contains("123456789012") == false)
            let id = try #require(reply?.headers["x-request-id"])
            let error = try #require(reply?.data(of: "error"))
            #expect(error.contains(id))
            let type = try #require(try JSONSerialization.jsonObject(with: Data(error.utf8)) as? [String: Any])
            switch kind {
            case .inputTooLong: #expect(type["error_type"] as? String == "user_message_too_long")
            case .insufficientFunds: #expect(type["error_type"] as? String == "insufficient_fund")
            case .invalidRequest, .contentFiltered: #expect(type["error_type"] as? String == "user_caused_error")
            default: #expect(type["error_type"] == nil)
            }
            #expect(type["allow_retry"] is Bool)
            #expect(world.requestLines.first?["outcome"] == "\(kind.rawValue)")
            #expect(world.requestLines.first?["error.detail"] == "arn:aws:bedrock:us-east-1:123456789012:secret")
        }
    }

    @Test func `text past what Poe takes is cut with a note`() async throws {
        let reply = try await ask(
            try TestGateway { deliver in
                for _ in 0..<300 { try await deliver([.text(String(repeating: "é", count: 500))]) }
                try await deliver([.finished(.endOfTurn)])
            })
        let letters = reply?.body.unicodeScalars.filter { $0 == "é" }.count
        #expect(letters == 99_500)
        #expect(reply?.body.contains("was cut here") == true)
        #expect(reply?.events.last == "done")
    }

    @Test func `an answer of very many deltas stays below Poe's bound of events`() async throws {
        let reply = try await ask(
            try TestGateway { deliver in
                for _ in 0..<200 { try await deliver((0..<100).map { _ in .text("a") }) }
                try await deliver([.finished(.endOfTurn)])
            })
        #expect((reply?.events.count ?? .max) < 10_000)
        #expect(reply?.isComplete == true)
        #expect(reply?.events.last == "done")
    }

    @Test func `small pieces that come one by one never cut an answer at Poe's bound of events`() async throws {
        let reply = try await ask(
            try TestGateway { deliver in
                for index in 0..<24_000 { try await deliver([.text("\(index % 10)")]) }
                try await deliver([.finished(.endOfTurn)])
            })
        #expect((reply?.events.count ?? .max) < 10_000)
        #expect(reply?.body.contains("was cut") == false)
        let text = reply?.texts.joined() ?? ""
        #expect(text == (0..<24_000).map { "\($0 % 10)" }.joined())
    }

    // MARK: - Availability and limits

    @Test func `a disabled bot says that it is off, and still tells its settings`() async throws {
        let world = try TestGateway(.init(config: sampleBot(), isEnabled: false)) { _ in
            Issue.record("the model was asked")
        }
        try await world.running { client in
            let reply = try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
            #expect(reply?.events == ["meta", "error", "done"])
            #expect(reply?.data(of: "error")?.contains(#""allow_retry":false"#) == true)
            let settings = try await client.exchange(
                wireRequest("POST", "/bots/nova", key: key, body: #"{"type":"settings"}"#))
            #expect(settings?.status == 200)
        }
    }

    @Test func `a bot answers as many at once as its limits allow`() async throws {
        let members = #""limits":{"max_concurrent":1}"#
        let release = Signal()
        let world = try TestGateway(.init(config: sampleBot(members: members))) { deliver in
            try await deliver([.text("wait")])
            await release.wait()
            try await deliver([.finished(.endOfTurn)])
        }
        try await world.running { client in
            try await client.connected { first in
                try await first.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                try await first.read { $0.events.contains("text") }
                let second = try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                #expect(second?.events == ["meta", "error", "done"])
                #expect(second?.data(of: "error")?.contains(#""allow_retry":true"#) == true)
                release.set()
                #expect(try await first.read(until: \.isComplete)?.events.last == "done")
            }
            let third = try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
            #expect(third?.events == ["meta", "text", "done"])
        }
        #expect(world.requestLines.contains { $0["outcome"] == "overloaded" })
    }

    @Test func `a bot takes as many requests in a minute as its limits allow`() async throws {
        let members = #""limits":{"requests_per_minute":2}"#
        let world = try TestGateway(.init(config: sampleBot(members: members))) { deliver in
            try await deliver([.text("Hi"), .finished(.endOfTurn)])
        }
        try await world.running { client in
            for expected in [["meta", "text", "done"], ["meta", "text", "done"], ["meta", "error", "done"]] {
                let reply = try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                #expect(reply?.events == expected)
            }
        }
    }

    // MARK: - Clients

    @Test(arguments: [false, true])
    func `a client that leaves ends the upstream's request`(whileSilent: Bool) async throws {
        let isCancelled = Signal()
        let world = try TestGateway { deliver in
            do {
                try await deliver([.text("anybody?")])
                if whileSilent { try await waitForever() }
                while true {
                    try await deliver([.text("anybody?")])
                    try await Task.sleep(for: .milliseconds(1))
                }
            } catch {
                isCancelled.set()
                throw error
            }
        }
        try await world.running { client in
            try await client.connected { connection in
                try await connection.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                try await connection.read { $0.events.contains("text") }
            }
            await isCancelled.wait()
        }
        #expect(world.requestLines.map { $0["outcome"] } == ["clientLeft"])
    }

    @Test func `an error report is taken while an answer is open`() async throws {
        let release = Signal()
        let world = try TestGateway { deliver in
            try await deliver([.text("so")])
            await release.wait()
            try await deliver([.finished(.endOfTurn)])
        }
        try await world.running { client in
            try await client.connected { connection in
                try await connection.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                try await connection.read { $0.events.contains("text") }
                let report = try await client.exchange(
                    wireRequest(
                        "POST", "/bots/nova", key: key,
                        body: #"{"type":"report_error","message":"what was\nthat","metadata":{}}"#))
                #expect(report?.body == "{}")
                release.set()
                try await connection.read(until: \.isComplete)
            }
        }
        let line = world.requestLines.first { $0["poe.type"] == "report_error" }
        #expect(line?["poe.report"] == "what was that")
    }
}
