import Deployment
import JSONCoding
import Secrets
import WallClock

/// A key that was just made: the only time that its text is shown.
struct NewKeyView: ResultView {
    let environment: String
    let key: APIKey
    let secret: Secret
    /// Where the environment's gateway is.
    let url: String

    /// Writes the key alone to standard output, so that a script can take it from there.
    func show(_ terminal: Terminal) {
        terminal.output(secret.reveal())
        let bots = key.bots.map { $0.sorted().joined(separator: ", ") } ?? "all bots"
        let end = key.expires.map { "until \($0.iso8601)" } ?? "until it is revoked"
        terminal.note("key \(key.id) of \(environment): \(bots), \(end)")
        terminal.note("it is not shown again; gateways take it within seconds")
        terminal.note("base URL for clients: \(url)/v1")
    }

    /// The key for scripts.
    var json: JSONObject {
        var object: JSONObject = ["environment": .string(environment), "key": .string(secret.reveal())]
        for member in key.viewJSON { object.append(member.name, member.value) }
        return object
    }
}

extension APIKey {
    /// What is shown of a key, for scripts; nothing of its text.
    var viewJSON: JSONObject {
        [
            "id": .string(id), "note": .string(note),
            "bots": bots.map { .array($0.sorted().map(JSONValue.string)) } ?? .null,
            "created": .string(created.iso8601), "by": .string(by),
            "expires": expires.map { .string($0.iso8601) } ?? .null,
            "revoked": revoked.map { .string($0.iso8601) } ?? .null,
        ]
    }
}
