import BotRuntime
import ChatEvents
import TestSupport
import Testing

struct FailureReferenceTests {
    @Test func `the reference page says what the table says`() {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        #expect(Golden.difference(of: FailureReference.markdown, from: root + "/docs/failures.md") == nil)
    }

    @Test(arguments: ["ThrottlingException", "throttlingException", "throttling"])
    func `a failure is found by its name, case and ending aside`(name: String) {
        #expect(FailureReference.find(name)?.failure.name == "ThrottlingException")
    }

    @Test(arguments: ["rate_limit_exceeded", "RATE_LIMIT_EXCEEDED"])
    func `a failure of an OpenAI-compatible service is found by its code`(code: String) throws {
        let entry = try #require(FailureReference.find(code))
        #expect(entry.failure.name == "rate_limit_exceeded")
        #expect(entry.upstream == "OpenAI-compatible")
    }

    @Test(arguments: ["", "Exception", "NoSuchThingException"])
    func `what is no failure finds none`(name: String) {
        #expect(FailureReference.find(name) == nil)
    }

    @Test func `names are unique within an upstream, and meanings are sentences`() {
        #expect(Set(FailureReference.all.map { $0.upstream + $0.failure.name }).count == FailureReference.all.count)
        for entry in FailureReference.all {
            #expect(entry.failure.meaning.hasSuffix("."))
            #expect((400..<600).contains(entry.failure.status))
        }
    }

    @Test(arguments: ChatFailure.Kind.allCases)
    func `a kind is found as logs write it, case aside, with what it means`(kind: ChatFailure.Kind) throws {
        let entry = try #require(FailureKindReference.find(kind.rawValue.uppercased()))
        #expect(entry.kind == kind)
        #expect(entry.meaning.hasSuffix("."))
        #expect(entry.userText.hasSuffix("."))
    }

    @Test func `a kind knows what upstreams call it`() {
        #expect(FailureKindReference(.throttled).upstreamNames.contains("ThrottlingException"))
        #expect(FailureKindReference(.throttled).upstreamNames.contains("rate_limit_exceeded"))
        #expect(FailureKindReference(.overloaded).upstreamNames == [])
    }

    @Test func `only what may work later is tried again`() {
        for entry in FailureReference.all where entry.failure.retry != .never {
            #expect(entry.kind.allowsRetry, "\(entry.failure.name)")
        }
    }
}
