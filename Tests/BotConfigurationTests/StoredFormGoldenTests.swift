import BotConfiguration
import Diagnostics
import FileAccess
import JSONCoding
import ModelCatalog
import TestSupport
import Testing

/// The stored form and its digest are a contract: what is deployed is known by them.
struct StoredFormGoldenTests {
    static let folder = Golden.folder() + "/stored"

    @Test(arguments: Golden.cases(in: folder))
    func `the stored form and digest of a bot never change`(name: String) throws {
        let project = try Self.project(name)
        #expect(!project.diagnostics.containsErrors)
        let bot = try #require(project.bots.first)
        var text = "bot    \(bot.stored.digest)\n\(bot.stored.value.text(.canonical))\n"
        if let smoke = bot.storedSmoke { text += "smoke  \(smoke.digest)\n\(smoke.value.text(.canonical))\n" }
        #expect(Golden.difference(of: text, from: "\(Self.folder)/\(name)/stored.txt") == nil)
    }

    @Test(arguments: Golden.cases(in: folder))
    func `a gateway reads the stored form back whole`(name: String) throws {
        let bot = try #require(try Self.project(name).bots.first)
        let config = try BotConfig(stored: bot.stored.bytes, name: bot.name, catalog: .embedded)
        #expect(config == bot.config)
        #expect(config.digest == bot.stored.digest)
        if let smoke = bot.storedSmoke { #expect(try SmokeCase.decode(stored: smoke.bytes) == bot.smoke) }
    }

    @Test func `there are at least ten golden configs`() {
        #expect(Golden.cases(in: Self.folder).count >= 10)
    }

    @Test func `moving a value into the template changes no digest`() throws {
        let own = try stored(["bots.d/x.yaml": "model: amazon.nova-micro-v1:0\nparameters: {temperature: 0.5}\n"])
        let inherited = try stored([
            "bots.d/x.yaml": "{model: {id: amazon.nova-micro-v1:0}} # the same",
            "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters:\n  temperature: 0.50\n",
        ])
        #expect(own.digest == inherited.digest)
    }

    @Test func `a changed template value changes the digest`() throws {
        func digest(_ temperature: String) throws -> ContentDigest {
            try stored([
                "bots.d/x.yaml": "model: amazon.nova-micro-v1:0",
                "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: \(temperature)}",
            ]).digest
        }
        #expect(try digest("0.5") == digest("0.5"))
        #expect(try digest("0.5") != digest("0.6"))
    }

    @Test func `a stored form of a newer schema is refused`() throws {
        let version = BotSchema.version + 1
        let form = #"{"kind":"chat","model":{"region":"us-east-1","upstream":{"us-east-1":"m"}},"schema":\#(version)}"#
        let bytes = Array(form.utf8)
        let error = #expect(throws: StoredFormError.self) {
            try BotConfig(stored: bytes, name: "x", catalog: .embedded)
        }
        #expect(error?.code == .newerSchema)
    }

    @Test(arguments: [(#""unknown":1"#, "unknown"), (#""poe":{"unknown":1}"#, "poe.unknown")])
    func `a key that nobody knows was written by a newer botctl`(member: String, path: String) {
        let text = #"{"schema":1,"kind":"chat","model":{"region":"us-east-1","upstream":{"us-east-1":"m"}},\#(member)}"#
        let error = #expect(throws: StoredFormError.self) {
            try BotConfig(stored: Array(text.utf8), name: "x", catalog: .embedded)
        }
        #expect(error?.code == .newerSchema)
        #expect(
            error?.description ?? ""
                == "it has the key '\(path)', which this botctl does not know: a newer botctl wrote it, so update botctl"
        )
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"schema":1}"#, #"{"schema":1,"kind":"chat"}"#,
        #"{"schema":1,"kind":"chat","model":{"region":"us-east-1","upstream":{"us-west-2":"m"}}}"#,
        #"{"schema":1,"kind":"chat","model":{"region":"us-east-1","upstream":{"us-east-1":"m"}},"parameters":{"temperature":1}}"#,
        #"{"schema":1,"kind":"chat","model":{"region":"us-east-1","upstream":{"us-east-1":"m"}},"parameters":{"temperature":"9"}}"#,
    ])
    func `what is no stored form is refused and nothing is dropped`(text: String) {
        let error = #expect(throws: StoredFormError.self) {
            try BotConfig(stored: Array(text.utf8), name: "x", catalog: .embedded)
        }
        #expect(error?.code == .invalid)
    }

    private static func project(_ name: String) throws -> Project {
        let sources = ProjectSources.read(ProjectLocation(root: "\(folder)/\(name)"), files: LocalFiles())
        return try sources.project(catalog: .embedded)
    }

    private func stored(_ files: [String: String]) throws -> StoredConfiguration {
        let project = try TestProject(files).load()
        return try #require(project.bots.first).stored
    }
}
