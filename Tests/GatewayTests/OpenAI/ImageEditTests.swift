import BotConfiguration
import BotRuntime
import ChatEvents
import Gateway
import JSONCoding
import ModelCatalog
import ScriptedUpstream
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ImageEditTests {
    /// The start of a picture, of bytes that are text, as a request of these tests is.
    private static let picture = "GIF89a\u{1}\u{0}\u{1}\u{0}"

    private func bot(_ model: String = "stability.stable-creative-upscale-v1:0", members: String = "") throws
        -> GatewayBot
    {
        let stored = """
            {"kind":"image",\(members)"model":{"provider":"bedrock","region":"us-west-2",\
            "upstream":{"us-west-2":"\(model)"}},"schema":2}
            """
        return GatewayBot(config: try BotConfig(stored: Array(stored.utf8), name: "painter", catalog: .embedded))
    }

    private func form(_ fields: [(String, String)]) -> String {
        fields.map { name, value in
            let file = name.hasPrefix("image") || name == "mask" ? "; filename=\"a.gif\"" : ""
            return "--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n\(value)\r\n"
        }.joined() + "--edge--\r\n"
    }

    private func post(
        _ body: String, to bot: GatewayBot, path: String = "/v1/images/edits",
        type: String = "multipart/form-data; boundary=edge", seen: @escaping @Sendable (ChatRequest) -> Void = { _ in }
    ) async throws -> WireReply? {
        let made = GeneratedFile(name: "a-1.png", mediaType: MediaType("image/png"), bytes: [9, 8, 7])
        let door = try OpenAIDoor(asking: bot) { request, deliver in
            seen(request)
            try await deliver([.file(made), .finished(.endOfTurn)])
        }
        return try await door.world.running { client in
            try await client.exchange(
                wireRequest("POST", path, key: door.key, headers: ["content-type: \(type)"], body: body))
        }
    }

    @Test(arguments: ["image", "image[]"])
    func `a picture and what to do with it go to the bot, and a picture comes back`(field: String) async throws {
        let seen = Mutex<ChatRequest?>(nil)
        let fields = [
            ("model", "PAINTER"), ("prompt", "Larger"), ("n", "1"), ("size", "auto"), ("response_format", "b64_json"),
            ("quality", "high"), (field, Self.picture),
        ]
        let reply = try await post(form(fields), to: bot()) { request in seen.withLock { $0 = request } }
        #expect(reply?.status == 200)
        #expect(reply?.json?["data"] == [["b64_json": "CQgH"]])
        let message = try #require(seen.withLock { $0 }?.messages.last)
        #expect(message.text == "Larger")
        #expect(
            message.content.last
                == .attachment(
                    ChatEvents.Attachment(
                        name: "a.gif", mediaType: MediaType("image/gif"), bytes: Array(Self.picture.utf8))))
    }

    @Test func `the bot's own parameters are taken in their controls' types`() async throws {
        let controls = """
            "poe":{"parameter_controls":{"api_version":"2","sections":[{"controls":[\
            {"control":"slider","label":"S","parameter_name":"strength","min_value":"0","max_value":"1","step":"0.1"},\
            {"control":"toggle_switch","label":"T","parameter_name":"tidy"}]}]}},
            """
        let bot = try bot(members: controls)
        for (name, value, status) in [
            ("tidy", "true", 200), ("tidy", "perhaps", 400), ("strength", "0.4", 200), ("strength", "7", 400),
            ("strength", "much", 400),
        ] {
            let fields = [("model", "painter"), ("prompt", "x"), ("image", Self.picture), (name, value)]
            #expect(try await post(form(fields), to: bot)?.status == status, "\(name) \(value)")
        }
    }

    /// A form, and the field that is wrong.
    struct Refusal: Sendable {
        var fields: [(String, String)] = [("model", "painter"), ("prompt", "x"), ("image", picture)]
        let param: String

        static let all = [
            Refusal(fields: [("prompt", "x"), ("image", picture)], param: "model"),
            Refusal(fields: [("model", "painter"), ("prompt", "x")], param: "image"),
            Refusal(fields: [("model", "painter"), ("image", "no picture")], param: "image"),
            Refusal(adding: "image", picture), Refusal(adding: "mask", picture), Refusal(adding: "n", "2"),
            Refusal(adding: "n", "x"), Refusal(adding: "size", "17x17"), Refusal(adding: "response_format", "gif"),
            Refusal(adding: "stream", "true"), Refusal(adding: "prompt", "y"),
        ]

        init(fields: [(String, String)], param: String) {
            self.fields = fields
            self.param = param
        }

        init(adding name: String, _ value: String) {
            param = name
            fields.append((name, value))
        }
    }

    @Test(arguments: Refusal.all)
    func `what cannot be served is refused by its name`(refusal: Refusal) async throws {
        let reply = try await post(form(refusal.fields), to: bot())
        #expect(reply?.status == 400)
        #expect(reply?.openAIError?["param"]?.string == refusal.param)
    }

    @Test func `a picture that is larger than the bot takes is refused`() async throws {
        let bot = try bot(members: #""attachments":{"max_size":1024},"#)
        let large = Self.picture + String(repeating: "x", count: 1024)
        let reply = try await post(form([("model", "painter"), ("image", large)]), to: bot)
        #expect(reply?.openAIError?["code"] == "file_too_large")
    }

    @Test func `a body that is no form says what is taken`() async throws {
        let json = try await post("{}", to: bot(), type: "application/json")
        #expect(json?.status == 400)
        #expect(json?.openAIError?["code"] == "unsupported_content_type")
        let broken = try await post("--edge\r\n", to: bot())
        #expect(broken?.status == 400)
        #expect(broken?.openAIError?["message"]?.string?.contains("could not parse the form") == true)
    }

    @Test(arguments: [
        ("stability.stable-creative-upscale-v1:0", ["/v1/images/edits"]),
        ("stability.stable-image-core-v1:1", ["/v1/images/generations"]),
        ("stability.sd3-5-large-v1:0", ["/v1/images/generations", "/v1/images/edits"]),
    ])
    func `a bot answers where the lists say, and elsewhere says where`(model: String, paths: [String]) async throws {
        let bot = try bot(model)
        let door = try OpenAIDoor(bot) { _ in }
        let listed = try await door.exchange("GET", "/v1/models/painter")?.json?["supported_endpoints"]?.array
        #expect(listed == (["/v1/chat/completions"] + paths).map { .string($0) })
        let registered = try await door.exchange("GET", "/registry/v1/bots/painter")?.json?["endpoints"]?["openai"]
        #expect(registered?.array == listed)
        for path in ["/v1/images/generations", "/v1/images/edits"] {
            let isForm = path.hasSuffix("edits")
            let reply = try await post(
                isForm
                    ? form([("model", "painter"), ("prompt", "x"), ("image", Self.picture)])
                    : #"{"model":"painter","prompt":"x"}"#, to: bot, path: path,
                type: isForm ? "multipart/form-data; boundary=edge" : "application/json")
            if paths.contains(path) {
                #expect(reply?.status == 200)
            } else {
                #expect(reply?.openAIError?["code"] == "unsupported_feature_for_model")
                #expect(reply?.openAIError?["message"]?.string?.hasSuffix("Use POST \(paths[0]).") == true)
            }
        }
    }
}
