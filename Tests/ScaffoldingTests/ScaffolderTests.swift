import BotConfiguration
import Diagnostics
import FileAccess
import ModelCatalog
import Scaffolding
import TestSupport
import Testing

struct ScaffolderTests {
    private static let plain = ["botctl.yaml": ""]

    /// A project with these files, by path relative to its root.
    private func files(_ files: [String: String]) -> InMemoryFiles {
        InMemoryFiles(
            files: Dictionary(uniqueKeysWithValues: files.map { ("/project/" + $0.key, Array($0.value.utf8)) }))
    }

    private let location = ProjectLocation(root: "/project")

    private func scaffold(
        _ requests: [BotRequest], in project: [String: String] = plain, catalog: ModelCatalog = .embedded
    ) async throws -> [Result<ScaffoldedBot, ScaffoldRefusal>] {
        try await Scaffolder(location: location, files: files(project), catalog: catalog).scaffold(requests)
    }

    private func text(_ request: BotRequest, in project: [String: String] = plain) async throws -> String {
        try #require(try await scaffold([request], in: project).first).get().file.text
    }

    // MARK: - Whatever can be served

    @Test func `every model that a bot can serve scaffolds to a file that is valid without a word`() async throws {
        let models = ModelCatalog.embedded.models.filter { $0.kind == .text && $0.runtime != false }
        #expect(models.count > 80)
        var project = Self.plain
        for (model, result) in zip(models, try await scaffold(models.map { BotRequest(modelID: $0.id) })) {
            let bot = try result.get()
            #expect(bot.file.lines.count <= 8, "\(model.id)")
            #expect(bot.file.path == "bots.d/\(bot.scaffold.name).yaml")
            project[bot.file.path] = bot.file.text
        }
        let assembled = try ProjectSources.read(location, files: files(project)).project(catalog: .embedded)
        #expect(assembled.diagnostics == [])
        #expect(assembled.bots.count == models.count)
        #expect(assembled.bots.allSatisfy { $0.smoke.count == 1 })
    }

    @Test func `what serves no bot is refused with the reason`() async throws {
        let others = ModelCatalog.embedded.models.filter {
            [.embedding, .rerank, .speech].contains($0.kind) || $0.runtime == false
        }
        for (model, result) in zip(others, try await scaffold(others.map { BotRequest(modelID: $0.id) })) {
            #expect(throws: ScaffoldRefusal.self, "\(model.id)") { try result.get() }
        }
    }

    // MARK: - Pictures and videos

    @Test(
        arguments: [
            ("stability.sd3-5-large-v1:0", nil, "IMAGE", "model: stability.sd3-5-large-v1:0\n"),
            (
                "luma.ray-v2:0", "s3://bucket/ray", "VIDEO",
                "model: {id: luma.ray-v2:0, output: s3://bucket/ray}\n"
            ),
        ] as [(String, String?, String, String)])
    func `a bot that makes files brings the template of its kind once`(
        model: String, output: String?, kind: String, line: String
    ) async throws {
        let request = BotRequest(modelID: model, output: output)
        let bot = try #require(try await scaffold([request]).first).get()
        #expect(bot.region == "us-west-2")
        #expect(bot.file.text.hasSuffix("bot.schema.json\n" + line))
        let template = try #require(bot.template)
        #expect(template.path == "templates/DEFAULT_\(kind)_CONFIG.yaml")
        let project = Self.plain.merging(Dictionary(uniqueKeysWithValues: bot.files.map { ($0.path, $0.text) })) { $1 }
        let assembled = try ProjectSources.read(location, files: files(project)).project(catalog: .embedded)
        #expect(assembled.diagnostics == [])
        #expect(assembled.bots.first?.smoke.first?.expect.file?.rawValue == kind.lowercased())

        let again = [template.path: template.text, "botctl.yaml": ""]
        #expect(try await scaffold([request], in: again)[0].get().template == nil)
    }

    @Test func `a video model needs a place for its results`() async throws {
        let refusal = await #expect(throws: ScaffoldRefusal.self) {
            try await scaffold([BotRequest(modelID: "luma.ray-v2:0")])[0].get()
        }
        #expect(refusal?.hint?.contains("--model-output s3://") == true)
        let template = ["templates/DEFAULT_VIDEO_CONFIG.yaml": "model: {region: us-west-2, output: \"s3://b-c/d\"}"]
        let bot = try await scaffold([BotRequest(modelID: "luma.ray-v2:0")], in: template)[0].get()
        #expect(bot.file.text.contains("model: luma.ray-v2:0\n"))
    }

    @Test func `a model that changes pictures gets a case with a picture, and one that nobody can ask no bot`()
        async throws
    {
        let requests = ["stability.stable-fast-upscale-v1:0", "stability.stable-creative-upscale-v1:0"]
        let bots = try await scaffold(requests.map { BotRequest(modelID: $0) }).map { try $0.get() }
        #expect(bots[0].file.text.contains("attachments: [smoke/picture.png]"))
        #expect(bots[0].file.lines.count <= 8)
        #expect(bots[0].picture?.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
        // One picture is enough for all.
        #expect(bots[1].picture == nil)
        let edit = BotRequest(modelID: requests[0])
        #expect(try await scaffold([edit], in: ["smoke/picture.png": "x"])[0].get().picture == nil)
        let cases = "model: {region: us-west-2}\nsmoke: [{name: a, prompt: b, attachments: [a.png]}]"
        let beneath = ["templates/DEFAULT_IMAGE_CONFIG.yaml": cases, "a.png": "x"]
        #expect(try await !scaffold([edit], in: beneath)[0].get().file.text.contains("smoke:"))
        let refusal = await #expect(throws: ScaffoldRefusal.self) {
            try await scaffold([BotRequest(modelID: "stability.stable-image-inpaint-v1:0")])[0].get()
        }
        #expect(refusal?.description.contains("nobody knows how to ask") == true)
    }

    // MARK: - The fewest lines

    @Test func `one line names the model where the template does the rest`() async throws {
        let template = "smoke: [{name: a, prompt: b, expect: {contains: c}}]"
        let project = ["bots.d/x.yaml": "model: a.b", "templates/DEFAULT_CHAT_CONFIG.yaml": template]
        #expect(
            try await text(BotRequest(modelID: "amazon.nova-micro-v1:0"), in: project) == """
                # yaml-language-server: $schema=../schemas/bot.schema.json
                model: amazon.nova-micro-v1:0

                """)
    }

    @Test func `without a case in the template the file has its own`() async throws {
        #expect(
            try await text(
                BotRequest(modelID: "amazon.nova-micro-v1:0", template: "PLAIN"),
                in: [
                    "bots.d/x.yaml": "model: a.b", "templates/PLAIN.yaml": "parameters: {max_tokens: 10}",
                    "templates/DEFAULT_CHAT_CONFIG.yaml": "smoke: [{name: a, prompt: b}]",
                ]) == """
                    # yaml-language-server: $schema=../schemas/bot.schema.json
                    template: PLAIN
                    model: amazon.nova-micro-v1:0
                    smoke:
                      - name: pong
                        prompt: Reply with the single word pong.
                        expect: {contains: pong, first_event_within: 30s}

                    """)
    }

    @Test func `a region is written where the one beneath does not have the model, near if it can be`() async throws {
        let bot = try #require(try await scaffold([BotRequest(modelID: "qwen.qwen3-coder-480b-a35b-v1:0")]).first).get()
        #expect(bot.file.text.contains("model: {id: qwen.qwen3-coder-480b-a35b-v1:0, region: us-"))
        #expect(bot.region.hasPrefix("us-"))
        #expect(bot.notes.count == 1)
    }

    @Test func `the template's region counts, and a region that says the same is not written`() async throws {
        let project = [
            "bots.d/x.yaml": "model: a.b", "templates/DEFAULT_CHAT_CONFIG.yaml": "model: {region: eu-west-1}",
        ]
        let request = BotRequest(modelID: "anthropic.claude-sonnet-5-5", region: "eu-west-1")
        let bot = try #require(try await scaffold([request], in: project).first).get()
        #expect(bot.file.text.contains("model: anthropic.claude-sonnet-5-5\n"))
        #expect(bot.region == "eu-west-1")
        #expect(bot.upstreamID == "eu.anthropic.claude-sonnet-5-5")
    }

    @Test func `a region that was asked for is never replaced by another`() async throws {
        let request = BotRequest(modelID: "deepseek.r1-v1:0", region: "eu-west-1")
        let refusal = await #expect(throws: ScaffoldRefusal.self) { try await scaffold([request])[0].get() }
        #expect(refusal?.code == .model)
        #expect(refusal?.hint?.contains("us-east-1") == true)
    }

    @Test(
        arguments: [
            // The region beneath, where the model is, whether it has a global profile there; what is written, and why.
            ("us-east-1", ["us-east-1", "us-west-2"], true, nil, nil, nil),
            (
                "ap-southeast-1", ["ap-northeast-1", "ap-southeast-2", "us-east-1"], true, "ap-southeast-2", nil,
                "does not have"
            ),
            ("eu-west-1", ["eu-central-1", "eu-north-1"], false, "eu-central-1", nil, "does not have"),
            ("ca-central-1", ["eu-west-1", "us-west-2"], true, "us-west-2", nil, "does not have"),
            ("sa-east-1", ["ap-southeast-2", "us-east-1"], true, nil, "global", "any region may answer"),
            ("sa-east-1", ["ap-southeast-2", "us-east-1"], false, "ap-southeast-2", nil, "another geography"),
            ("us-gov-west-2", ["us-east-1"], true, nil, nil, nil),
        ] as [(String, [String], Bool, String?, String?, String?)])
    func `the nearest region is taken, then global, then another part of the world, and it is said`(
        beneath: String, regions: [String], hasGlobal: Bool, region: String?, profile: String?, note: String?
    ) async throws {
        var model = ModelFacts(id: "acme.far", maker: "Acme", displayName: "Far", kind: .text, listed: true)
        model.onDemandRegions = regions
        if hasGlobal {
            model.inferenceProfiles = [InferenceProfile(id: "global.acme.far", sourceRegions: [beneath])]
        }
        let project = [
            "bots.d/x.yaml": "model: a.b", "templates/DEFAULT_CHAT_CONFIG.yaml": "model: {region: \(beneath)}",
        ]
        let catalog = ModelCatalog(models: [model])
        let bot = try #require(
            try await scaffold([BotRequest(modelID: "acme.far")], in: project, catalog: catalog).first
        ).get()
        #expect(bot.scaffold.region == region)
        #expect(bot.scaffold.profile == profile)
        #expect(bot.notes.count == (note == nil ? 0 : 1))
        #expect(note.map { bot.notes.first?.contains($0) == true } ?? true, "\(bot.notes)")
        // What is looked up is what is written.
        let scaffolder = Scaffolder(location: location, files: files(project), catalog: catalog)
        let call = ModelCall(
            of: model, from: nil, over: try await scaffolder.placement(of: model.id), catalog: catalog)
        #expect(call.bot?.modelLine == bot.scaffold.modelLine)
    }

    @Test func `a template that is not there is refused with the one that was meant`() async throws {
        let project = ["bots.d/x.yaml": "model: a.b", "templates/SUPPORT.yaml": "{}"]
        let request = BotRequest(modelID: "amazon.nova-pro-v1:0", template: "SUPORT")
        let refusal = await #expect(throws: ScaffoldRefusal.self) {
            try await scaffold([request], in: project)[0].get()
        }
        #expect(refusal?.code == .template)
        #expect(refusal?.hint == "did you mean 'SUPPORT'?")
    }

    // MARK: - Names

    @Test func `a bot that serves the model already is named`() async throws {
        let project = ["bots.d/sonnet.yaml": "model: us.anthropic.claude-sonnet-5-5"]
        let request = BotRequest(modelID: "anthropic.claude-sonnet-5-5")
        let refusal = await #expect(throws: ScaffoldRefusal.self) {
            try await scaffold([request], in: project)[0].get()
        }
        #expect(refusal?.code == .exists(bot: "sonnet"))
        let second = BotRequest(modelID: "anthropic.claude-sonnet-5-5", name: "second")
        #expect(try await scaffold([second], in: project)[0].get().scaffold.name == "second")
    }

    @Test(arguments: [
        ["bots.d/nova-micro.yaml": "model: amazon.nova-lite-v1:0"],
        ["bots.d/nova-micro.yml": "model: [broken"],
        ["bots.d/other.yaml": "model: amazon.nova-lite-v1:0\nname: nova-micro"],
        ["bots.d/other.yaml": "model: amazon.nova-lite-v1:0\naliases: [nova-micro]"],
    ])
    func `a taken name is refused when it was asked for, and avoided when not`(project: [String: String]) async throws {
        let named = BotRequest(modelID: "amazon.nova-micro-v1:0", name: "nova-micro")
        let refusal = await #expect(throws: ScaffoldRefusal.self) { try await scaffold([named], in: project)[0].get() }
        #expect(refusal?.code == .taken)
        let unnamed = BotRequest(modelID: "amazon.nova-micro-v1:0")
        #expect(try await scaffold([unnamed], in: project)[0].get().scaffold.name == "nova-micro-v1-0")
    }

    @Test func `bots of one go keep out of each other's way`() async throws {
        let ids = ["anthropic.claude-3-5-sonnet-20240620-v1:0", "anthropic.claude-3-5-sonnet-20241022-v2:0"]
        let names = try await scaffold(ids.map { BotRequest(modelID: $0) }).map { try $0.get().scaffold.name }
        #expect(names == ["claude-3.5-sonnet", "claude-3.5-sonnet-20241022"])
    }

    @Test(arguments: ["Nova", "no va", "-x", "", "ä"])
    func `a name that no bot can have is refused`(name: String) async throws {
        let request = BotRequest(modelID: "amazon.nova-micro-v1:0", name: name)
        let refusal = await #expect(throws: ScaffoldRefusal.self) { try await scaffold([request])[0].get() }
        #expect(refusal?.code == .name)
    }

    // MARK: - Quoting

    @Test(arguments: ["12345", "1.5", "true", "No", "null", "a b", "a: b", "#x", "*x", "tail:", "\"q\"", "back\\slash"])
    func `a value that YAML would read otherwise is quoted`(id: String) async throws {
        let text = try await text(BotRequest(modelID: id, name: "x"))
        let document = try ProjectSources.read(location, files: files(["bots.d/x.yaml": text])).project(
            catalog: .embedded)
        let merged = try #require(document.mergedBots.first)
        // Ids that no model can have are wrong as such, and still one text.
        #expect(merged.text("model", "id") == id || merged.isRejected("model"))
        #expect(document.diagnostics.allSatisfy { $0.code == .invalidFormat })
    }
}
