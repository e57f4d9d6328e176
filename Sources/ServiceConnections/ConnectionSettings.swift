/// How connections to services are made and kept.
package struct ConnectionSettings: Hashable, Sendable {
    /// How long making a connection may take, its name look-up and TLS handshake included.
    package var connectTimeout: Duration
    /// How long an unused connection is kept; shorter than the timeouts of the load balancers on the way.
    package var idleTimeout: Duration
    /// How many connections each event loop may have; a request beyond that is not sent.
    package var connectionsPerLoop: Int
    /// How much of an answer waits for its reader before no more is read from the connection, in bytes.
    package var answerBufferInBytes: Int

    /// Makes settings; the defaults are those of the product.
    package init(
        connectTimeout: Duration = .seconds(5), idleTimeout: Duration = .seconds(60),
        connectionsPerLoop: Int = 10_000, answerBufferInBytes: Int = 65_536
    ) {
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
        self.connectionsPerLoop = connectionsPerLoop
        self.answerBufferInBytes = answerBufferInBytes
    }
}
