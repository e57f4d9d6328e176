/// Bounds on one fetched file.
package struct FetchLimits: Hashable, Sendable {
    /// The largest file in bytes.
    package var sizeInBytes: Int
    /// How long the file may take, look-up of the host and redirects included.
    package var timeout: Duration
    /// The only hosts that files come from; empty for any.
    package var allowedHosts: [HostPattern]

    package init(sizeInBytes: Int, timeout: Duration, allowedHosts: [HostPattern] = []) {
        self.sizeInBytes = sizeInBytes
        self.timeout = timeout
        self.allowedHosts = allowedHosts
    }

    /// How many redirects are followed; each one is checked like the first URL.
    static let redirects = 3
}
