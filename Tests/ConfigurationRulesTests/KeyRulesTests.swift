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
