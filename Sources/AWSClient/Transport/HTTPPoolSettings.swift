package import AsyncHTTPClient
package import NIOCore

/// How the connections are made and kept over which the tool asks small things: credentials, lists of models.
///
/// Models are asked over a `ConnectionPool`.
package struct HTTPPoolSettings: Hashable, Sendable {
    /// How long making a connection may take, its name look-up and TLS handshake included.
    package var connectTimeout: Duration
    /// How long an unused connection is kept; shorter than the timeouts of the load balancers on the way.
    package var idleTimeout: Duration

    /// Makes settings; the defaults are those of the product.
    package init(connectTimeout: Duration = .seconds(5), idleTimeout: Duration = .seconds(60)) {
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
    }

    /// The settings as the HTTP client wants them.
    ///
    /// HTTP/1 only, as a stream of its own connection cannot be slowed by its neighbours; no redirects, as a signature
    /// holds for one host; no decompression, as no service compresses streams. A connection that cannot be made fails
    /// at once: whether to try again is for the caller, who knows what the request may cost in time.
    package var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(connectTimeout)),
            decompression: .disabled)
        configuration.connectionPool.idleTimeout = TimeAmount(idleTimeout)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }
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
