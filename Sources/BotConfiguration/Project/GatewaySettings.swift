/// What `botctl.yaml` says of the process that serves; flags and `BOTCTL_…` variables go before it.
package struct GatewaySettings: Sendable {
    /// Where `serve` listens: `HOST:PORT`.
    package var listen: String
    /// The least important lines that are logged.
    package var logLevel: String
    /// How a log line looks: human or json.
    package var logFormat: String
    /// How long open answers may go on after a stop.
    package var drainTimeout: Duration
    /// The longest request body in bytes.
    package var bodyLimitInBytes: Int
    /// How many connections are served at once.
    package var connectionLimit: Int
    /// How long a connection may be without a request.
    package var idleTimeout: Duration
    /// How long a request's body may take to arrive.
    package var readTimeout: Duration
    /// How long a client may leave waiting bytes unread.
    package var writeTimeout: Duration
    /// Every value with its origin, by its path under `gateway`.
    package var effective: EffectiveConfig

    /// The settings of a decoded `gateway`; the schema's defaults for what it leaves out.
    init(_ root: ConfigObject = ConfigObject()) {
        let values = ConfigReader(root: root, schema: ProjectSchema.gateway)
        listen = values.text("listen") ?? ""
        logLevel = values.text("log", "level") ?? ""
        logFormat = values.text("log", "format") ?? ""
        drainTimeout = values.duration("drain_timeout") ?? .zero
        bodyLimitInBytes = values.bytes("limits", "body") ?? 0
        connectionLimit = values.integer("limits", "connections") ?? 0
        idleTimeout = values.duration("limits", "idle_timeout") ?? .zero
        readTimeout = values.duration("limits", "read_timeout") ?? .zero
        writeTimeout = values.duration("limits", "write_timeout") ?? .zero
        effective = EffectiveConfig(root: root, schema: ProjectSchema.gateway)
    }
}
