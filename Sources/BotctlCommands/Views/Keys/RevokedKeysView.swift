import Deployment
import JSONCoding

/// Keys that were just revoked, or had been before.
struct RevokedKeysView: ResultView {
    let environment: String
    let keys: [APIKey]

    /// Writes a line for each key to standard output.
    func show(_ terminal: Terminal) {
        for key in keys { terminal.output("\(key.id) is revoked; gateways refuse it within seconds") }
    }

    /// The keys for scripts.
    var json: JSONObject {
        ["environment": .string(environment), "revoked": .array(keys.map { .object($0.viewJSON) })]
    }
}
