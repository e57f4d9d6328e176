import JSONCoding
import Testing

/// What `show --origin` says of values that a model cannot take, against the request that is sent.
struct AdjustedRequestsTests {
    /// The keys of `parameters`, with their names in a Converse request.
    private static let members = ["temperature": "temperature", "top_p": "topP", "max_tokens": "maxTokens"]

    @Test(arguments: ShippedBotsTests.names, ["5", "900000"])
    func `what is told of every bot's values is what its request holds`(name: String, length: String) async throws {
        let result = await World(directory: ShippedBotsTests.root).run([
            "show", name, "--origin", "--handler", "-o", "json", "--set", "parameters.temperature=1.5",
            "--set", "parameters.top_p=0.9", "--set", "parameters.max_tokens=\(length)",
            "--set", "supports_system_messages=true", "--set", "system_prompt=Be brief.",
        ])
        let shown = try JSONParser.parse(Array(result.output.utf8))
        let upstream = shown["handler"]?["upstream"]
        guard upstream?["operation"] == "ConverseStream" else { return }
        let request = try #require(upstream?["example_request"])
        for entry in try #require(shown["values"]?.array) {
            guard let path = entry["path"]?.string else { continue }
            let told = entry["adjustment"]?.string
            if let member = Self.members.first(where: { "parameters.\($0.key)" == path })?.value {
                let wished = entry["value"]?.number?.double
                #expect(
                    request["inferenceConfig"]?[member]?.number?.double == sent(wished, told), "\(path): \(told ?? "")")
            } else if path == "supports_system_messages" {
                #expect((request["system"] == nil) == (told?.hasPrefix("taken as false") == true))
            }
        }
    }

    /// The number that is sent by the words about it: `left out: …`, `sent as 1: …`, `lowered to 64, …`.
    private func sent(_ wished: Double?, _ told: String?) -> Double? {
        guard let told else { return wished }
        if told.hasPrefix("left out") { return nil }
        return told.split { !$0.isNumber }.first.flatMap { Double($0) }
    }
}
