import BotConfiguration
import Diagnostics
import Testing

/// What is known of a model decides whether a bot can be what its file says.
struct ModelRulesTests {
    @Test(arguments: [
        (
            "model: amazon.nova-mikro-v1:0",
            "bots.d/x.yaml:1:8 error BOT055 the catalog does not know the model 'amazon.nova-mikro-v1:0'",
            "did you mean 'amazon.nova-micro-v1:0'?"
        ),
        (
            "model: {id: acme.something-else-entirely, region: eu-west-1}",
            "bots.d/x.yaml:1:13 error BOT055 the catalog does not know the model 'acme.something-else-entirely'",
            "if it is newer than this botctl, write its facts into catalog.d/, or pass --allow-unknown-model"
        ),
        (
            "model: amazon.nova-premier-v1:0",
            "bots.d/x.yaml:1:8 warning BOT056 the end of life that was announced for 'amazon.nova-premier-v1:0' was on 2026-09-14",
            "move to a newer model before the service refuses this one; 'botctl catalog list' shows them"
        ),
        (
            "model: us.anthropic.claude-opus-4-1-20250805-v1:0",
            "bots.d/x.yaml:1:8 warning BOT056 'anthropic.claude-opus-4-1-20250805-v1:0' reaches its end of life on 2027-01-08",
            "move to a newer model before the service refuses this one; 'botctl catalog list' shows them"
        ),
        (
            "model: {id: anthropic.claude-3-haiku-20240307-v1:0, region: eu-west-3}",
            "bots.d/x.yaml:1:13 warning BOT056 'anthropic.claude-3-haiku-20240307-v1:0' is legacy: its end of life is announced",
            "move to a newer model before the service refuses this one; 'botctl catalog list' shows them"
        ),
        (
            "model: arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1",
            "bots.d/x.yaml:1:8 warning BOT057 'arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1' floats: a prompt router chooses the model for every request",
            "name the version that you have tested"
        ),
        (
            "model: anthropic.claude-sonnet-5-5\nparameters: {temperature: 1}",
            "bots.d/x.yaml:2:27 error BOT031 'parameters.temperature' cannot be used with 'anthropic.claude-sonnet-5-5': the model refuses it",
            "remove it"
        ),
        (
            "model: us.anthropic.claude-sonnet-4-6\nparameters: {temperature: 1, top_p: 0.5}",
            "bots.d/x.yaml:2:37 error BOT031 'parameters.top_p' cannot be used with 'anthropic.claude-sonnet-4-6': the model refuses it beside 'temperature'",
            "remove one of them"
        ),
        (
            model + "parameters: {temperature: 1.5}",
            "bots.d/x.yaml:2:27 error BOT031 'parameters.temperature' is 1.5, and Bedrock's Converse takes 0 to 1",
            "write 1, or less"
        ),
        (
            "model: openai.gpt-5.4\nparameters: {max_tokens: 5}",
            "bots.d/x.yaml:2:26 error BOT031 'parameters.max_tokens' is 5, and 'openai.gpt-5.4' takes 16 or more",
            "write 16, or more"
        ),
        (
            model + "parameters: {max_tokens: 900000}",
            "bots.d/x.yaml:2:26 warning BOT033 'parameters.max_tokens' is 900000, and the model's limit is 10000",
            "10000 is sent; write that, or less"
        ),
        (
            "model: mistral.mistral-7b-instruct-v0:2\nsupports_system_messages: true",
            "bots.d/x.yaml:2:27 error BOT035 'supports_system_messages' is true, and 'mistral.mistral-7b-instruct-v0:2' takes no system messages",
            "remove it: they then go in front of the first user message"
        ),
        (
            model + "enable_image_comprehension: false",
            "bots.d/x.yaml:2:29 error BOT035 'enable_image_comprehension: false' leaves images to the model, and 'amazon.nova-micro-v1:0' cannot see",
            "remove it, or set 'poe.allow_attachments: false'"
        ),
        (
            "model: {id: us.amazon.nova-micro-v1:0, region: eu-west-1}",
            "bots.d/x.yaml:1:48 error BOT053 inference profile us.amazon.nova-micro-v1:0 is not callable from eu-west-1",
            "regions that work: us-east-1, us-east-2, us-west-2"
        ),
        (
            "model: {id: amazon.nova-micro-v1:0, region: us-esat-1}",
            "bots.d/x.yaml:1:45 error BOT053 the catalog knows no region 'us-esat-1'",
            "did you mean 'us-east-1'?"
        ),
        (
            "model: openai.gpt-oss-120b",
            "bots.d/x.yaml:1:8 error BOT058 'openai.gpt-oss-120b' is only on bedrock-mantle, another endpoint than the bedrock-runtime that is called",
            "bedrock-runtime has 'openai.gpt-oss-120b-1:0'"
        ),
        (
            "model: arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abcdefghijkl",
            "bots.d/x.yaml:1:8 error BOT053 the ARN is one of us-west-2, and the region is us-east-1",
            "an ARN works in its own region only"
        ),
    ])
    func `a fault is found where it was written`(bot: String, line: String, help: String) throws {
        let checked = try JudgedFiles(bot: bot)
        #expect(checked.lines == [line])
        #expect(checked.help.contains(help))
    }

    @Test(arguments: [
        model,
        // An ARN may name anything that an account has made.
        "model: arn:aws:bedrock:us-east-1:123456789012:imported-model/abcdefghijkl",
        // The end of life is more than ninety days away, and may be later still.
        "model: meta.llama3-3-70b-instruct-v1:0",
        "model: us.anthropic.claude-sonnet-4-6\nparameters: {top_p: 0.5}",
        model + "parameters: {temperature: 1, top_p: 0.5, max_tokens: 10000}",
        "model: openai.gpt-5.4\nparameters: {max_tokens: 16}",
        "model: mistral.mistral-7b-instruct-v0:2\nsupports_system_messages: false",
        // Nobody can send it an image.
        model + "enable_image_comprehension: false\npoe: {allow_attachments: false}",
        "model: {id: eu.amazon.nova-micro-v1:0, region: eu-west-1}",
    ])
    func `what the model can do is no fault`(bot: String) throws {
        #expect(try JudgedFiles(bot: bot).lines == [])
    }

    @Test func `what a template sets for many models is not the fault of one of them`() throws {
        let checked = try JudgedFiles([
            "templates/DEFAULT_CHAT_CONFIG.yaml": JudgedFiles.template
                + "parameters: {temperature: 1.5, max_tokens: 900000}\nsupports_system_messages: true",
            "bots.d/x.yaml": "model: anthropic.claude-sonnet-5-5",
            "bots.d/y.yaml": "model: mistral.mistral-7b-instruct-v0:2",
        ])
        #expect(checked.lines == [])
        let adjustments = checked.projects[0].bots.map(\.effective.adjustments).map { $0.map(\.path) }
        #expect(
            adjustments == [
                ["parameters.temperature", "parameters.max_tokens"],
                ["parameters.temperature", "parameters.max_tokens", "supports_system_messages"],
            ])
        #expect(checked.projects[0].bots.map(\.config.supportsSystemMessages) == [true, false])
    }

    @Test(arguments: [
        ("none", "the model always thinks"), ("max", "'max' is above 'xhigh', the most that the model takes"),
    ])
    func `an effort that the model refuses is an error that names the others`(word: String, reason: String) throws {
        let checked = try JudgedFiles(
            bot: "model: anthropic.claude-sonnet-5-5\nparameters: {reasoning: \(word)}")
        #expect(
            checked.lines == [
                "bots.d/x.yaml:2:25 error BOT031 'parameters.reasoning' cannot be used with 'anthropic.claude-sonnet-5-5': \(reason)"
            ])
        #expect(checked.help == ["the model takes low, medium, high, xhigh"])
    }

    @Test func `a floating model is an error for a bot that is pinned, whatever the project says`() throws {
        let bot = "model: {id: acme.m-latest, pinned: true}"
        let checked = try JudgedFiles(
            ["bots.d/x.yaml": bot, "botctl.yaml": "rules: {BOT057: off}"], allowsUnknownModels: true)
        #expect(
            checked.lines == [
                "bots.d/x.yaml:1:13 error BOT057 'acme.m-latest' floats: the vendor decides which version is the latest"
            ])
        #expect(checked.notes == ["bots.d/x.yaml:1:36 the bot is to be pinned"])
        let free = try JudgedFiles(
            ["bots.d/x.yaml": "model: acme.m-latest", "botctl.yaml": "rules: {BOT057: off}"], allowsUnknownModels: true)
        #expect(free.lines == [])
    }

    @Test func `a region to fail over to needs a way to the model too`() throws {
        let text = "model:\n  id: amazon.nova-micro-v1:0\n  failover_regions: # botctl:ignore BOT030\n"
        let checked = try JudgedFiles(bot: text + "    - us-west-2\n    - sa-east-1\n    - eu-west-1\n")
        #expect(
            checked.lines.filter { !$0.contains("BOT030") } == [
                "bots.d/x.yaml:5:7 error BOT053 model amazon.nova-micro-v1:0 is callable in sa-east-1 neither by its bare id nor by a geographic inference profile"
            ])
    }

    @Test func `a bot that breaks a rule is made all the same`() throws {
        let checked = try JudgedFiles(bot: "model: acme.unknown\nfallback: {to: nobody}")
        #expect(checked.projects[0].bots.map(\.name) == ["x"])
        #expect(Set(checked.diagnostics.map(\.code)).isSuperset(of: [.unknownModel, .unknownFallback]))
    }

    @Test func `rules judge what is right in a file with mistakes`() throws {
        let checked = try JudgedFiles(
            bot: "model: acme.unknown\nlimits: {max_concurent: 5}\nfallback: {to: nobody}\n")
        #expect(
            Set(checked.diagnostics.map(\.code)).subtracting([.noEffectYet]) == [
                .unknownModel, .unknownKey, .unknownFallback,
            ])
    }
}
