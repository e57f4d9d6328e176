import AWSClient
import AWSSigning
import AsyncHTTPClient
import BotConfiguration
import BotRuntime
import ChatEvents
import JSONCoding
import Logging
import ModelCatalog
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// How a bot with `failover_regions` goes from one region to the next.
@Suite(.timeLimit(.minutes(1)))
struct RegionFailoverTests {
    /// What a bot of two regions answers whose first region never does, within a time for the first token.
    private func answer(firstTokenTimeout milliseconds: Int) async throws -> (text: String, hosts: [String]) {
        let hosts = Mutex<[String]>([])
        let transport = HTTPTransport { request, deadline in
            let host = request.url.split(separator: "/").dropFirst().first.map(String.init) ?? ""
            hosts.withLock { $0.append(host) }
            guard host.contains("us-west-2") else {
                // As the client does it whose service accepts and stays silent.
                try await Task.sleep(for: .nanoseconds((deadline - .now()).nanoseconds))
                throw HTTPClientError.deadlineExceeded
            }
            let body = #"{"output":{"message":{"content":[{"text":"Hi"}]}},"stopReason":"end_turn"}"#
            return HTTPClientResponse(
                headers: ["content-type": "application/json"], body: .bytes(ByteBuffer(string: body)))
        }
        let client = AWSClient(
            transport: transport,
            credentials: StaticCredentialProvider(SigningCredentials(accessKeyID: "A", secretAccessKey: "b")))
        let registration = HandlerRegistration.bedrockChat(
            clients: { _ in client }, endpoints: AWSEndpointResolver(variables: [:]), logger: Logger(label: "test"))
        // A model that cannot stream with tools, so that the answer is one piece of JSON.
        let stored = """
            {"kind":"chat","limits":{"first_token_timeout":\(milliseconds)},"model":{\
            "failover_regions":["us-west-2"],"provider":"bedrock","region":"us-east-1",\
            "upstream":{"us-east-1":"us.meta.llama3-3-70b-instruct-v1:0","us-west-2":"us.meta.llama3-3-70b-instruct-v1:0"}},"schema":2}
            """
        let config = try BotConfig(stored: Array(stored.utf8), name: "bot", catalog: .embedded)
        #expect(config.model.failover.count == 1)
        let handler = try BotFactory(registrations: [registration]).makeHandler(for: config)
        var sink = RecordingSink()
        _ = await handler.answer(
            ChatRequest(
                messages: [ChatMessage(role: .user, text: "Hello")],
                tools: ToolUse(definitions: [ToolDefinition(name: "look", inputSchema: [:])])),
            call: AnswerCall(requestID: "q-1"), to: &sink)
        return (sink.text, hosts.withLock { $0 })
    }

    @Test func `a region that accepts and stays silent leaves the next its share of the time`() async throws {
        let result = try await answer(firstTokenTimeout: 3000)
        #expect(result.text == "Hi")
        #expect(
            result.hosts == [
                "bedrock-runtime.us-east-1.amazonaws.com", "bedrock-runtime.us-west-2.amazonaws.com",
            ])
    }
}
