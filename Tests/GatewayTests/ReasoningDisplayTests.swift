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

    @Test func `they may be quoted above the answer`() async throws {
        #expect(
            try await events("quoted") == [
                #"event: text data: {"text":"> One.\n> T"}"#, #"event: text data: {"text":"wo."}"#,
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
