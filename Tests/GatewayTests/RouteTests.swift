import BotConfiguration
import ChatEvents
import Foundation
import Gateway
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RouteTests {
    private let key = TestGateway.key

    @Test func `paths and methods get the answers that they should`() async throws {
        let settings = #"{"version":"1.2","type":"settings"}"#
        let members = #""aliases":["sonnet"]"#
        let world = try TestGateway(.init(config: sampleBot(members: members))) { _ in }
        try await world.running { client in
            let table: [(method: String, path: String, status: Int, allow: String?)] = [
                ("POST", "/bots/nova", 200, nil), ("POST", "/bots/NOVA", 200, nil), ("POST", "/bots/nova/", 200, nil),
                ("POST", "/bots/nova?x=1", 200, nil), ("POST", "/bots/n%6Fva", 200, nil),
                ("POST", "/bots/Sonnet", 200, nil), ("POST", "/bots/other", 404, nil), ("POST", "/bots/", 404, nil),
                ("POST", "/bots/%zz", 404, nil), ("POST", "/bots/nova/x", 404, nil), ("POST", "/", 404, nil),
                ("GET", "/bots/nova", 200, nil), ("GET", "/bots/other", 404, nil),
                ("PUT", "/bots/nova", 405, "GET, POST"), ("HEAD", "/bots/nova", 405, "GET, POST"),
                ("GET", "/healthz", 200, nil), ("GET", "/readyz", 200, nil), ("POST", "/healthz", 405, "GET, HEAD"),
                ("GET", "/nowhere", 404, nil),
            ]
            for row in table {
                let isHead = row.method == "HEAD"
                let request = wireRequest(
                    row.method, row.path, key: key, headers: isHead ? ["connection: close"] : [],
                    body: row.method == "POST" ? settings : "")
                let reply = try await client.connected { connection in
                    try await connection.send(request)
                    return try await connection.read { isHead || $0.isComplete }
                }
                #expect(reply?.status == row.status, "\(row.method) \(row.path)")
                #expect(reply?.headers["allow"] == row.allow, "\(row.method) \(row.path)")
                #expect(reply?.headers["date"]?.hasSuffix(" GMT") == true)
                #expect(reply?.headers["x-request-id"]?.isEmpty == false)
                if row.status == 404 { #expect(reply?.body == #"{"detail":"Not Found"}"#) }
            }
        }
    }

    @Test func `the page of a bot's URL tells nothing of the bot`() async throws {
        let world = try TestGateway { _ in }
        let reply = try await world.running { try await $0.exchange(wireRequest("GET", "/bots/nova")) }
        #expect(reply?.headers["content-type"] == "text/html; charset=utf-8")
        #expect(reply?.headers["x-bot-digest"] == nil)
        #expect(reply?.body.contains("nova") == false)
    }

    @Test(arguments: [
        (#"{"version":"1.2","type":"query_v2"}"#, 501, #"{"detail":"Unsupported request type"}"#),
        (#"{"version":"1.2"}"#, 400, nil), (#"{"type":7}"#, 400, nil), ("[]", 400, nil), ("{", 400, nil),
        ("", 400, nil),
        (#"{"version":"1.2","type":"report_error","message":"bad event","metadata":{}}"#, 200, "{}"),
        (#"{"type":"report_feedback","feedback_type":"like"}"#, 200, "{}"),
        (#"{"type":"report_reaction","reaction":"heart"}"#, 200, "{}"),
    ])
    func `the body decides`(body: String, status: Int, expected: String?) async throws {
        let world = try TestGateway { _ in }
        let reply = try await world.running { client in
            try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: body))
        }
        #expect(reply?.status == status)
        if let expected { #expect(reply?.body == expected) }
        if status == 400 { #expect(reply?.body.hasPrefix(#"{"detail":""#) == true) }
    }

    @Test func `a body past the limit is refused, announced or in chunks`() async throws {
        var world = try TestGateway { _ in }
        world.configuration.limits.bodyBytes = 1000
        let long = String(repeating: "x", count: 1001)
        try await world.running { client in
            let announced = try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: long))
            #expect(announced?.status == 413)
            #expect(announced?.headers["connection"] == "close")
            let chunk = String(repeating: "x", count: 600)
            let chunked = try await client.exchange(
                "POST /bots/nova HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \(key)\r\n"
                    + "transfer-encoding: chunked\r\n\r\n258\r\n\(chunk)\r\n258\r\n\(chunk)\r\n0\r\n\r\n")
            #expect(chunked?.status == 413)
            let short = try await client.exchange(
                wireRequest("POST", "/bots/nova", key: key, body: #"{"type":"settings"}"#))
            #expect(short?.status == 200)
        }
    }

    @Test func `bodies take no more memory than they may, and give it back`() async throws {
        var door = try OpenAIDoor { deliver in try await deliver([.text("ok"), .finished(.endOfTurn)]) }
        door.world.configuration.limits.allBodiesBytes = 500
        try await door.world.running { client in
            let settings = #"{"type":"settings"}"#
            let long = String(repeating: " ", count: 501) + settings
            for (path, key) in [("/bots/nova", key), ("/v1/chat/completions", door.key)] {
                let busy = try await client.exchange(wireRequest("POST", path, key: key, body: long))
                #expect(busy?.status == 503)
                #expect(busy?.headers["retry-after"] == "1")
            }
            // Many small ones, one after the other, and what was refused took nothing.
            for _ in 0..<60 {
                #expect(
                    try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: settings))?.status
                        == 200)
                let body = OpenAIDoor.body()
                let answer = try await client.exchange(
                    wireRequest("POST", "/v1/chat/completions", key: door.key, body: body))
                #expect(answer?.status == 200)
            }
        }
    }

    @Test func `a client that asks may send its body once the head is accepted`() async throws {
        let world = try TestGateway { _ in }
        try await world.running { client in
            try await client.connected { connection in
                let body = #"{"type":"settings"}"#
                try await connection.send(
                    "POST /bots/nova HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \(key)\r\n"
                        + "expect: 100-continue\r\ncontent-length: \(body.utf8.count)\r\n\r\n")
                let interim = try await connection.read { $0.status == 100 }
                #expect(interim?.status == 100)
                connection.startNextReply()
                try await connection.send(body)
                #expect(try await connection.read(until: \.isComplete)?.status == 200)
            }
        }
    }

    @Test func `settings are those of the bot`() async throws {
        let members = #""expand_text_attachments":false,"poe":{"introduction_message":"Hi!","allow_attachments":false}"#
        let bot = try sampleBot(members: members)
        let world = try TestGateway(.init(config: bot)) { _ in }
        let reply = try await world.running { client in
            try await client.exchange(wireRequest("POST", "/bots/nova", key: key, body: #"{"type":"settings"}"#))
        }
        let settings = try #require(
            try JSONSerialization.jsonObject(with: Data((reply?.body ?? "").utf8)) as? [String: Any])
        #expect(settings["response_version"] as? Int == 2)
        #expect(settings["introduction_message"] as? String == "Hi!")
        #expect(settings["allow_attachments"] as? Bool == false)
        #expect(settings["expand_text_attachments"] as? Bool == false)
        #expect(reply?.headers["x-bot-digest"] == bot.digest.text)
        #expect(reply?.headers["content-type"] == "application/json")
    }

    @Test func `a caller's own sane request id is kept, any other is replaced`() async throws {
        let world = try TestGateway { _ in }
        try await world.running { client in
            for (given, isKept) in [
                ("abcDEF12-_", true), ("short", false), ("has space here", false),
                (String(repeating: "a", count: 65), false),
            ] {
                let reply = try await client.exchange(
                    wireRequest("GET", "/bots/nova", headers: ["x-request-id: \(given)"]))
                let id = try #require(reply?.headers["x-request-id"])
                #expect((id == given) == isKept)
                #expect((8...64).contains(id.utf8.count))
            }
        }
    }

    @Test func `a connection serves one request after another`() async throws {
        let world = try TestGateway { deliver in try await deliver([.text("Hi"), .finished(.endOfTurn)]) }
        try await world.running { client in
            try await client.connected { connection in
                for _ in 0..<3 {
                    connection.startNextReply()
                    try await connection.send(wireRequest("POST", "/bots/nova", key: key, body: queryBody()))
                    let reply = try await connection.read(until: \.isComplete)
                    #expect(reply?.events == ["meta", "text", "done"])
                }
                #expect(!connection.isClosed)
            }
        }
    }
}
