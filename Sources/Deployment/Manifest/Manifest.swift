package import BotConfiguration
package import WallClock

/// What is deployed in an environment: every bot with the digests of its configuration and smoke cases.
///
/// A manifest is never edited. Each deploy, and each rollback, writes the next serial of the same lineage.
package struct Manifest: Hashable, Sendable {
    /// The format that this botctl writes, and the newest that it reads.
    package static let format = 1

    /// The manifest that this one replaced.
    package struct Parent: Hashable, Sendable {
        package var serial: Int
        /// SHA-256 of its text, as it stands in the history.
        package var digest: ContentDigest

        package init(serial: Int, digest: ContentDigest) {
            self.serial = serial
            self.digest = digest
        }
    }

    /// The state of the checkout that a deploy was made from.
    package struct Source: Hashable, Sendable {
        /// The commit.
        package var revision: String
        /// Whether files differed from that commit; nil when that is not known.
        package var dirty: Bool?

        package init(revision: String, dirty: Bool?) {
            self.revision = revision
            self.dirty = dirty
        }
    }

    /// Made once, at random, with the first manifest of an environment: tells one environment's history from another's.
    package var lineage: String
    /// Counts the manifests of a lineage, from 1.
    package var serial: Int
    /// Nil for the first manifest of a lineage.
    package var parent: Parent?
    package var created: Timestamp
    /// Who deployed it.
    package var by: String
    /// Name and version of the program that wrote it.
    package var tool: String
    /// Nil when the bots came from no version control.
    package var source: Source?
    /// Why, in the deployer's words.
    package var message: String?
    /// By bot name.
    package var bots: [String: ManifestBot]
}

/// One bot as it is deployed.
package struct ManifestBot: Hashable, Sendable {
    /// The digest of its configuration.
    package var digest: ContentDigest
    /// The digest of its smoke cases; nil when it has none.
    package var smoke: ContentDigest?
    /// What it produces; text, so that a manifest with a kind of a newer botctl can still be read.
    package var kind: String
    /// False: it stays deployed and answers that it is off.
    package var isEnabled: Bool
    /// Further names and paths that answer.
    package var aliases: [String]

    package init(
        digest: ContentDigest, smoke: ContentDigest? = nil, kind: String, isEnabled: Bool = true, aliases: [String] = []
    ) {
        self.digest = digest
        self.smoke = smoke
        self.kind = kind
        self.isEnabled = isEnabled
        self.aliases = aliases
    }

    /// The blobs that a gateway or a smoke test of the bot reads.
    package var digests: [ContentDigest] { [digest] + (smoke.map { [$0] } ?? []) }
}

/// Who makes a manifest, when, with what, and why.
package struct ManifestStamp: Hashable, Sendable {
    /// To the second, as it is stored.
    package let created: Timestamp
    package var by: String
    package var tool: String
    package var source: Manifest.Source?
    package var message: String?

    /// A stamp; fractions of a second are dropped.
    package init(
        created: Timestamp, by: String, tool: String, source: Manifest.Source? = nil, message: String? = nil
    ) {
        self.created = Timestamp(iso8601: created.iso8601) ?? created
        self.by = by
        self.tool = tool
        self.source = source
        self.message = message
    }
}

/// A manifest as it stands in the store.
package struct StoredManifest: Hashable, Sendable {
    package let manifest: Manifest
    /// Its text, byte for byte.
    package let bytes: [UInt8]
    /// What to expect in a write that replaces it.
    package let tag: VersionTag
    /// SHA-256 of its text.
    package let digest: ContentDigest

    init(manifest: Manifest, bytes: [UInt8], tag: VersionTag) {
        self.manifest = manifest
        self.bytes = bytes
        self.tag = tag
        digest = ContentDigest(of: bytes)
    }

    package var serial: Int { manifest.serial }
}

extension Manifest {
    /// The manifest that comes after another.
    ///
    /// - Parameters:
    ///   - base: What is deployed now; nil for the first manifest of an environment.
    ///   - newLineage: A random text; used only when there is no base.
    ///   - stamp: Who makes it, and why.
    ///   - bots: What is to be deployed, all of it.
    package init(
        succeeding base: StoredManifest?, newLineage: @autoclosure () -> String, stamp: ManifestStamp,
        bots: [String: ManifestBot]
    ) {
        self.init(
            lineage: base?.manifest.lineage ?? newLineage(),
            serial: (base?.serial ?? 0) + 1,
            parent: base.map { Parent(serial: $0.serial, digest: $0.digest) },
            created: stamp.created, by: stamp.by, tool: stamp.tool, source: stamp.source, message: stamp.message,
            bots: bots)
    }

    /// Who made it, when, with what, and why.
    package var stamp: ManifestStamp {
        ManifestStamp(created: created, by: by, tool: tool, source: source, message: message)
    }
}
