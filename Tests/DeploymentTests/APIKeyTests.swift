import BotConfiguration
import Deployment
import Secrets
import Testing
import WallClock

struct APIKeyTests {
    private let now = Timestamp(millisecondsSinceEpoch: 1_795_230_000_000)

    private func makeKey(
        bots: Set<String>? = nil, expires: Timestamp? = nil
    ) -> (key: APIKey, secret: Secret) {
        APIKey.make(note: "a test", bots: bots, at: now, by: "ana@host", expires: expires)
    }

    @Test func `a key is 256 random bits behind a known beginning, and only its hash is kept`() {
        let (key, secret) = makeKey()
        let (_, other) = makeKey()
        let text = secret.reveal()
        #expect(text.hasPrefix("bk-"))
        #expect(text.count == 46)
        #expect(text != other.reveal())
        #expect(key.hash == ContentDigest(of: Array(text.utf8)))
        #expect(!"\(key)".contains(text.dropFirst(3)))
    }

    @Test func `what is stored is read back`() async throws {
        let store = StateStore(InMemoryObjectStore(location: "memory"))
        #expect(try await store.apiKeys() == [])
        var first = makeKey(bots: ["nova", "claude"], expires: now.advanced(by: .seconds(60))).key
        let second = makeKey().key
        try await store.addAPIKey(first)
        try await store.addAPIKey(second)
        #expect(try await store.apiKeys() == [first, second])
        try await store.changeAPIKeys { $0[0].revoked = now }
        first.revoked = now
        #expect(try await store.apiKeys() == [first, second])
    }

    @Test func `a key counts until it expires or is revoked, and for its bots`() {
        var key = makeKey(bots: ["nova"], expires: now.advanced(by: .seconds(60))).key
        #expect(key.state(at: now) == .valid)
        #expect(key.state(at: now.advanced(by: .seconds(60))) == .expired)
        #expect(key.allows("nova"))
        #expect(!key.allows("claude"))
        #expect(makeKey().key.allows("claude"))
        key.revoked = now
        #expect(key.state(at: now) == .revoked)
    }

    @Test func `changes at the same moment are all kept`() async throws {
        let store = StateStore(InMemoryObjectStore(location: "memory"))
        let keys = (0..<5).map { _ in makeKey().key }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for key in keys { group.addTask { try await store.addAPIKey(key) } }
            try await group.waitForAll()
        }
        #expect(Set(try await store.apiKeys()) == Set(keys))
    }

    @Test func `where there are too many keys, those that no longer count make room`() async throws {
        let store = StateStore(InMemoryObjectStore(location: "memory"))
        let old = (0..<StateStore.apiKeyLimit).map { _ in makeKey(expires: now).key }
        try await store.changeAPIKeys { $0 = old }
        let new = makeKey().key
        try await store.addAPIKey(new)
        #expect(try await store.apiKeys() == [new])
        try await store.changeAPIKeys { $0 = old.map { _ in makeKey().key } }
        await #expect(throws: StateStoreError.self) { try await store.addAPIKey(new) }
    }

    @Test(arguments: [#"{"format":2,"keys":[]}"#, #"{"format":1,"keys":[{"id":"x"}]}"#, #"{"format":1,"keys":7}"#, "x"])
    func `what cannot be read is no list of keys`(text: String) async throws {
        let objects = InMemoryObjectStore(location: "memory")
        try await objects.put(Array(text.utf8), to: .keys)
        await #expect(throws: StateStoreError.self) { try await StateStore(objects).apiKeys() }
    }
}
