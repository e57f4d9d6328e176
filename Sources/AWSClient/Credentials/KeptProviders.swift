import Synchronization

/// Providers of credentials that several bots share, so that a role is assumed once for all bots of a region.
final class KeptProviders: Sendable {
    /// More roles and profiles than a gateway has; beyond it all are made anew.
    private static let capacity = 1024

    /// All that decides which credentials a provider gives.
    struct Key: Hashable {
        let origin: Origin
        /// Where the token service is asked, unless environment or profile name a region.
        let region: String
    }

    /// Where credentials come from that are worth keeping.
    enum Origin: Hashable {
        /// A role that is assumed with the process's credentials.
        case role(AssumedRole)
        /// A profile of the shared files.
        case profile(String)
    }

    private let providers = Mutex<[Key: CachedCredentialProvider]>([:])

    /// The provider of that key, made when there is none yet.
    func provider(for key: Key, make: () -> CachedCredentialProvider) -> CachedCredentialProvider {
        providers.withLock { providers in
            if let provider = providers[key] { return provider }
            if providers.count >= Self.capacity { providers.removeAll() }
            let provider = make()
            providers[key] = provider
            return provider
        }
    }
}
