import Gateway
import Testing

@Suite(.timeLimit(.minutes(1)))
struct AuthenticationTests {
    private let key = TestGateway.key

    private struct Expectation: Sendable {
        var headers: [String]
        var status: Int
        var body: String
    }

    @Test func `a key must be there and right, whatever the scheme's case`() async throws {
        let table: [Expectation] = [
            Expectation(headers: [], status: 401, body: #"{"detail":"Not authenticated"}"#),
            Expectation(headers: ["authorization:"], status: 401, body: #"{"detail":"Not authenticated"}"#),
            Expectation(headers: ["authorization: \(key)"], status: 401, body: #"{"detail":"Not authenticated"}"#),
            Expectation(
                headers: ["authorization: Basic \(key)"], status: 401, body: #"{"detail":"Not authenticated"}"#),
            Expectation(headers: ["authorization: Bearer"], status: 401, body: #"{"detail":"Not authenticated"}"#),
            Expectation(
                headers: ["authorization: Bearer wrong"], status: 401, body: #"{"detail":"Invalid access key"}"#),
            Expectation(
                headers: ["authorization: Bearer \(key)x"], status: 401, body: #"{"detail":"Invalid access key"}"#),
            Expectation(
                headers: ["authorization: Bearer \(key.dropLast())K"], status: 401,
                body: #"{"detail":"Invalid access key"}"#),
            Expectation(headers: ["authorization: Bearer \(key)"], status: 200, body: "{}"),
            Expectation(headers: ["authorization: bearer \(key)"], status: 200, body: "{}"),
            Expectation(headers: ["authorization: BEARER  \(key)"], status: 200, body: "{}"),
        ]
        let world = try TestGateway { _ in }
        try await world.running { client in
            for row in table {
                let reply = try await client.exchange(
                    wireRequest(
                        "POST", "/bots/nova", headers: row.headers,
                        body: #"{"version":"1.2","type":"report_reaction","reaction":"like"}"#))
                #expect(reply?.status == row.status, "\(row.headers)")
                #expect(reply?.body == row.body, "\(row.headers)")
                #expect(reply?.headers["www-authenticate"] == (row.status == 401 ? "Bearer" : nil))
                #expect(reply?.headers["x-bot-digest"] == nil || row.status == 200)
            }
        }
    }

    @Test(arguments: [
        (["NEW": "n", "OLD": "o"], [200, 200, 401]), (["NEW": "n"], [200, 401, 401]),
    ])
    func `a key that is being replaced is taken while it is to be found`(
        variables: [String: String], statuses: [Int]
    ) async throws {
        let members = #""poe":{"access_key":["${env:NEW}"],"previous_access_key":["${env:OLD}"]}"#
        var world = try TestGateway(.init(config: sampleBot(members: members))) { _ in }
        world.accessKeyOverride = nil
        world.variables = variables.mapValues { String(repeating: $0, count: 32) }
        try await world.running { client in
            for (letter, status) in zip(["n", "o", "x"], statuses) {
                let reply = try await client.exchange(
                    wireRequest(
                        "POST", "/bots/nova", key: String(repeating: letter, count: 32), body: #"{"type":"settings"}"#))
                #expect(reply?.status == status, "\(letter)")
            }
        }
    }

    @Test(arguments: [
        ("${secretsmanager:old-key}", "nobody asks Secrets Manager"), ("${env:SHORT}", "32 printable ASCII"),
    ])
    func `a previous key that cannot be used is told in the log, and the bot is served with its key`(
        reference: String, reason: String
    ) async throws {
        let members = #""poe":{"access_key":["${env:NEW}"],"previous_access_key":["\#(reference)"]}"#
        var world = try TestGateway(.init(config: sampleBot(members: members))) { _ in }
        world.accessKeyOverride = nil
        world.variables = ["NEW": key, "SHORT": "too-short"]
        try await world.running { client in
            let reply = try await client.exchange(
                wireRequest("POST", "/bots/nova", key: key, body: #"{"type":"settings"}"#))
            #expect(reply?.status == 200)
        }
        let line = world.log.lines.first { $0.message == "previous access key not usable, calls with it are refused" }
        #expect(line?.level == "warning")
        #expect(line?.fields["bot.name"] == "nova")
        #expect(line?.fields["error.detail"]?.contains(reason) == true)
        #expect(line?.fields["error.detail"]?.contains("too-short") == false)
    }

    @Test func `the key is judged before the body is read`() async throws {
        let world = try TestGateway { _ in }
        try await world.running { client in
            try await client.connected { connection in
                // The body never comes.
                try await connection.send(
                    "POST /bots/nova HTTP/1.1\r\nhost: x\r\nauthorization: Bearer no\r\ncontent-length: 100\r\n\r\n")
                let reply = try await connection.read(until: \.isComplete)
                #expect(reply?.status == 401)
            }
        }
    }

    @Test func `every bot has its own key`() async throws {
        var world = try TestGateway { _ in }
        world.accessKeyOverride = nil
        let other = String(repeating: "o", count: 32)
        world.variables = ["KEY_ONE": key, "KEY_TWO": other]
        let members = { (name: String) in #""poe":{"access_key":["${env:KEY_{NAME}}"]}"# }
        world.source = .fixed([
            .init(config: try sampleBot("one", members: members("one"))),
            .init(config: try sampleBot("two", members: members("two"))),
        ])
        let body = #"{"version":"1.2","type":"settings"}"#
        try await world.running { client in
            for (path, key, status) in [("one", key, 200), ("two", other, 200), ("two", key, 401)] {
                let reply = try await client.exchange(wireRequest("POST", "/bots/\(path)", key: key, body: body))
                #expect(reply?.status == status)
            }
        }
    }
}
