import BotConfiguration
import BotRuntime
import ScriptedUpstream
import Testing

struct BotFactoryTests {
    private let chat = HandlerRegistration(kind: .chat, provider: .bedrock) { config, services in
        ChatBotHandler(config: config, upstream: ScriptedUpstream { _, _ in }, services: services)
    }

    @Test func `a registered kind and provider gets its handler`() throws {
        let handler = try BotFactory(registrations: [chat]).makeHandler(for: try sampleBot("nova"))
        #expect(handler.config.name == "nova")
        #expect(handler.describe().handler == "ChatBotHandler")
    }

    @Test(arguments: [BotKind.image, .video])
    func `a kind that nobody registered is not available yet`(kind: BotKind) throws {
        var config = try sampleBot("painter")
        config.kind = kind
        let error = try #require(throws: BotFactoryError.self) {
            try BotFactory(registrations: [chat]).makeHandler(for: config)
        }
        #expect(error.code == .notAvailableYet)
        #expect(error.bot == "painter")
        #expect(error.description == "\(kind.rawValue) bots of the provider 'bedrock' are not available yet")
    }

    @Test func `what a builder throws names the bot`() throws {
        struct NoRegion: Error, CustomStringConvertible { var description: String { "there is no region" } }
        let broken = HandlerRegistration(kind: .chat, provider: .bedrock) { _, _ in throw NoRegion() }
        let error = try #require(throws: BotFactoryError.self) {
            try BotFactory(registrations: [chat, broken]).makeHandler(for: try sampleBot())
        }
        #expect(error.code == .cannotBuild)
        #expect(error.description == "there is no region")
    }
}
