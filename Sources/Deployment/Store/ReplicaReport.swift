package import BotConfiguration
import JSONCoding
package import WallClock

/// What one gateway replica says of itself, put when it changes and every ten seconds.
package struct ReplicaReport: Hashable, Sendable {
    /// A manifest that the replica could not build; it goes on serving the one before.
    package struct Refusal: Hashable, Sendable {
        package var serial: Int
        /// SHA-256 of that manifest's text.
        package var digest: ContentDigest
        /// Why, as a sentence without a full stop.
        package var reason: String
        /// The bots that could not be built, each with its reason; empty when the manifest itself could not be read.
        package var failed: [String: String]

        package init(serial: Int, digest: ContentDigest, reason: String, failed: [String: String]) {
            self.serial = serial
            self.digest = digest
            self.reason = reason
            self.failed = failed
        }
    }

    /// What Poe reported of one bot's answers since the replica started.
    package struct PoeErrors: Hashable, Sendable {
        /// How many reports there were.
        package var count: Int
        /// The newest one's text on one line; Poe's words, to be trusted as such.
        package var last: String
        package var lastAt: Timestamp

        package init(count: Int, last: String, lastAt: Timestamp) {
            self.count = count
            self.last = last
            self.lastAt = lastAt
        }
    }

    static let format = 1

    /// How long a report counts after it was made.
    package static let lifetime: Duration = .seconds(30)

    /// Of how many bots a report says what Poe reported, those of the newest ones: a bad hour of Poe must not make
    /// reports that are too long to be read.
    package static let poeErrorLimit = 100

    /// The replica's name in the store; see ``identifier(from:)``.
    package var id: String
    /// What it serves; 0 before its first manifest.
    package var serial: Int
    /// SHA-256 of the manifest that it serves; nil before its first.
    package var digest: ContentDigest?
    /// The bots of that manifest that it could not build at its start, each with its reason.
    package var failed: [String: String]
    /// The newest manifest, when the replica could not build it and serves an older one.
    package var refused: Refusal?
    /// What Poe reported, by bot; bots without a report are left out, as are all but ``poeErrorLimit``.
    package var poeErrors: [String: PoeErrors]
    /// Name and version of the program.
    package var tool: String
    package var at: Timestamp

    package init(
        id: String, serial: Int, digest: ContentDigest?, failed: [String: String] = [:], refused: Refusal? = nil,
        poeErrors: [String: PoeErrors] = [:], tool: String, at: Timestamp
    ) {
        self.id = id
        self.serial = serial
        self.digest = digest
        self.failed = failed
        self.refused = refused
        self.poeErrors = Self.newest(of: poeErrors)
        self.tool = tool
        self.at = at
    }

    private static func newest(of errors: [String: PoeErrors]) -> [String: PoeErrors] {
        guard errors.count > poeErrorLimit else { return errors }
        let sorted = errors.sorted { ($1.value.lastAt, $0.key) < ($0.value.lastAt, $1.key) }
        return Dictionary(uniqueKeysWithValues: sorted.prefix(poeErrorLimit).map { ($0.key, $0.value) })
    }

    /// A name that can stand in a key, made of any text: other characters become `-`, and at most 128 are kept.
    package static func identifier(from text: String) -> String {
        let bytes = text.utf8.prefix(128).map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "_"): byte
            default: UInt8(ascii: "-")
            }
        }
        let name = String(decoding: bytes.drop { $0 == UInt8(ascii: ".") }, as: UTF8.self)
        return name.isEmpty ? "replica" : name
    }

    /// Whether the replica counts as live at a time; a report from the future does, since clocks differ.
    package func isLive(at now: Timestamp) -> Bool { now.since(at) < Self.lifetime }
}

extension ReplicaReport {
    /// The text that is stored.
    package var encoded: [UInt8] {
        func texts(_ texts: [String: String]) -> JSONValue {
            .object(JSONObject(texts.map { ($0.key, JSONValue.string($0.value)) }).sortedByName())
        }
        let value: JSONValue = [
            "format": .integer(Self.format),
            "id": .string(id),
            "serial": .integer(serial),
            "digest": JSONValue(digest?.text),
            "failed": texts(failed),
            "refused": refused.map { refused in
                [
                    "serial": .integer(refused.serial), "digest": .string(refused.digest.text),
                    "reason": .string(refused.reason), "failed": texts(refused.failed),
                ]
            } ?? .null,
            "poe_errors": .object(
                JSONObject(
                    poeErrors.map { name, errors in
                        (
                            name,
                            [
                                "count": .integer(errors.count), "last": .string(errors.last),
                                "last_at": .string(errors.lastAt.iso8601),
                            ]
                        )
                    }
                ).sortedByName()),
            "tool": .string(tool),
            "at": .string(at.iso8601),
        ]
        return value.recordBytes
    }

    /// Reads a stored report.
    ///
    /// - Throws: ``StateStoreError`` with the code `corrupt` or `newerFormat`.
    package init(decoding bytes: [UInt8]) throws {
        let record = try StoredRecord(bytes, subject: "replica report", format: Self.format)
        id = try record.string("id")
        serial = try record.integer("serial", in: 0...Int.max)
        digest = try record.optionalDigest("digest")
        failed = try record.texts("failed")
        refused = try record.optionalRecord("refused", subject: "refused manifest in the replica report").map {
            refused in
            Refusal(
                serial: try refused.integer("serial", in: 1...Int.max), digest: try refused.digest("digest"),
                reason: try refused.string("reason"), failed: try refused.texts("failed"))
        }
        poeErrors = [:]
        if let reported = try record.optionalRecord("poe_errors", subject: "Poe's reports in the replica report") {
            for member in try reported.members() {
                let errors = try StoredRecord(member.value, subject: "Poe's reports of a bot")
                poeErrors[member.name] = PoeErrors(
                    count: try errors.integer("count", in: 1...Int.max), last: try errors.string("last"),
                    lastAt: try errors.timestamp("last_at"))
            }
        }
        tool = try record.string("tool")
        at = try record.timestamp("at")
    }
}
