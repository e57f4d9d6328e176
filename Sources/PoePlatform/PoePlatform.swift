package import AsyncHTTPClient
import Secrets

/// Poe's side, as the server bots of an environment call it.
///
/// Every call goes to the one base URL that it is made with, follows no redirect, is bounded in time and in the bytes
/// that are read, and is made once: whoever calls knows whether a second try is right.
package struct PoePlatform: Sendable {
    /// Where Poe is found, without a slash at the end: `https://api.poe.com`.
    package let baseURL: String

    let exchange: PlatformExchange

    /// Poe at a base URL.
    ///
    /// - Parameters:
    ///   - baseURL: Where Poe is found: `https://api.poe.com`.
    ///   - http: What sends the requests, made with `PoeClient.httpConfiguration`, which follows no redirects; the
    ///     caller shuts it down.
    /// - Throws: ``PoePlatformError`` with the code `invalidTarget` for a URL over which an access key would cross the
    ///   internet unencrypted.
    package init(baseURL: String, http: HTTPClient) throws(PoePlatformError) {
        guard ClearTextReach(url: baseURL) != .open else {
            throw PoePlatformError(
                .invalidTarget, "'\(baseURL)' would carry access keys without encryption; write https://")
        }
        self.baseURL = String(baseURL.reversed().drop { $0 == "/" }.reversed())
        exchange = PlatformExchange(http: http)
    }
}
