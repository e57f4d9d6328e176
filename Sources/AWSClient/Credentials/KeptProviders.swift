import Synchronization

/// Providers of credentials that several bots share, so that a role is assumed once for all of them.
final class KeptProviders: Sendable {
    /// More roles and profiles than a gateway has; beyond it all are made anew.
    private static let capacity = 1024

    private let providers = Mutex<[String: CachedCredentialProvider]>([:])

    /// The provider of that name, made when there is none yet.
    func provider(for name: String, make: () -> CachedCredentialProvider) -> CachedCredentialProvider {
        providers.withLock { providers in
            if let provider = providers[name] { return provider }
            if providers.count >= Self.capacity { providers.removeAll() }
            let provider = make()
            providers[name] = provider
            return provider
        }
    }
}
