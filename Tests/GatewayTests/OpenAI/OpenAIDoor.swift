import BotConfiguration
import ChatEvents
import Deployment
import Foundation
import Gateway
import JSONCoding
import Secrets
import ScriptedUpstream
import Testing
import WallClock

/// What the tests of the OpenAI-compatible door share: a gateway with keys, and requests as its clients write them.
struct OpenAIDoor {
    /// The key of all bots.
    let key: String
    /// A key of the bot `nova` alone, and one that has expired.
    let keyOfNova: String
    let expiredKey: String
    var world: TestGateway

    init(_ world: TestGateway) {
        let now = WallClock.system.now()
        let (all, allText) = APIKey.make(at: now, by: "test")
        let (nova, novaText) = APIKey.make(bots: ["nova"], at: now, by: "test")
        let (expired, expiredText) = APIKey.make(at: now, by: "test", expires: now)
        key = allText.reveal()
        keyOfNova = novaText.reveal()
        expiredKey = expiredText.reveal()
        self.world = world
        self.world.apiKeys = [all, nova, expired]
    }

    /// A door to one bot named `nova`, or as it is given, that answers as the script says.
    init(
        _ bot: GatewayBot? = nil,
        _ script: @escaping @Sendable (ScriptedUpstream.Delivery) async throws -> Void
    ) throws { self.init(try TestGateway(bot, script)) }

    /// A door to a bot that sees what it is asked.
    init(
        asking bot: GatewayBot? = nil,
        _ script: @escaping @Sendable (ChatRequest, ScriptedUpstream.Delivery) async throws -> Void
    ) throws {
        var world = try TestGateway(bot) { _ in }
        world.script = { _ in ScriptedUpstream(script) }
        self.init(world)
    }

    /// Sends one request and reads the whole reply.
    func exchange(
        _ method: String = "POST", _ path: String = "/v1/chat/completions", body: String = "", key: String? = nil
    ) async throws -> WireReply? {
        try await world.running { client in
            try await client.exchange(wireRequest(method, path, key: key ?? self.key, body: body))
        }
    }

    /// The body of a completion's request with one message.
    static func body(_ members: String = "", model: String = "nova", text: String = "Hello") -> String {
        let more = members.isEmpty ? "" : "," + members
        return #"{"model":"\#(model)","messages":[{"role":"user","content":"\#(text)"}]\#(more)}"#
    }
}

extension WireReply {
    /// The body as JSON.
    var json: JSONValue? { try? JSONParser.parse(Array(body.utf8)) }

    /// The data of all events, `[DONE]` left out.
    var completionChunks: [JSONValue] {
        body.components(separatedBy: "\n\n").filter { $0.hasPrefix("data: {") }.compactMap {
            try? JSONParser.parse(Array($0.dropFirst(6).utf8))
        }
    }

    /// The deltas of all chunks with a choice.
    var deltas: [JSONValue] { completionChunks.compactMap { $0["choices"]?.array?.first?["delta"] } }

    /// The error of a refused request: message, type, param and code.
    var openAIError: JSONValue? { json?["error"] }
}
