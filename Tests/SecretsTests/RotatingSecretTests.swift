import FileAccess
import Secrets
import Synchronization
import TestSupport
import Testing

struct RotatingSecretTests {
    /// A file that changes, and a time that passes.
    private final class World: FileReading {
        private let content = Mutex<String?>("first\n")
        private let passed = Mutex(Duration.zero)
        private let start = ContinuousClock().now

        var text: String? {
            get { content.withLock { $0 } }
            set { content.withLock { $0 = newValue } }
        }

        func pass(_ duration: Duration) { passed.withLock { $0 += duration } }
        func now() -> ContinuousClock.Instant { start.advanced(by: passed.withLock { $0 }) }

        private var files: InMemoryFiles { InMemoryFiles(files: text.map { ["/keys/a": Array($0.utf8)] } ?? [:]) }

        func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8] {
            try files.read(path, limitInBytes: limitInBytes)
        }
        func entries(of directory: String) throws(FileAccessError) -> [String] { try files.entries(of: directory) }
        func kind(of path: String) -> FileKind? { files.kind(of: path) }
        func resolvedPath(of path: String) -> String? { files.resolvedPath(of: path) }
    }

    private let world = World()

    private func secret() throws -> RotatingSecret {
        let resolver = SecretResolver(variables: [:], files: world, directory: "/keys")
        return try resolver.rotating(
            [try SecretReference(parsing: "${file:a}")], forBot: "nova", environment: "prod",
            now: { [world] in world.now() })
    }

    @Test func `a file that changes is read again after a minute, and not before`() async throws {
        let secret = try secret()
        world.text = "second"
        world.pass(.seconds(59))
        #expect(await secret.value() == Secret("first"))
        world.pass(.seconds(1))
        #expect(await secret.value() == Secret("second"))
        world.text = "third"
        #expect(await secret.value() == Secret("second"))
    }

    @Test func `a file that has gone leaves the value that is known`() async throws {
        let secret = try secret()
        world.text = nil
        world.pass(.seconds(60))
        #expect(await secret.value() == Secret("first"))
        world.text = "second"
        world.pass(.seconds(299))
        #expect(await secret.value() == Secret("first"))
        world.pass(.seconds(1))
        #expect(await secret.value() == Secret("second"))
    }

    @Test func `a value that was refused is looked up at once`() async throws {
        let secret = try secret()
        world.text = "second"
        #expect(await secret.replacement(of: Secret("first")) == Secret("second"))
        #expect(await secret.value() == Secret("second"))
        #expect(await secret.replacement(of: Secret("first")) == Secret("second"))
    }

    @Test func `a refused value that has not changed is not looked up for every request`() async throws {
        let secret = try secret()
        #expect(await secret.replacement(of: Secret("first")) == nil)
        world.text = "second"
        #expect(await secret.replacement(of: Secret("first")) == nil)
        world.pass(.seconds(5))
        #expect(await secret.replacement(of: Secret("first")) == Secret("second"))
    }

    @Test func `only one of many looks an old value up`() async throws {
        let lookUps = Mutex(0)
        let secret = RotatingSecret(Secret("first"), now: { [world] in world.now() }) { _ in
            lookUps.withLock { $0 += 1 }
            await Task.yield()
            return Secret("second")
        }
        world.pass(.seconds(60))
        await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { _ = await secret.value() } }
        }
        #expect(lookUps.withLock { $0 } == 1)
        #expect(await secret.value() == Secret("second"))
    }

    @Test func `only one of many looks for a replacement, and all get it`() async {
        let lookUps = Mutex(0)
        let secret = RotatingSecret(Secret("first")) { _ in
            lookUps.withLock { $0 += 1 }
            for _ in 0..<20 { await Task.yield() }
            return Secret("second")
        }
        let found = await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { await secret.replacement(of: Secret("first")) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(found == Array(repeating: Secret("second"), count: 50))
        #expect(lookUps.withLock { $0 } == 1)
    }

    @Test func `a look-up of a refused value that fails is not repeated for every request`() async {
        struct Down: Error {}
        let lookUps = Mutex(0)
        let secret = RotatingSecret(Secret("first"), now: { [world] in world.now() }) { _ in
            let count = lookUps.withLock { count in
                count += 1
                return count
            }
            guard count > 1 else { throw Down() }
            return Secret("second")
        }
        for _ in 0..<3 { #expect(await secret.replacement(of: Secret("first")) == nil) }
        world.pass(.milliseconds(4999))
        #expect(await secret.replacement(of: Secret("first")) == nil)
        #expect(lookUps.withLock { $0 } == 1)
        world.pass(.milliseconds(1))
        #expect(await secret.replacement(of: Secret("first")) == Secret("second"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `whoever waits looks for itself when the one who looked up has gone`() async {
        let lookUps = Mutex(0)
        let (started, start) = AsyncStream<Void>.makeStream()
        let secret = RotatingSecret(Secret("first")) { _ in
            let count = lookUps.withLock { count in
                count += 1
                return count
            }
            guard count > 1 else {
                start.finish()
                try await Task.sleep(for: .seconds(3600))
                return Secret("late")
            }
            return Secret("second")
        }
        let gone = Task { await secret.replacement(of: Secret("first")) }
        for await _ in started {}
        async let found = secret.replacement(of: Secret("first"))
        gone.cancel()
        #expect(await gone.value == nil)
        #expect(await found == Secret("second"))
    }

    @Test func `a refused secret of a service is asked for again though it is fresh`() async throws {
        let asked = Mutex(0)
        let remote = RemoteSecrets(member: { _, _ in nil }) { ids in
            let count = asked.withLock { count in
                count += 1
                return count
            }
            return Dictionary(ids.map { ($0, .success(Secret("value-\(count)"))) }) { first, _ in first }
        }
        let resolver = SecretResolver(variables: [:], files: world, directory: "/", remote: remote)
        let references = [try SecretReference(parsing: "${secretsmanager:key}")]
        await resolver.prepare([(references, "nova")], environment: "prod")
        let secret = try resolver.rotating(references, forBot: "nova", environment: "prod")
        #expect(await secret.value() == Secret("value-1"))
        #expect(await secret.replacement(of: Secret("value-1")) == Secret("value-2"))
    }

    @Test func `a secret that is a variable stays what it is`() async throws {
        let resolver = SecretResolver(variables: ["KEY": "v"], files: world, directory: "/")
        let secret = try resolver.rotating(
            [try SecretReference(parsing: "${env:KEY}")], forBot: "nova", environment: "prod")
        #expect(await secret.replacement(of: Secret("v")) == nil)
        #expect(!"\(secret) \(String(reflecting: secret))".contains("v\""))
    }
}
