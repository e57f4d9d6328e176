extension StateStore {
    /// The most keys that one environment holds, those that no longer count included.
    package static let apiKeyLimit = 1000
    /// How often a change is tried again while others change the keys in the same moment.
    private static let apiKeyAttempts = 8

    /// The keys of the OpenAI-compatible door, in the order in which they were made.
    ///
    /// - Throws: ``StateStoreError``.
    package func apiKeys() async throws -> [APIKey] {
        guard let object = try await objects.get(.keys, limitInBytes: Self.recordLimitInBytes) else { return [] }
        return try APIKey.decode(object.bytes)
    }

    /// Changes the keys in one step, on what stands there at that moment.
    ///
    /// - Parameter change: Gets the keys, and changes them; it may be called several times.
    /// - Returns: What the change gave.
    /// - Throws: ``StateStoreError``, or what `change` throws.
    package func changeAPIKeys<Value>(_ change: (inout [APIKey]) throws -> Value) async throws -> Value {
        for _ in 0..<Self.apiKeyAttempts {
            let object = try await objects.get(.keys, limitInBytes: Self.recordLimitInBytes)
            var keys = try object.map { try APIKey.decode($0.bytes) } ?? []
            let value = try change(&keys)
            let condition = object.map { WriteCondition.matches($0.tag) } ?? .absent
            if case .written = try await objects.write(APIKey.encoded(keys), to: .keys, if: condition) { return value }
        }
        throw StateStoreError(
            .conflict, "others kept changing the keys in \(location)", hint: "try again in a moment")
    }

    /// Adds a key; where there are too many, those that no longer count make room.
    ///
    /// - Throws: ``StateStoreError`` with the code `conflict` when there are as many keys as there may be.
    package func addAPIKey(_ key: APIKey) async throws {
        try await changeAPIKeys { keys in
            if keys.count >= Self.apiKeyLimit { keys.removeAll { !$0.isValid(at: key.created) } }
            guard keys.count < Self.apiKeyLimit else {
                throw StateStoreError(
                    .conflict, "\(location) holds \(keys.count) valid keys, and no more are taken",
                    hint: "revoke those that nobody uses: 'botctl key list' shows them")
            }
            keys.append(key)
        }
    }
}
