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
    ///   - keys: The bot's keys, of which one has to match; all are compared, so that the time does not tell which. None
    ///     takes any, which only bots do that answer nothing.
    init(checking authorization: String?, against keys: [Secret]) {
        guard let token = Self.token(of: authorization) else {
            self = .missing
            return
        }
        var isKnown = keys.isEmpty
        for key in keys where key.matches(token.utf8) { isKnown = true }
        self = isKnown ? .accepted : .wrong
    }

    /// The key in the value of an `Authorization` header; nil when it holds no bearer key.
    static func token(of authorization: String?) -> Substring? {
        guard let authorization, let (scheme, token) = split(authorization), scheme.lowercased() == "bearer",
            !token.isEmpty
        else { return nil }
        return token
    }

    private static func split(_ value: String) -> (scheme: Substring, token: Substring)? {
        var rest = value[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        guard let space = rest.firstIndex(of: " ") else { return nil }
        return (rest[..<space], rest[space...].drop { $0 == " " })
    }
}
