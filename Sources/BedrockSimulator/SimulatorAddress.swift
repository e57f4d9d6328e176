/// Where a running simulator listens.
package struct SimulatorAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name or an IP address, an IPv6 one without brackets.
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `host:port`, with an IPv6 address in brackets.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The base URL for clients: `http://127.0.0.1:8081`.
    package var url: String { "http://\(description)" }
}
