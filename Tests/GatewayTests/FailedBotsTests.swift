import Gateway
import Testing

struct FailedBotsTests {
    private func lines(_ reasons: [String: String]) -> [LogLine] {
        let log = TestLog()
        FailedBots(reasons).log("not available", to: log.logger)
        return log.lines
    }

    @Test func `bots that miss a key of one form share a line, which names the form`() {
        let missing = lines([
            "nova": "no key: no value in ${env:POE_ACCESS_KEY_NOVA}, ${env:POE_ACCESS_KEY}",
            "claude-sonnet": "no key: no value in ${env:POE_ACCESS_KEY_CLAUDE_SONNET}, ${env:POE_ACCESS_KEY}",
            "a": "no key: no value in ${env:POE_ACCESS_KEY_A}, ${env:POE_ACCESS_KEY}",
        ])
        #expect(missing.map(\.message) == ["bots not available"])
        #expect(
            missing.first?.fields == [
                "bots.count": "3", "bots.names": "a, claude-sonnet, nova",
                "reason": "no key: no value in ${env:POE_ACCESS_KEY_{NAME}}, ${env:POE_ACCESS_KEY}",
            ])
    }

    @Test func `a bot alone keeps the words of its own reason`() {
        let told = lines([
            "nova": "no key: no value in ${env:KEY_NOVA}", "lite": "no key: no value in ${file:keys/lite}",
            "other": "the model is unknown",
        ])
        #expect(told.map(\.message) == Array(repeating: "bot not available", count: 3))
        #expect(told.map { $0.fields["bot.name"] } == ["lite", "nova", "other"])
        #expect(told.map { $0.fields["reason"] }.contains("no key: no value in ${env:KEY_NOVA}"))
    }

    @Test func `a line names only some of many`() {
        let reasons = (10..<35).map { ("bot-\($0)", "no value in ${file:keys/bot-\($0)}") }
        let told = lines(Dictionary(uniqueKeysWithValues: reasons))
        #expect(told.count == 1)
        #expect(told.first?.fields["bots.count"] == "25")
        #expect(told.first?.fields["bots.names"]?.hasSuffix(", bot-19 and 15 more") == true)
        #expect(told.first?.fields["reason"] == "no value in ${file:keys/{name}}")
    }

    @Test func `no failed bots leave no line`() { #expect(lines([:]).isEmpty) }
}
