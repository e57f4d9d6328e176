import BotConfiguration

/// Names a version of an answer, so that a client which has it is not sent it again.
///
/// Source: RFC 9110, sections 8.8.3 and 13.1.2.
struct EntityTag: Hashable, Sendable, CustomStringConvertible {
    /// The tag in its quotes.
    let description: String

    /// The tag of a body.
    init(of body: [UInt8]) { description = "\"\(ContentDigest(of: body).text.prefix(32))\"" }

    /// Whether the value of `If-None-Match` names this version; weak tags count as strong ones.
    func matches(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { part in
            var tag = part.drop { $0 == " " || $0 == "\t" }
            while tag.last == " " || tag.last == "\t" { tag.removeLast() }
            return tag == "*" || tag == description || tag.hasPrefix("W/") && tag.dropFirst(2) == description
        }
    }
}
