import NIOCore
import NIOSSL
private import Synchronization

/// The TLS context of all connections: making one reads every certificate that the system trusts.
final class SharedTLSContext: Sendable {
    private let configuration: TLSConfiguration
    private let made = Mutex<NIOSSLContext?>(nil)

    /// A context that is made when it is first needed.
    init(_ configuration: TLSConfiguration) {
        var configuration = configuration
        configuration.applicationProtocols = ["http/1.1"]
        // The file is there, or is not wanted any more: a server that does not say goodbye is not waited for long.
        configuration.shutdownTimeout = .milliseconds(500)
        self.configuration = configuration
    }

    /// The context.
    ///
    /// - Throws: `NIOSSLError` when the system's certificates cannot be read; then the next call tries again.
    func context() throws -> NIOSSLContext {
        try made.withLock { made in
            if let made { return made }
            let context = try NIOSSLContext(configuration: configuration)
            made = context
            return context
        }
    }
}
