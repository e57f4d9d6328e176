import Diagnostics
import Testing

/// The operation that `model.api` names.
struct OperationRulesTests {
    @Test(arguments: [
        ("amazon.nova-micro-v1:0", "converse"), ("stability.stable-image-core-v1:1, region: us-west-2", "invoke"),
    ])
    func `the operation that a model is called with may be named`(model: String, api: String) throws {
        let bot = "model: {id: \(model), api: \(api)}"
        #expect(try JudgedFiles(bot: bot).lines.filter { !$0.contains("BOT062") } == [])
    }

    @Test(arguments: [
        (
            "invoke", "'model.api: invoke' cannot be used with 'amazon.nova-micro-v1:0'",
            "a model that chats is called with converse at Bedrock: write that, or remove 'api'"
        ),
        (
            "chat-completions", "'model.api: chat-completions' is not available for Bedrock",
            "a model that chats is called with converse at Bedrock: write that, or remove 'api'"
        ),
    ])
    func `another operation is an error that names the possible one`(
        api: String, message: String, help: String
    ) throws {
        let found = try JudgedFiles(bot: "model: {id: amazon.nova-micro-v1:0, api: \(api)}")
        #expect(found.diagnostics.map(\.message) == [message])
        #expect(found.diagnostics.allSatisfy { $0.severity == .error })
        #expect(found.help == [help])
    }
}
