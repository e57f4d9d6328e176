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
            "state", .text(.any(limitInBytes: 1024)),
            "The state store: a directory relative to the project. .botctl/state/<environment> where it is absent."),
        SchemaField(
            "upstream", .choice(["aws", "simulator"]),
            "Which model service the gateways call. The simulator is embedded in the gateway, for laptops and CI. Where it is absent: simulator for the environment 'local', else aws."
        ),
        SchemaField("gateway", .object(doors), "Where smoke finds the doors."),
        SchemaField(
            "candidate", .choice(["local"], later: ["fleet"]), default: .text("local"),
            "Where the candidate of a deploy is smoked."),
        SchemaField(
            "protected", .boolean, default: .boolean(false), availability: .later,
            "Whether only a saved plan from a clean checkout deploys."),
        SchemaField("overrides", .object(BotSchema.overrides), "Values for all bots in this environment."),
        SchemaField(
            "bots", .map(.object(BotSchema.overrides), limit: 100_000), "Values for single bots in this environment."),
        SchemaField("poe", .object(poe), "Whether and where settings are sent to Poe."),
    ])

    /// The keys of an environment without those of its bots.
    static let environmentSettings = environment.without(["overrides", "bots"])

    private static let doors = ObjectSchema([
        SchemaField(
            "url", .text(.url), default: .text("http://127.0.0.1:8080"), examples: ["https://bots.example.com"],
            "The gateway's base URL.")
    ])

    private static let poe = ObjectSchema([
        SchemaField(
            "sync", .boolean, default: .boolean(false), availability: .later,
            "Whether Poe is told of changed settings; nothing ever calls Poe where this is false."),
        SchemaField(
            "base_url", .text(.url), default: .text("https://api.poe.com"), availability: .later,
            "Where Poe is found."),
    ])

    /// The keys of `gateway`.
    static let gateway = ObjectSchema([
        SchemaField(
            "listen", .text(.listenAddress), default: .text("127.0.0.1:8080"), "Where 'serve' listens."),
        SchemaField("log", .object(log), "What is logged and how."),
        SchemaField(
            "drain_timeout", .duration(0...3_600_000), default: .milliseconds(30_000),
            "How long open answers may go on after a stop."),
        SchemaField("limits", .object(limits), "Bounds on what clients may do to the server."),
    ])

    private static let log = ObjectSchema([
        SchemaField(
            "level", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
            default: .text("info"), "The least important lines that are logged."),
        SchemaField("format", .choice(["human", "json"]), default: .text("human"), "How a line looks."),
    ])

    private static let limits = ObjectSchema([
        SchemaField(
            "body", .size(1024...268_435_456), default: .bytes(10_485_760), "The longest request body."),
        SchemaField(
            "connections", .integer(1...1_000_000), default: .integer(8192),
            "How many connections are served at once; fewer where the process may not open that many files."),
        SchemaField(
            "idle_timeout", .duration(1000...3_600_000), default: .milliseconds(75_000),
            "How long a connection may be without a request."),
        SchemaField(
            "read_timeout", .duration(1000...3_600_000), default: .milliseconds(30_000),
            "How long a request's body may take to arrive."),
        SchemaField(
            "write_timeout", .duration(1000...3_600_000), default: .milliseconds(30_000),
            "How long a client may leave waiting bytes unread."),
    ])
}
