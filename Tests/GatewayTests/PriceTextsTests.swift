import BotConfiguration
import Gateway
import PoeProtocol
import Testing

/// What users on Poe read of a bot's price.
struct PriceTextsTests {
    private func settings(_ members: String, kind: BotKind = .chat) throws -> PoeSettings {
        var bot = try sampleBot(members: members)
        bot.kind = kind
        return PoeSettings(bot)
    }

    @Test(arguments: [
        (BotKind.chat, #""per_message":"0.0025""#, "[usd_milli_cents=250] for every message", "[usd_milli_cents=250]"),
        (.video, #""per_message":"0.000001""#, "[usd_milli_cents=1] for every message", "[usd_milli_cents=1]"),
        (.image, #""per_message":"0""#, "[usd_milli_cents=0] for every message", "[usd_milli_cents=0]"),
        (.image, #""per_image":"0.04""#, "[usd_milli_cents=4000] for every image", "[usd_milli_cents=4000]"),
        (
            .video, #""per_second":"0.5""#, "[usd_milli_cents=50000] for every second of video",
            "[usd_milli_cents=50000]/s"
        ),
    ])
    func `an amount for each is told in milli-cents, rounded up`(
        kind: BotKind, pricing: String, card: String, label: String
    ) throws {
        let settings = try settings(#""pricing":{\#(pricing)}"#, kind: kind)
        #expect(settings.rateCard == card)
        #expect(settings.costLabel == label)
    }

    @Test(arguments: [
        (BotKind.chat, #""per_image":"0.04""#), (.chat, #""per_second":"0.5""#), (.image, #""per_second":"0.5""#),
        (.video, #""per_image":"0.04""#),
        (.image, #""input_usd_per_million":"3","output_usd_per_million":"15""#),
    ])
    func `a price of what the bot does not make is told to nobody`(kind: BotKind, pricing: String) throws {
        let settings = try settings(#""pricing":{\#(pricing)}"#, kind: kind)
        #expect(settings.rateCard == nil)
        #expect(settings.costLabel == nil)
    }

    @Test func `an amount that does not fit is no price, and not a smaller one`() throws {
        let settings = try settings(
            #""cost":{"input_usd_per_million":"99999.123456789012345678901234","output_usd_per_million":"1"},"#
                + #""pricing":{"markup":"1.12345678"}"#)
        #expect(settings.rateCard == nil)
        #expect(settings.costLabel == nil)
    }

    @Test func `prices of tokens are a table, and the label is a short message's`() throws {
        let settings = try settings(#""pricing":{"input_usd_per_million":"3","output_usd_per_million":"15"}"#)
        #expect(
            settings.rateCard == """
                | Tokens | Price of a million |
                |---|---|
                | Input | [usd_milli_cents=300000] |
                | Output | [usd_milli_cents=1500000] |
                """)
        #expect(settings.costLabel == "[usd_milli_cents=180]+")
    }

    @Test func `a markup multiplies what the upstream charges`() throws {
        let settings = try settings(
            #""cost":{"input_usd_per_million":"0.035","output_usd_per_million":"0.14"},"pricing":{"markup":"1.5"}"#)
        #expect(settings.rateCard?.contains("| Input | [usd_milli_cents=5250] |") == true)
        #expect(settings.rateCard?.contains("| Output | [usd_milli_cents=21000] |") == true)
        #expect(settings.costLabel == "[usd_milli_cents=3]+")
    }

    @Test func `a bot's own texts win, and without pricing there is none`() throws {
        let own = try settings(
            #""poe":{"cost_label":"cheap","rate_card":"Free."},"pricing":{"per_message":"1"}"#)
        #expect(own.rateCard == "Free.")
        #expect(own.costLabel == "cheap")
        #expect(try settings(#""labels":{"a":"b"}"#).rateCard == nil)
    }

    @Test func `every field of the settings comes from the bot`() throws {
        let settings = try settings(
            """
            "poe":{"allow_user_context_clear":false,"context_clear_window_secs":0,\
            "server_bot_dependencies":{"GPT-5.2":2}}
            """)
        #expect(settings.allowsUserContextClear == false)
        #expect(settings.contextClearWindowSeconds == 0)
        #expect(settings.serverBotDependencies == ["GPT-5.2": 2])
    }
}
