/// The keys of `botctl.yaml`.
package enum ProjectSchema {
    package static let project = ObjectSchema([
        SchemaField("default_environment", .text(.identifier), "The environment that is meant where -e names none."),
        SchemaField(
            "environments", .map(.object(environment), limit: 100), "Where manifests and their gateways live."),
        SchemaField(
            "rules", .map(.choice(["off", "warning", "error"]), limit: 200), examples: ["{BOT062: off}"],
            "The severity of each rule, by its code; 'botctl explain' lists them."),
        SchemaField("gateway", .object(gateway), "What 'serve' needs, where no flag and no BOTCTL_ variable says it."),
    ])

    /// The keys of an environment.
    static let environment = ObjectSchema([
        SchemaField(
            "state", .text(.stateStore), examples: [".botctl/state/staging"],
            "The state store: a directory relative to the project. .botctl/state/<environment> where it is absent. A place in S3, such as s3://bucket/prefix, is not available yet."
        ),
        SchemaField(
            "upstream", .choice(["aws", "simulator"]),
            "Which model service the gateways call. The simulator is embedded in the gateway, for laptops and CI. Where it is absent: simulator for the environment 'local', else aws."
        ),
        SchemaField("gateway", .object(doors), "Where smoke finds the gateway."),
        SchemaField(
            "candidate", .choice(["local"], later: ["fleet"]), default: .text("local"),
            "Where the candidate of a deploy is smoked."),
        SchemaField(
            "protected", .boolean, default: .boolean(false), availability: .later,
            "Whether only a saved plan from a clean checkout deploys."),
        SchemaField(
            "overrides", .object(BotSchema.overrides), repeatsKeys: true, "Values for all bots in this environment."),
        SchemaField(
            "bots", .map(.object(BotSchema.overrides), limit: 100_000), repeatsKeys: true,
            "Values for single bots in this environment."),
        SchemaField("poe", .object(poe), "Whether and where settings are sent to Poe."),
    ])

    /// The keys of an environment without those of its bots.
    static let environmentSettings = environment.without(["overrides", "bots"])

    static let gatewayURL = DefaultedKey("url", "http://127.0.0.1:8080")

    private static let doors = ObjectSchema([
        SchemaField(
            gatewayURL, .text(.url), examples: ["https://bots.example.com"],
            "The gateway's base URL.")
    ])

    static let poeSync = DefaultedKey("sync", false)
    static let poeCharge = DefaultedKey("charge", false)
    static let poeBaseURL = DefaultedKey("base_url", "https://api.poe.com")

    private static let poe = ObjectSchema([
        SchemaField(
            poeSync, .boolean,
            "Whether Poe is called: a deploy tells it the settings of the bots that it changed. Where this is false, nothing calls Poe but 'botctl sync'."
        ),
        SchemaField(
            poeCharge, .boolean,
            "Whether users are charged through Poe for the answers of bots with 'pricing', where 'sync' is true too. Only for creators whom Poe lets charge."
        ),
        SchemaField(
            poeBaseURL, .text(.url), examples: ["http://127.0.0.1:9000"],
            "Where Poe is found: what is called on Poe's side is called here and nowhere else, but for uploads."),
        SchemaField(
            "upload_url", .text(.url), examples: ["https://www.quora.com/poe_api"],
            "Where the files that bots make for users of Poe are uploaded, where 'sync' is true too. Where it is absent, gateways show them by links of their own that expire."
        ),
    ])

    static let listen = DefaultedKey("listen", "127.0.0.1:8080")
    static let logLevel = DefaultedKey("level", "info")
    static let logFormat = DefaultedKey("format", "human")
    static let drainTimeout = DefaultedKey("drain_timeout", milliseconds: 30_000)
    static let bodyLimit = DefaultedKey("body", bytes: 10_485_760)
    static let connectionLimit = DefaultedKey("connections", 8192)
    static let idleTimeout = DefaultedKey("idle_timeout", milliseconds: 75_000)
    static let readTimeout = DefaultedKey("read_timeout", milliseconds: 30_000)
    static let writeTimeout = DefaultedKey("write_timeout", milliseconds: 30_000)

    /// The keys of `gateway`.
    static let gateway = ObjectSchema([
        SchemaField(
            listen, .text(.listenAddress), "Where 'serve' listens."),
        SchemaField(
            "public_url", .text(.url), examples: ["https://bots.example.com"],
            "Where clients reach the gateway, for links to pictures and videos. The address of each request where absent."
        ),
        SchemaField(
            "attachment_origins", .list(.text(.url), limit: 64), default: .list([]),
            examples: ["[\"http://files.internal:9000\"]"],
            "Scheme, host and port of servers that attachments may come from although they are not public https hosts."
        ),
        SchemaField("log", .object(log), "What is logged and how."),
        SchemaField(
            drainTimeout, .duration(0...3_600_000),
            "How long open answers may go on after a stop."),
        SchemaField("limits", .object(limits), "Bounds on what clients may do to the server."),
    ])

    private static let log = ObjectSchema([
        SchemaField(
            logLevel, .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
            "The least important lines that are logged."),
        SchemaField(logFormat, .choice(["human", "json"]), "How a line looks."),
    ])

    private static let limits = ObjectSchema([
        SchemaField(
            bodyLimit, .size(1024...268_435_456), "The longest request body."),
        SchemaField(
            connectionLimit, .integer(1...1_000_000),
            "How many connections are served at once; fewer where the process may not open that many files."),
        SchemaField(
            idleTimeout, .duration(1000...3_600_000),
            "How long a connection may be without a request."),
        SchemaField(
            readTimeout, .duration(1000...3_600_000),
            "How long a request's body may take to arrive."),
        SchemaField(
            writeTimeout, .duration(1000...3_600_000),
            "How long a client may leave waiting bytes unread."),
    ])
}
