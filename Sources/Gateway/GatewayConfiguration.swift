package import AWSSigning
package import FileAccess

/// What a gateway needs to know beside what it serves.
package struct GatewayConfiguration: Sendable {
    /// Bounds on what clients may do to the server.
    package struct Limits: Hashable, Sendable {
        /// The longest request body in bytes.
        package var bodyBytes = 10 << 20
        /// How many bytes of bodies are held at once, of all requests that are being read or answered; more are
        /// told to come back.
        package var allBodiesBytes = 512 << 20
        /// The longest request head in bytes.
        package var headBytes = 32_768
        /// How many connections are served at once; more wait to be accepted.
        package var connections = 8192
        /// The most bytes of attachments that all requests together hold.
        package var attachmentBytes = 512 << 20
        /// How long a connection may be without a request, or with one whose head is incomplete.
        package var idleTimeout: Duration = .seconds(75)
        /// How long a request's body may take to arrive.
        package var readTimeout: Duration = .seconds(30)
        /// How long a client may leave waiting bytes unread.
        package var writeTimeout: Duration = .seconds(30)

        package init() {}
    }

    /// Which model service the bots call.
    package enum Upstream: Sendable {
        /// Amazon Bedrock, with credentials and endpoints from these environment variables and the shared AWS files.
        case aws(variables: [String: String], files: any FileReading = LocalFiles())
        /// A simulator inside this process, at once or at that many tokens a second.
        case simulator(tokensPerSecond: Double? = nil)
        /// A service at that URL, whatever the environment says.
        case endpoint(url: String, credentials: SigningCredentials)
    }

    /// The name or IP address to listen on.
    package var host: String
    /// The port to listen on; 0 picks a free one.
    package var port: Int
    /// The environment's name, for secret references and for people.
    package var environment: String
    /// This replica's name in the state store; see ``ReplicaReport/identifier(from:)``.
    package var replicaID: String
    package var upstream: Upstream
    /// The URL at which clients reach this gateway, for links to files; nil for the one that each request names.
    package var publicURL: String?
    /// Origins that attachments may come from although they are not public https hosts; see ``AttachmentFetcher``.
    package var attachmentOrigins: [String] = []
    /// Where Poe is asked to charge users for the answers of bots with `pricing`; nil where nobody is charged.
    package var chargingURL: String?
    /// Where the files that bots make for users of Poe are brought: `https://www.quora.com/poe_api`; nil where this
    /// gateway shows them itself.
    package var uploadURL: String?
    /// Name and version of the program, for the replica's report.
    package var tool: String
    package var limits = Limits()
    /// How long open answers may go on once the gateway is asked to stop; then they end with an error that may be
    /// retried.
    package var drainTimeout: Duration = .seconds(30)
    /// How often the state store is asked for a new manifest, give or take a fifth.
    package var pollInterval: Duration = .seconds(2)

    /// A configuration with the product's defaults.
    package init(
        host: String = "127.0.0.1", port: Int, environment: String, replicaID: String, upstream: Upstream,
        tool: String = "botctl"
    ) {
        self.host = host
        self.port = port
        self.environment = environment
        self.replicaID = replicaID
        self.upstream = upstream
        self.tool = tool
    }
}

extension GatewayConfiguration.Upstream {
    /// Whether bots call the services that they name; false where one service stands in for all of them.
    var isOfBots: Bool {
        switch self {
        case .aws: true
        case .simulator, .endpoint: false
        }
    }
}

extension GatewayConfiguration.Upstream: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The variables and credentials hold secrets, and descriptions end up in logs.
    package var description: String {
        switch self {
        case .aws: "aws"
        case .simulator: "simulator"
        case .endpoint(let url, _): "endpoint \(url)"
        }
    }

    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
