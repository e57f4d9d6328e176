import Synchronization

/// Secrets that a service keeps, looked up ahead of their use and kept for a while.
///
/// Resolving a reference asks nobody, as that happens in the midst of other things; whoever will resolve some calls
/// ``prepare(_:again:)`` first. What was found stays usable when a later look-up fails, so that a service that is down
/// takes no running bot down.
package final class RemoteSecrets: Sendable {
    /// Why a secret could not be looked up; the text names no secret.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        /// Makes a failure.
        package init(_ description: String) { self.description = description }
    }

    /// What a look-up found of each id: a secret, nil where the service has none, or why it is not known.
    package typealias Found = [String: Result<Secret?, Failure>]

    /// How many ids are kept, which is more than a gateway has bots; beyond it all are looked up anew.
    private static let capacity = 16_384
    /// For how long what was found is not asked for again.
    private static let lifetime = Duration.seconds(60)

    private struct Entry {
        var value: Result<Secret?, Failure>
        var freshUntil: ContinuousClock.Instant
    }

    private let lookUp: @Sendable ([String]) async -> Found
    private let member: @Sendable (Secret, String) -> Secret?
    private let now: @Sendable () -> ContinuousClock.Instant
    private let entries = Mutex<[String: Entry]>([:])

    /// Makes a store of looked-up secrets.
    ///
    /// - Parameters:
    ///   - now: Tells the time that what was found grows old by.
    ///   - member: Picks a member of a secret that is a JSON object; nil when there is no such text.
    ///   - lookUp: Asks the service for secrets by their ids, none of which comes twice.
    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now },
        member: @escaping @Sendable (Secret, String) -> Secret?,
        lookUp: @escaping @Sendable ([String]) async -> Found
    ) {
        self.now = now
        self.member = member
        self.lookUp = lookUp
    }

    /// Looks secrets up, unless that was done a short while ago.
    ///
    /// - Parameters:
    ///   - ids: The secrets.
    ///   - again: Whether they are looked up all the same, because what was found has been refused.
    func prepare(_ ids: Set<String>, again: Bool = false) async {
        let time = now()
        let wanted = entries.withLock { entries in
            again ? ids : ids.filter { id in entries[id].map { $0.freshUntil <= time } ?? true }
        }
        guard !wanted.isEmpty else { return }
        let found = await lookUp(wanted.sorted())
        let freshUntil = now().advanced(by: Self.lifetime)
        entries.withLock { entries in
            if entries.count + found.count > Self.capacity { entries.removeAll() }
            for (id, value) in found {
                if case .failure = value {
                    // An old value is better than none, and the next look-up may succeed.
                    if case .success(_?)? = entries[id]?.value { continue }
                    entries[id] = Entry(value: value, freshUntil: now())
                } else {
                    entries[id] = Entry(value: value, freshUntil: freshUntil)
                }
            }
        }
    }

    /// What was found for an id, and of that the member of that name where one is named.
    ///
    /// - Returns: The secret, or nil when the service has none of that id.
    /// - Throws: ``Failure`` when it is not known, or the secret has no such member.
    func value(of locator: SecretLocator) throws(Failure) -> Secret? {
        guard let entry = entries.withLock({ $0[locator.id] }) else { throw Failure("it has not been asked for") }
        guard let secret = try entry.value.get() else { return nil }
        guard let key = locator.key else { return secret }
        guard let value = member(secret, key) else {
            throw Failure("the secret is no JSON object with a text '\(key)'")
        }
        return value
    }
}

/// What stands behind `secretsmanager:` in a reference: the id of a secret, and a key in it.
struct SecretLocator {
    let id: String
    let key: String?

    /// Splits `ID#key`; neither names nor ARNs of secrets hold a `#`.
    init(_ text: String) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        id = String(parts[0])
        key = parts.count > 1 ? String(parts[1]) : nil
    }
}
