import BotConfiguration
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
    /// Finds secrets in this process's environment and in files under a project's root.
    func secretResolver(root: String) -> SecretResolver {
        SecretResolver(variables: variables, files: files, directory: root)
    }

    /// The model service of an environment as a gateway calls it.
    ///
    /// - Parameters:
    ///   - upstream: Which service.
    ///   - tokensPerSecond: How fast an embedded simulator answers; nil for at once.
    /// - Returns: The service; `aws` gets its credentials and endpoints from this process's environment.
    func gatewayUpstream(
        _ upstream: EnvironmentSettings.Upstream, tokensPerSecond: Double? = nil
    ) -> GatewayConfiguration.Upstream {
        switch upstream {
        case .aws: .aws(variables: variables)
        case .simulator: .simulator(tokensPerSecond: tokensPerSecond)
        }
    }
}
