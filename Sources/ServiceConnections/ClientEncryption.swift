import NIOCore
import NIOSSL
private import Synchronization

/// TLS towards services: one context for all connections, as making one reads the machine's certificates.
final class ClientEncryption: Sendable {
    private let context = Mutex<NIOSSLContext?>(nil)

    init() {}

    /// The handler that encrypts a connection, and checks that the certificate is the host's.
    ///
    /// - Throws: When the machine's certificates cannot be used.
    func handler(for host: String) throws -> NIOSSLClientHandler {
        let context = try context.withLock { context in
            if let context { return context }
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.applicationProtocols = ["http/1.1"]
            let made = try NIOSSLContext(configuration: configuration)
            context = made
            return made
        }
        // The certificate of an address is checked against the address itself.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}
