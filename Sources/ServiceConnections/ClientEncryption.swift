import NIOCore
package import NIOSSL
private import Synchronization

/// TLS towards servers: one context for all connections, as making one reads every certificate that the system trusts.
package final class ClientEncryption: Sendable {
    private let configuration: TLSConfiguration
    private let context = Mutex<NIOSSLContext?>(nil)

    /// A context that is made when it is first needed.
    ///
    /// - Parameter configuration: Which certificates are trusted: those that the system trusts, where nothing else is
    ///   said.
    package init(_ configuration: TLSConfiguration = .makeClientConfiguration()) {
        var configuration = configuration
        configuration.applicationProtocols = ["http/1.1"]
        // The answer is there, or is not wanted any more: a server that does not say goodbye is not waited for long.
        configuration.shutdownTimeout = .milliseconds(500)
        self.configuration = configuration
    }

    /// Whether the context is there, so that a handler is made at once.
    var isReady: Bool { context.withLock { $0 != nil } }

    /// Makes the context, which reads files, where it is not there.
    ///
    /// - Throws: `NIOSSLError` when the system's certificates cannot be read; then the next call tries again.
    package func prepare() throws { _ = try made() }

    private func made() throws -> NIOSSLContext {
        if let made = context.withLock({ $0 }) { return made }
        // Outside the lock, for which event loops may wait; one that is made twice is as good.
        let made = try NIOSSLContext(configuration: configuration)
        context.withLock { $0 = made }
        return made
    }

    /// The handler that encrypts a connection, and checks that the server's certificate is the host's.
    ///
    /// - Parameter host: A name, or an address without brackets.
    /// - Returns: The handler, for one connection.
    /// - Throws: `NIOSSLError` when the system's certificates cannot be read; then the next call tries again.
    package func handler(for host: String) throws -> NIOSSLClientHandler {
        // A server name is a name, not an address (RFC 6066, section 3); of an address the certificate has to speak.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: try made(), serverHostname: isAddress ? nil : host)
    }
}
