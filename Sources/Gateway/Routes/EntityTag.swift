import BotConfiguration

/// Names a version of an answer, so that a client which has it is not sent it again.
///
/// Source: RFC 9110, sections 8.8.3 and 13.1.2.
struct EntityTag: Hashable, Sendable, CustomStringConvertible {
    private let opaque: String
    /// Whether answers of one tag may differ in what does not matter.
    private let isWeak: Bool

    /// The tag of a body; a weak one of what matters in it.
    init(of body: [UInt8], isWeak: Bool = false) {
        opaque = "\"\(ContentDigest(of: body).text.prefix(32))\""
        self.isWeak = isWeak
    }

    /// The tag as `ETag` has it.
    var description: String { isWeak ? "W/" + opaque : opaque }

    /// Whether the value of `If-None-Match` names this version; that a tag is weak does not matter here.
    func matches(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { part in
            var tag = part.drop { $0 == " " || $0 == "\t" }
            while tag.last == " " || tag.last == "\t" { tag.removeLast() }
            return tag == "*" || (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag) == opaque
        }
    }
}
