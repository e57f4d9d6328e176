import BotRuntime
import ChatEvents
import Gateway
import TestSupport
import Testing

/// What users on Poe see of a model's thoughts.
@Suite(.timeLimit(.minutes(1)))
struct ReasoningDisplayTests {
    private func events(_ display: String?) async throws -> [String] {
        let members = display.map { #""poe":{"show_reasoning":"\#($0)"}"# } ?? ""
        let world = try TestGateway(GatewayBot(config: sampleBot(members: members))) { deliver in
            try await deliver([.reasoning("One.\nT"), .reasoning("wo."), .text("Four"), .text(".")])
            try await deliver([.finished(.endOfTurn)])
        }
        let reply = try await world.running { client in
            try await client.exchange(wireRequest("POST", "/bots/nova", key: TestGateway.key, body: queryBody()))
        }
        return (reply?.body ?? "").split(separator: "\n\n").map { String($0.replacing("\n", with: " ")) }
            .filter { !$0.hasPrefix("event: meta") && !$0.hasPrefix("event: done") }
    }

    @Test(arguments: [nil, "hidden"])
    func `thoughts stay hidden unless a bot shows them`(display: String?) async throws {
        #expect(
            try await events(display) == [
                #"event: text data: {"text":"Four"}"#, #"event: text data: {"text":"."}"#,
            ])
    }

    private func shown(_ script: [[ChatEvent]]) async throws -> String {
        let world = try TestGateway(GatewayBot(config: sampleBot(members: #""poe":{"show_reasoning":"quoted"}"#))) {
            for batch in script { try await $0(batch) }
            try await $0([.finished(.endOfTurn)])
        }
        let reply = try await world.running { client in
            try await client.exchange(wireRequest("POST", "/bots/nova", key: TestGateway.key, body: queryBody()))
        }
        return reply?.texts.joined() ?? ""
    }

    @Test(
        arguments: [
            ([.text("One"), .reasoning("hm"), .text("two")], "One\n\n> **Thinking**\n>\n> hm\n\ntwo"),
            ([.text("One\n"), .reasoning("hm"), .text("two")], "One\n\n> **Thinking**\n>\n> hm\n\ntwo"),
            ([.text("One\n"), .text("\n"), .reasoning("hm")], "One\n\n> **Thinking**\n>\n> hm"),
            ([.reasoning("a\r"), .reasoning("\nb\rc"), .text("d")], "> **Thinking**\n>\n> a\n> b\n> c\n\nd"),
        ] as [([ChatEvent], String)])
    func `a quotation begins on a line of its own and is never left by a line of the thought`(
        events: [ChatEvent], text: String
    ) async throws {
        #expect(try await shown(events.map { [$0] }) == text)
        #expect(try await shown([events]) == text)
    }

    @Test func `they may be quoted above the answer`() async throws {
        #expect(
            try await events("quoted") == [
                #"event: text data: {"text":"> **Thinking**\n>\n> One.\n> T"}"#,
                #"event: text data: {"text":"wo."}"#,
                #"event: text data: {"text":"\n\n"}"#, #"event: text data: {"text":"Four"}"#,
                #"event: text data: {"text":"."}"#,
            ])
    }

    @Test func `or stand as a status until the answer comes`() async throws {
        #expect(
            try await events("status") == [
                #"event: replace_response data: {"text":"_Thinking…_"}"#,
                #"event: replace_response data: {"text":""}"#, #"event: text data: {"text":"Four"}"#,
                #"event: text data: {"text":"."}"#,
            ])
    }
}
