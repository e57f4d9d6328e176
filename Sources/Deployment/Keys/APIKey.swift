package import BotConfiguration
import JSONCoding
package import Secrets
package import WallClock

/// A key of the OpenAI-compatible door, as the state store keeps it: by its hash, never by its text.
///
/// A key is 256 random bits, so a plain SHA-256 of it cannot be turned round by trying.
package struct APIKey: Hashable, Sendable {
    /// What a key's text begins with, so that people and scanners know what they have found.
    package static let prefix = "bk-"
    /// How many letters and digits follow the prefix: 43 of 62 sorts make 256 bits.
    static let randomCount = 43

    /// How people name the key in commands and logs; it tells nothing of the text.
    package var id: String
    /// What the key is for, in its maker's words; empty when nothing is said.
    package var note: String
    /// SHA-256 of the key's text.
    package var hash: ContentDigest
    /// The names of the bots that it may call; nil for all.
    package var bots: Set<String>?
    package var created: Timestamp
    /// Who made it: `user@host`.
    package var by: String
    /// When it stops counting by itself; nil for never.
    package var expires: Timestamp?
    /// When it was revoked; nil while it was not.
    package var revoked: Timestamp?

    package init(
        id: String, note: String = "", hash: ContentDigest, bots: Set<String>? = nil, created: Timestamp, by: String,
        expires: Timestamp? = nil, revoked: Timestamp? = nil
    ) {
        self.id = id
        self.note = note
        self.hash = hash
        self.bots = bots
        self.created = created
        self.by = by
        self.expires = expires
        self.revoked = revoked
    }

    /// Makes a new key.
    ///
    /// - Returns: What is stored, and the text, which nothing else knows and which is shown once.
    package static func make(
        note: String = "", bots: Set<String>? = nil, at now: Timestamp, by actor: String, expires: Timestamp? = nil
    ) -> (key: APIKey, secret: Secret) {
        let secret = Secret(prefix + Secret.random(count: randomCount).reveal())
        let id = "key-" + Secret.random(count: 10).reveal().lowercased()
        let hash = ContentDigest(of: Array(secret.reveal().utf8))
        return (APIKey(id: id, note: note, hash: hash, bots: bots, created: now, by: actor, expires: expires), secret)
    }

    /// Whether the key counts at a time.
    package func isValid(at now: Timestamp) -> Bool { state(at: now) == .valid }

    /// What can be said of a key.
    package enum State: String, Hashable, Sendable {
        case valid, expired, revoked
    }

    /// How the key stands at a time.
    package func state(at now: Timestamp) -> State {
        if revoked != nil { return .revoked }
        return expires.map { $0 <= now } ?? false ? .expired : .valid
    }

    /// Whether the key may call a bot of that name.
    package func allows(_ bot: String) -> Bool { bots?.contains(bot) ?? true }
}

// MARK: - The stored record

extension APIKey {
    static let format = 1

    /// The text that is stored of all keys.
    static func encoded(_ keys: [APIKey]) -> [UInt8] {
        let value: JSONValue = ["format": .integer(format), "keys": .array(keys.map(\.json))]
        return value.recordBytes
    }

    /// Reads the stored text.
    ///
    /// - Throws: ``StateStoreError`` with the code `corrupt` or `newerFormat`.
    static func decode(_ bytes: [UInt8]) throws -> [APIKey] {
        let record = try StoredRecord(bytes, subject: "list of API keys", format: format)
        return try record.records("keys", subject: "API key").map(APIKey.init)
    }

    private var json: JSONValue {
        [
            "id": .string(id), "note": .string(note), "sha256": .string(hash.text),
            "bots": bots.map { .array($0.sorted().map(JSONValue.string)) } ?? .null,
            "created": .string(created.iso8601), "by": .string(by), "expires": JSONValue(expires?.iso8601),
            "revoked": JSONValue(revoked?.iso8601),
        ]
    }

    private init(_ record: StoredRecord) throws {
        self.init(
            id: try record.string("id"), note: try record.optionalString("note") ?? "",
            hash: try record.digest("sha256"),
            bots: record.optionalValue("bots") == nil ? nil : Set(try record.strings("bots")),
            created: try record.timestamp("created"), by: try record.string("by"),
            expires: try record.optionalTimestamp("expires"), revoked: try record.optionalTimestamp("revoked"))
    }
}
