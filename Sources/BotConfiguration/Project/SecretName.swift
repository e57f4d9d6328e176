import Suggestions

/// A name under which a secret may stand, in this configuration or in that of another tool.
enum SecretName {
    /// The keys whose values are secrets; whatever is close to one is taken for it.
    private static let keys = ["access_key", "previous_access_key", "api_key"]
    private static let endings = ["_key", "-key", "secret", "password", "token", "authorization"]

    /// Whether what stands under a key must not be shown where it is a text.
    static func mayBe(_ key: String) -> Bool {
        let name = key.lowercased()
        let isCount = ["max", "min", "context", "input", "output"].contains(where: name.hasPrefix)
        return !isCount && endings.contains(where: name.hasSuffix)
            || Spelling.closest(to: name, among: keys) != nil
    }
}
