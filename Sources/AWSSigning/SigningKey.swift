import Crypto
import Synchronization

/// The names that this version of the signing process uses.
enum SigningAlgorithm {
    static let name = "AWS4-HMAC-SHA256"
}

/// Keys derived from secrets, kept because one key serves a whole day of requests.
///
/// Safe to share; holds at most 64 keys and starts afresh when full, so that neither days nor forged scopes add up.
package final class SigningKeyCache: Sendable {
    private struct Entry: Hashable {
        let secretAccessKey: String
        let scope: SigningScope
    }

    private static let capacity = 64
    private let keys = Mutex<[Entry: SymmetricKey]>([:])

    /// Makes an empty cache.
    package init() {}

    /// The key that signs for the scope.
    ///
    /// Source: AWS "Create a signed AWS API request", step 3.
    func key(secretAccessKey: String, scope: SigningScope) -> SymmetricKey {
        let entry = Entry(secretAccessKey: secretAccessKey, scope: scope)
        if let key = keys.withLock({ $0[entry] }) { return key }
        var key = SymmetricKey(data: Array("AWS4\(secretAccessKey)".utf8))
        for part in [scope.day, scope.region, scope.service, SigningScope.terminator] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        keys.withLock { [key] keys in
            if keys.count >= Self.capacity { keys.removeAll() }
            keys[entry] = key
        }
        return key
    }
}
