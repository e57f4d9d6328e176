package import AsyncHTTPClient
package import NIOCore

/// How connections to services are made and kept.
package struct HTTPPoolSettings: Hashable, Sendable {
    /// How long making a connection may take, its name look-up and TLS handshake included.
    package var connectTimeout: Duration
    /// How long an unused connection is kept; shorter than the timeouts of the load balancers on the way.
    package var idleTimeout: Duration
    /// How many connections one host may have; further requests wait for one, up to the connect timeout.
    ///
    /// Every open answer holds a connection, so this lies above what the gateway lets in at once.
    package var connectionsPerHost: Int

    /// Makes settings; the defaults are those of the product.
    package init(
        connectTimeout: Duration = .seconds(5), idleTimeout: Duration = .seconds(60), connectionsPerHost: Int = 10_000
    ) {
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
        self.connectionsPerHost = connectionsPerHost
    }

    /// The settings as the HTTP client wants them.
    ///
    /// HTTP/1 only, as a stream of its own connection cannot be slowed by its neighbours; no redirects, as a signature
    /// holds for one host; no decompression, as no service compresses streams. A connection that cannot be made fails
    /// at once: whether to try again is for the caller, who knows what the request may cost in time. Small packets
    /// leave at once (`TCP_NODELAY`), and a connection over which a model thinks for minutes sends probes, as load
    /// balancers and address translation drop silent ones after some 350 seconds.
    package var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(connectTimeout)),
            decompression: .disabled)
        configuration.connectionPool.idleTimeout = TimeAmount(idleTimeout)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsPerHost
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.http1_1ConnectionDebugInitializer = { channel in
            let options: [(ChannelOptions.Types.SocketOption, SocketOptionValue)] = [
                (.init(level: .tcp, name: .tcp_nodelay), 1), (.init(level: .socket, name: .so_keepalive), 1),
                (.init(level: .tcp, name: .init(rawValue: TCPOption.idleSeconds)), 60),
                (.init(level: .tcp, name: .init(rawValue: TCPOption.probeSeconds)), 30),
            ]
            return EventLoopFuture.andAllSucceed(
                options.map { channel.setOption($0.0, value: $0.1) }, on: channel.eventLoop
            ).recover { _ in
                // A connection without probes is better than none.
            }
        }
        return configuration
    }
}

/// Options of Linux's TCP that the networking library has no names for.
///
/// Source: Linux manual page tcp(7), `TCP_KEEPIDLE` and `TCP_KEEPINTVL`.
private enum TCPOption {
    /// How long a connection may be silent before the first probe, in seconds.
    static let idleSeconds: CInt = 4
    /// How long after an unanswered probe the next one follows, in seconds.
    static let probeSeconds: CInt = 5
}

/// An HTTP client for requests to services.
///
/// - Parameters:
///   - settings: How connections are made and kept.
///   - eventLoopGroup: The threads that do the input and output.
/// - Returns: A client that the caller must shut down, after the last answer has ended.
package func makeHTTPClient(
    _ settings: HTTPPoolSettings = HTTPPoolSettings(),
    eventLoopGroup: any EventLoopGroup = HTTPClient.defaultEventLoopGroup
) -> HTTPClient {
    HTTPClient(eventLoopGroupProvider: .shared(eventLoopGroup), configuration: settings.configuration)
}
