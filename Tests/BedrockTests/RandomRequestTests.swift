import Bedrock
import ChatEvents
import JSONCoding
import TestSupport
import Testing

/// Whatever is asked, the service accepts what is sent.
struct RandomRequestTests {
    @Test func `any conversation becomes a request that follows the service's rules`() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = RandomRequests(seed: seed)
        var written = 0
        for _ in 0..<2000 {
            let (chat, traits) = (random.chatRequest(), random.traits())
            do throws(ChatFailure) {
                let body = try ConverseRequest(chat, for: traits).body
                written += 1
                #expect(RequestRules.violations(of: body) == [], "seed \(seed): \(body.text())")
            } catch {
                #expect(error.kind == .invalidRequest, "seed \(seed)")
            }
        }
        #expect(written > 1000)
    }

    /// `Tests/Interop/test_requests_validate.py` holds these against botocore's model of the service.
    @Test func `requests of one seed are those that botocore has accepted`() throws {
        var random = RandomRequests(seed: 2026)
        var lines: [String] = []
        while lines.count < 120 {
            let (chat, traits) = (random.chatRequest(), random.traits())
            guard let request = try? ConverseRequest(chat, for: traits) else { continue }
            lines.append(
                (["body": request.body, "stream": .bool(request.isStreamed)] as JSONValue).text()
                    .replacing(String(repeating: "word ", count: 1500), with: "word word "))
        }
        let text = lines.joined(separator: "\n") + "\n"
        #expect(Golden.difference(of: text, from: Golden.folder() + "/converse-requests.jsonl") == nil)
    }
}
