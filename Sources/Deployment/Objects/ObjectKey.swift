import BotConfiguration

/// The name of an object in a state store: parts of `A-Z a-z 0-9 . _ -` with `/` between them.
///
/// No part is empty or starts with a dot, so that a key is a relative path that stays inside its store and that names
/// neither a temporary file nor a lock.
package struct ObjectKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The whole key.
    package let text: String

    /// The most bytes that a part may have.
    package static let partLimitInBytes = 200
    /// The most parts that a key may have.
    package static let partCountLimit = 8

    /// A key from its text, or nil when the text is none.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count <= Self.partCountLimit, parts.allSatisfy(Self.isPart) else { return nil }
        self.text = text
    }

    /// A key of this module's own parts, all of them valid.
    private init(known text: String) { self.text = text }

    private static func isPart(_ bytes: Substring.UTF8View) -> Bool {
        guard let first = bytes.first, first != UInt8(ascii: "."), bytes.count <= partLimitInBytes else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    /// The last part.
    package var name: String { String(text.split(separator: "/").last ?? "") }

    package var description: String { text }

    package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension ObjectKey {
    /// The one mutable truth: what is deployed.
    package static let manifest = ObjectKey(known: "manifest")
    /// Who is deploying at the moment.
    package static let lease = ObjectKey(known: "lease")
    /// The hashes of the OpenAI-compatible door's keys.
    package static let keys = ObjectKey(known: "keys")
    /// The folder of the configurations and smoke cases, by their digests.
    package static let blobs = ObjectKey(known: "blobs")
    /// The folder of earlier manifests, by their serials.
    package static let history = ObjectKey(known: "history")
    /// The folder of what became of each serial.
    package static let outcomes = ObjectKey(known: "outcomes")
    /// The folder of what each gateway replica reports.
    package static let replicas = ObjectKey(known: "replicas")

    /// The object of that name in this folder, or nil when the name cannot be part of a key.
    package func appending(_ name: String) -> ObjectKey? { ObjectKey(text + "/" + name) }

    /// The object of that digest in this folder: hexadecimal digits are always a valid part.
    func appending(_ digest: ContentDigest) -> ObjectKey { ObjectKey(known: "\(text)/\(digest.text)") }

    /// The object of that number in this folder.
    func appending(_ serial: Int) -> ObjectKey { ObjectKey(known: "\(text)/\(serial)") }
}
