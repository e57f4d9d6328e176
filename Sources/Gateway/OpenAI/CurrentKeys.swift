import BotConfiguration
import Deployment
import Secrets
private import Synchronization
import WallClock

/// The keys of the OpenAI-compatible door as they are now; the manifest's follower keeps them up to date.
final class CurrentKeys: Sendable {
    private struct Entry {
        let key: APIKey
        /// The hash, in a form that is compared in constant time.
        let hash: Secret
    }

    private let entries: Mutex<[Entry]>

    init(_ keys: [APIKey] = []) { entries = Mutex(keys.map(Self.entry)) }

    /// Counts these keys from now on, and no others.
    func replace(with keys: [APIKey]) { entries.withLock { $0 = keys.map(Self.entry) } }

    private static func entry(_ key: APIKey) -> Entry { Entry(key: key, hash: Secret(key.hash.text)) }

    /// The key of a text that came from outside, or nil when there is none; it may count no longer.
    ///
    /// Takes as long for a right text as for a wrong one: all hashes are compared, each in constant time.
    func key(of text: some StringProtocol) -> APIKey? {
        let hash = Array(ContentDigest(of: Array(text.utf8)).text.utf8)
        return entries.withLock { entries in
            var found: APIKey?
            for entry in entries where entry.hash.matches(hash) { found = entry.key }
            return found
        }
    }
}

/// What a request's key says of it.
enum APIKeyCheck: Sendable {
    case accepted(APIKey)
    /// There is no bearer key at all.
    case missing
    /// Nobody knows the key, or it has been revoked.
    case wrong
    case expired

    /// Checks the value of an `Authorization` header.
    init(_ authorization: String?, among keys: CurrentKeys, at now: Timestamp) {
        guard let token = BearerKey.token(of: authorization) else {
            self = .missing
            return
        }
        guard token.utf8.count <= Self.lengthLimitInBytes, let key = keys.key(of: token) else {
            self = .wrong
            return
        }
        switch key.state(at: now) {
        case .valid: self = .accepted(key)
        case .expired: self = .expired
        case .revoked: self = .wrong
        }
    }

    /// No key is longer; a longer text is not worth a hash.
    private static let lengthLimitInBytes = 256
}
