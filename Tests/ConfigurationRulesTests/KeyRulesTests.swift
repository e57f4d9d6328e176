import Diagnostics
import Testing

/// Keys that are sent where others can read them.
struct KeyRulesTests {
    private func lines(_ members: String) throws -> [String] {
        try JudgedFiles([
            "botctl.yaml": "rules: {BOT062: off, BOT055: off}",
            "bots.d/x.yaml": "model: {provider: openai, id: rocket-1, \(members)}",
        ]).lines
    }

    @Test(arguments: [
        (
            "http://models.example.com/v1",
            "error BOT071 'model.api_key' is sent without encryption, and whoever is on the way can read it"
        ),
        (
            "http://10.0.0.7/v1",
            "warning BOT072 'model.api_key' is sent without encryption, and whoever is in that network can read it"
        ),
    ])
    func `a key is not sent in clear without a word`(url: String, finding: String) throws {
        let found = try lines(#"base_url: "\#(url)", api_key: "${env:KEY}""#)
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix(finding) == true)
    }

    @Test(arguments: ["https://models.example.com/v1", "http://127.0.0.1:8000/v1", "http://localhost/v1"])
    func `what is encrypted or stays on the machine is fine`(url: String) throws {
        #expect(try lines(#"base_url: "\#(url)", api_key: "${env:KEY}""#) == [])
    }

    @Test func `without a key there is nothing to read`() throws {
        #expect(try lines(#"base_url: "http://models.example.com/v1""#) == [])
    }
}

/// Access keys that an environment sends where others can read them.
struct AccessKeyRulesTests {
    private func judged(_ settings: String, rules: String = "{}") throws -> JudgedFiles {
        try JudgedFiles([
            "botctl.yaml": "environments:\n  live: {\(settings)}\nrules: \(rules)\n", "bots.d/x.yaml": model,
        ])
    }

    @Test(arguments: [
        ("gateway: {url: 'http://bots.example.com'}", "botctl.yaml:2:25 error BOT071", "gateway.url", "on the way"),
        ("poe: {base_url: 'http://203.0.113.5'}", "botctl.yaml:2:26 error BOT071", "poe.base_url", "on the way"),
        (
            "poe: {sync: true, upload_url: 'http://example.com/up'}", "botctl.yaml:2:40 error BOT071",
            "poe.upload_url", "on the way"
        ),
        ("gateway: {url: 'http://gateway:80'}", "botctl.yaml:2:25 warning BOT072", "gateway.url", "in that network"),
    ])
    func `a place to which nothing sends an access key is told before anything is started`(
        settings: String, place: String, key: String, readers: String
    ) throws {
        let message = "access keys are sent to '\(key)' without encryption, and whoever is \(readers) can read them"
        let judged = try judged(settings)
        #expect(judged.lines == ["\(place) \(message)"])
        #expect(judged.help == ["write https://"])
        #expect(judged.notes == [])
    }

    @Test func `what refuses to send a key cannot be talked round by a rule`() throws {
        let lines = try judged("gateway: {url: 'http://bots.example.com'}", rules: "{BOT071: off}").lines
        #expect(lines.count == 1 && lines.first?.contains(" error BOT071 ") == true)
        #expect(try judged("gateway: {url: 'http://gateway'}", rules: "{BOT072: off}").lines == [])
    }

    @Test(arguments: [
        "gateway: {url: 'https://bots.example.com'}", "gateway: {url: 'http://127.0.0.1:8080'}",
        "poe: {base_url: 'http://localhost:9000'}", "poe: {base_url: null}", "",
    ])
    func `what is encrypted or stays on the machine is fine`(settings: String) throws {
        #expect(try judged(settings).lines == [])
    }

    @Test(arguments: [
        ("poe: {charge: true}", "botctl.yaml:2:24", "'poe.charge' charges nobody"),
        ("poe: {sync: false, charge: true}", "botctl.yaml:2:37", "'poe.charge' charges nobody"),
        (
            "poe: {upload_url: 'http://example.com/up'}", "botctl.yaml:2:28",
            "nothing is uploaded to 'poe.upload_url'"
        ),
    ])
    func `what gateways would do on Poe's side is said to be idle where they do not call Poe`(
        settings: String, place: String, effect: String
    ) throws {
        #expect(
            try judged(settings).lines == [
                "\(place) warning BOT085 \(effect), because 'poe.sync' is not true"
            ])
    }

    @Test(arguments: ["poe: {charge: false}", "poe: {sync: true, charge: true}", "poe: {upload_url: null}"])
    func `what has its effect, or says that it has none, is fine`(settings: String) throws {
        #expect(try judged(settings).lines == [])
    }
}
