import Diagnostics
import Testing

/// Findings of many bots; how long they take is measured in Benchmarks.
struct ManyBotsTests {
    @Test func `each of many bots gets its own findings, and all together get one`() throws {
        var files = [
            "botctl.yaml": "rules: {BOT030: off}",
            "templates/DEFAULT_CHAT_CONFIG.yaml": JudgedFiles.template + "enabled: true",
        ]
        let count = 1800
        for index in 0..<count {
            files["bots.d/b\(index).yaml"] = """
                model: acme.m\(index % 50)-latest
                fallback: {to: b\(index == count - 1 ? 0 : index + 1)}
                poe: {handle: h\(index / 2), access_key: "${env:K\(index / 3)}"}
                enabled: true
                parameters: {max_tokens: 7}
                """
        }
        let codes = Dictionary(grouping: try JudgedFiles(files).diagnostics, by: \.code).mapValues(\.count)
        #expect(codes[.unknownModel] == count)
        #expect(codes[.floatingModel] == count)
        #expect(codes[.duplicateHandle] == count / 2)
        #expect(codes[.sharedAccessKey] == count / 3)
        #expect(codes[.deadOverride] == count)
        #expect(codes[.fallbackCircle] == 1)
        #expect(codes[.sharedOverride] == 1)
    }
}
