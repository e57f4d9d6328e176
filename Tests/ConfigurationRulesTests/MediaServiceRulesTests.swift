import Diagnostics
import Testing

/// What the services behind image and video bots cannot do for them.
struct MediaServiceRulesTests {
    private static let smoke = "\nsmoke: [{name: sea, prompt: The sea, expect: {file: video}}]\n"
    private static let video = "model: {id: luma.ray-v2:0, region: us-west-2, output: \"s3://b/x\""
    private static let guardrail = "guardrail: {id: abc123, version: \"1\"}\n"

    private func lines(_ files: [String: String]) throws -> [String] {
        try JudgedFiles(files.merging(["botctl.yaml": "rules: {BOT030: off, BOT056: off}"]) { own, _ in own }).lines
    }

    @Test(arguments: [
        (
            ", credentials: {api_key: \"${env:KEY}\"}}",
            "'model.credentials.api_key' signs nothing for S3, where a bot that makes video fetches its files"
        ),
        (
            ", failover_regions: [us-east-1]}",
            "'model.failover_regions' is not for 'luma.ray-v2:0': a video's job and its bucket are in one region"
        ),
        (
            "}\n" + guardrail,
            "'guardrail' cannot watch 'luma.ray-v2:0': Bedrock's guardrails watch no jobs that make video"
        ),
    ])
    func `a video bot cannot have what its jobs have not`(more: String, message: String) throws {
        let found = try lines(["bots.d/x.yaml": Self.video + more + Self.smoke])
        #expect(found.contains { $0.contains("error BOT037 " + message) }, "\(found)")
    }

    @Test func `a video bot with a role of its own is right`() throws {
        let bot = Self.video + ", credentials: {role_arn: \"arn:aws:iam::123456789012:role/video\"}}" + Self.smoke
        #expect(try lines(["bots.d/x.yaml": bot]) == [])
    }

    @Test(arguments: [
        ("templates/DEFAULT_VIDEO_CONFIG.yaml", video + "}" + smoke),
        (
            "templates/DEFAULT_CHAT_CONFIG.yaml",
            "model: {provider: openai, id: local-model, base_url: \"http://127.0.0.1:9/v1\"}\n"
                + "smoke: [{name: a, prompt: b, expect: {contains: c}}]"
        ),
    ])
    func `a guardrail of a template never vanishes without a word`(template: String, bot: String) throws {
        let found = try lines([template: Self.guardrail, "bots.d/x.yaml": bot])
        #expect(
            found.contains { $0.contains("error BOT037 the guardrail that is set for 'x' cannot watch it") }, "\(found)"
        )
        let mended = try lines([template: Self.guardrail, "bots.d/x.yaml": bot + "\nguardrail: null\n"])
        #expect(!mended.contains { $0.contains("guardrail") }, "\(mended)")
    }

    @Test func `an image bot is watched, and has other regions`() throws {
        let bot = """
            model: {id: stability.stable-fast-upscale-v1:0, region: us-west-2, failover_regions: [us-east-1]}
            smoke: [{name: a, prompt: b, attachments: [a.png], expect: {file: image}}]

            """
        let found = try lines(["bots.d/x.yaml": bot + Self.guardrail, "a.png": "x"])
        #expect(found == [])
    }

    @Test func `a case without the picture that a bot needs is a fault in its own file, and none in a template`() throws
    {
        let bot = "model: {id: stability.stable-fast-upscale-v1:0, region: us-west-2}\n"
        let own = try lines(["bots.d/x.yaml": bot + "smoke: [{name: a, prompt: b, expect: {file: image}}]"])
        #expect(
            own.contains { $0.contains("error BOT035") && $0.contains("not every smoke case brings one") }, "\(own)")
        let beneath = try lines(["bots.d/x.yaml": bot, "templates/DEFAULT_IMAGE_CONFIG.yaml": JudgedFiles.template])
        #expect(beneath.map { $0.contains("warning BOT062") } == [true], "\(beneath)")
    }

    @Test func `a case with a picture that many bots share does not belong into the template`() throws {
        let bot = """
            model: {id: stability.stable-fast-upscale-v1:0, region: us-west-2}
            smoke: [{name: a, prompt: b, attachments: [a.png], expect: {file: image}}]

            """
        var files = ["a.png": "x"]
        for name in ["x", "y", "z"] { files["bots.d/\(name).yaml"] = bot }
        let found = try lines(files).filter { !$0.contains("model.region") }
        #expect(found == [], "\(found)")
    }
}
