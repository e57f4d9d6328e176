import AWSClient
import BotConfiguration
import FileAccess
import Gateway
import Secrets

extension GatewayConfiguration.Limits {
    /// The bounds that the settings name, with as many connections as the process may open files for.
    init(_ settings: GatewaySettings) {
        self.init()
        bodyBytes = settings.bodyLimitInBytes
        connections = OpenFileLimit.connections(atMost: settings.connectionLimit)
        idleTimeout = settings.idleTimeout
        readTimeout = settings.readTimeout
        writeTimeout = settings.writeTimeout
    }
}

extension CommandContext {
    /// Finds secrets in this process's environment, in files under a project's root, and in AWS Secrets Manager with
    /// the credentials of this process.
    func secretResolver(root: String) -> SecretResolver {
        let remote = RemoteSecrets.secretsManager(userAgent: Version.tool) { [variables, files, clock] transport in
            AWSSurroundings(
                variables: variables, files: files, writer: AtomicFileWriter(), transport: transport, clock: clock)
        }
        return SecretResolver(variables: variables, files: files, directory: root, remote: remote)
    }

    /// The model service of an environment as a gateway calls it.
    ///
    /// - Parameters:
    ///   - upstream: Which service.
    ///   - tokensPerSecond: How fast an embedded simulator answers; nil for at once.
    /// - Returns: The service; `aws` gets its credentials and endpoints from this process's environment and files.
    func gatewayUpstream(
        _ upstream: EnvironmentSettings.Upstream, tokensPerSecond: Double? = nil
    ) -> GatewayConfiguration.Upstream {
        switch upstream {
        case .aws: .aws(variables: variables, files: files)
        case .simulator: .simulator(tokensPerSecond: tokensPerSecond)
        }
    }
}
