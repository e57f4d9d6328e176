/// The server that requests go to: what a connection is kept for.
package struct ServiceOrigin: Hashable, Sendable {
    /// Whether the connection is made with TLS.
    package let isEncrypted: Bool
    /// A name, an IPv4 address, or an IPv6 address without brackets.
    package let host: String
    package let port: Int

    /// An origin.
    ///
    /// - Parameters:
    ///   - isEncrypted: Whether the connection is made with TLS.
    ///   - host: A name or an address; an IPv6 address may stand in brackets.
    ///   - port: The port.
    package init(isEncrypted: Bool, host: String, port: Int) {
        self.isEncrypted = isEncrypted
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port
    }
}
