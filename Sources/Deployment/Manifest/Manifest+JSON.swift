import WallClock
package import JSONCoding
import BotConfiguration

extension Manifest {
    /// The manifest as JSON, its bots sorted by name.
    package var json: JSONValue {
        let bots = bots.map { ($0.key, $0.value.json) }
        return [
            "format": .integer(Self.format),
            "lineage": .string(lineage),
            "serial": .integer(serial),
            "parent": parent.map { ["serial": .integer($0.serial), "digest": .string($0.digest.text)] } ?? .null,
            "created": .string(created.iso8601),
            "by": .string(by),
            "tool": .string(tool),
            "source": source.map { ["revision": .string($0.revision), "dirty": $0.dirty.map { .bool($0) } ?? .null] }
                ?? .null,
            "message": JSONValue(message),
            "bots": .object(JSONObject(bots).sortedByName()),
        ]
    }

    /// The text that is stored.
    package var encoded: [UInt8] { json.recordBytes }

    /// Reads a stored manifest.
    ///
    /// Members that this botctl does not know are ignored.
    ///
    /// - Throws: ``StateStoreError`` with the code `corrupt` or `newerFormat`.
    package init(decoding bytes: [UInt8]) throws {
        let record = try StoredRecord(bytes, subject: "manifest", format: Self.format)
        lineage = try record.string("lineage")
        serial = try record.integer("serial", in: 1...Int.max)
        parent = try record.optionalRecord("parent", subject: "parent in the manifest").map { parent in
            Parent(serial: try parent.integer("serial", in: 1...Int.max), digest: try parent.digest("digest"))
        }
        created = try record.timestamp("created")
        by = try record.string("by")
        tool = try record.string("tool")
        source = try record.optionalRecord("source", subject: "source in the manifest").map { source in
            Source(revision: try source.string("revision"), dirty: try source.optionalBool("dirty"))
        }
        message = try record.optionalString("message")
        let entries = try record.record("bots", subject: "list of bots in the manifest")
        var bots: [String: ManifestBot] = [:]
        for member in try entries.members() {
            guard TextFormat.botName.accepts(member.name) else {
                throw StateStoreError(.corrupt, "the manifest cannot be read: '\(member.name)' is no bot name")
            }
            bots[member.name] = try ManifestBot(
                StoredRecord(member.value, subject: "bot '\(member.name)' in the manifest"))
        }
        self.bots = bots
    }
}

extension ManifestBot {
    var json: JSONValue {
        [
            "digest": .string(digest.text),
            "smoke": JSONValue(smoke?.text),
            "kind": .string(kind),
            "enabled": .bool(isEnabled),
            "aliases": .array(aliases.map(JSONValue.string)),
        ]
    }

    init(_ record: StoredRecord) throws {
        digest = try record.digest("digest")
        smoke = try record.optionalDigest("smoke")
        kind = try record.string("kind")
        isEnabled = try record.bool("enabled")
        aliases = try record.strings("aliases")
    }
}
