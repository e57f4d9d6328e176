/// What `botctl.yaml` says of the process that serves; flags and `BOTCTL_…` variables go before it.
package struct GatewaySettings: Sendable {
    /// Where `serve` listens: `HOST:PORT`.
    package var listen: String
    /// The URL at which clients reach the gateway; nil for the one that each request names.
    package var publicURL: String?
    /// Origins of attachments that the operator vouches for, such as `http://127.0.0.1:9000`.
    package var attachmentOrigins: [String]
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
        listen = values.value(ProjectSchema.listen)
        publicURL = values.text("public_url")
        attachmentOrigins = values.texts("attachment_origins")
        logLevel = values.value(ProjectSchema.logLevel, in: "log")
        logFormat = values.value(ProjectSchema.logFormat, in: "log")
        drainTimeout = values.value(ProjectSchema.drainTimeout)
        bodyLimitInBytes = values.value(ProjectSchema.bodyLimit, in: "limits")
        connectionLimit = values.value(ProjectSchema.connectionLimit, in: "limits")
        idleTimeout = values.value(ProjectSchema.idleTimeout, in: "limits")
        readTimeout = values.value(ProjectSchema.readTimeout, in: "limits")
        writeTimeout = values.value(ProjectSchema.writeTimeout, in: "limits")
        effective = EffectiveConfig(root: root, schema: ProjectSchema.gateway)
    }
}
