import AWSSigning
import BotConfiguration
import BotRuntime
import Deployment
import FileAccess
import Gateway
import ModelCatalog
import Secrets
import TestSupport
import ScriptedUpstream

/// A gateway of one test, with scripted upstreams and a log that can be read.
struct TestGateway {
    static let key = String(repeating: "k", count: 32)

    var source = GenerationSource.fixed([])
    var accessKeyOverride: Secret? = Secret(TestGateway.key)
    var apiKeys: [APIKey] = []
    var variables: [String: String] = [:]
    var configuration = GatewayConfiguration(
        port: 0, environment: "test", replicaID: "replica-1",
        upstream: .endpoint(
            url: "http://127.0.0.1:9",
            credentials: SigningCredentials(accessKeyID: "unused", secretAccessKey: "unused")),
        tool: "botctl test")
    var script: (@Sendable (BotConfig) throws -> any DescribedUpstream)?
    var clock = MonotonicClock.continuous
    let log = TestLog()

    /// A gateway without bots.
    init() {}

    /// A gateway of one bot named `nova` that answers as the script says.
    init(
        _ bot: GatewayBot? = nil,
        _ script: @escaping @Sendable (ScriptedUpstream.Delivery) async throws -> Void
    ) throws {
        source = .fixed([try bot ?? GatewayBot(config: sampleBot())])
        self.script = { _ in ScriptedUpstream { _, deliver in try await script(deliver) } }
    }

    var gateway: Gateway {
        var registrations: [HandlerRegistration] = []
        if let script {
            registrations.append(
                HandlerRegistration(kind: .chat, provider: .bedrock) { config, services in
                    ChatBotHandler(config: config, upstream: try script(config), services: services)
                })
            // A script that makes files stands in for an image model, too.
            registrations.append(
                HandlerRegistration(kind: .image, provider: .bedrock) { config, services in
                    ChatBotHandler(config: config, upstream: try script(config), services: services)
                })
        }
        return Gateway(
            configuration: configuration, source: source,
            secrets: SecretResolver(variables: variables, files: InMemoryFiles(files: [:]), directory: "/"),
            accessKeyOverride: accessKeyOverride, apiKeys: apiKeys, registrations: registrations,
            clock: clock, logger: log.logger)
    }

    /// Runs the gateway for as long as the body.
    func running<Value: Sendable>(_ body: (WireClient) async throws -> Value) async throws -> Value {
        try await gateway.whileRunning { address in try await body(WireClient(port: address.port)) }
    }

    /// What the lines of requests say.
    var requestLines: [[String: String]] { log.lines.filter { $0.message == "request" }.map(\.fields) }
}

/// A bot's stored form, with further members, such as `"limits":{…}`.
func storedBot(members: String = "") -> [UInt8] {
    let more = members.isEmpty ? "" : "," + members
    let stored = """
        {"kind":"chat","model":{"provider":"bedrock","region":"us-east-1",\
        "upstream":{"us-east-1":"amazon.nova-micro-v1:0"}},"schema":\(BotSchema.version)\(more)}
        """
    return Array(stored.utf8)
}

/// A bot as a deploy would keep it.
func sampleBot(_ name: String = "nova", members: String = "") throws -> BotConfig {
    try BotConfig(stored: storedBot(members: members), name: name, catalog: .embedded)
}
