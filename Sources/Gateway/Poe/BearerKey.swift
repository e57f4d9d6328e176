import Secrets

/// The result of checking the key of a request.
///
/// Source: Poe server-bot protocol, authentication. The scheme's case does not matter (RFC 9110, section 11.1), which
/// is more than Poe's own server takes.
enum BearerKey: Hashable, Sendable {
    case accepted
    /// There is no bearer key at all.
    case missing
    case wrong

    /// Checks the value of an `Authorization` header.
    ///
    /// - Parameters:
    ///   - authorization: The header's value; nil without one.
    ///   - key: The bot's key; nil takes any, which only bots do that answer nothing.
    init(checking authorization: String?, against key: Secret?) {
        guard let authorization, let (scheme, token) = Self.split(authorization), scheme.lowercased() == "bearer",
            !token.isEmpty
        else {
            self = .missing
            return
        }
        self = key?.matches(token.utf8) ?? true ? .accepted : .wrong
    }

    private static func split(_ value: String) -> (scheme: Substring, token: Substring)? {
        var rest = value[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        guard let space = rest.firstIndex(of: " ") else { return nil }
        return (rest[..<space], rest[space...].drop { $0 == " " })
    }
}
