import Secrets

/// The base URL of a gateway as a person types it.
enum GatewayURL {
    /// The URL, if bots' access keys may be sent there.
    ///
    /// - Throws: ``CommandFailure`` for one that names no scheme, and for one over which a key would cross the internet
    ///   unencrypted.
    static func checked(_ url: String) throws -> String {
        let scheme = url.lowercased()
        guard scheme.hasPrefix("http://") || scheme.hasPrefix("https://") else {
            let address = url.split(separator: "://", maxSplits: 1).last.map(String.init) ?? url
            let near = ClearTextReach(url: "http://" + address) != .open
            throw CommandFailure(
                .usage, "'\(url)' is no URL of a gateway: it begins neither with http:// nor with https://",
                hint: address.isEmpty ? nil : "write \(near ? "http" : "https")://\(address)")
        }
        guard ClearTextReach(url: url) != .open else {
            throw CommandFailure(
                .failure, "'\(url)' would carry the access key without encryption", hint: "write https://")
        }
        return url
    }
}
