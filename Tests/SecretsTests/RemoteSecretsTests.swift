import Secrets
import Synchronization
import TestSupport
import Testing

struct RemoteSecretsTests {
    /// A service that counts what it is asked, and whose answers a test sets.
    private final class Service: Sendable {
        struct State {
            var asked: [[String]] = []
            var secrets: [String: String] = [:]
            var isDown = false
            var passed = Duration.zero
        }

        let state = Mutex(State())
        private let start = ContinuousClock().now

        var remote: RemoteSecrets {
            RemoteSecrets(
                now: { [self] in start.advanced(by: state.withLock { $0.passed }) },
                member: { secret, key in secret.reveal() == "{object}" && key == "poe" ? Secret("member") : nil },
                lookUp: { [self] ids in
                    state.withLock { state in
                        state.asked.append(ids)
                        return Dictionary(
                            uniqueKeysWithValues: ids.map { id in
                                if state.isDown { return (id, .failure(RemoteSecrets.Failure("it is down"))) }
                                return (id, .success(state.secrets[id].map { Secret($0) }))
                            })
                    }
                })
        }
    }

    private let service = Service()

    private func resolver(_ variables: [String: String] = [:]) -> SecretResolver {
        SecretResolver(
            variables: variables, files: InMemoryFiles(files: [:]), directory: "/", remote: service.remote)
    }

    private func references(_ texts: String...) throws -> [SecretReference] {
        try texts.map { try SecretReference(parsing: $0) }
    }

    private func resolve(_ references: [SecretReference], by resolver: SecretResolver) async throws -> String {
        await resolver.prepare([(references, "nova")], environment: "prod")
        return try resolver.resolve(references, forBot: "nova", environment: "prod").reveal()
    }

    @Test func `a secret is asked for by the id of its bot, and its member picked`() async throws {
        service.state.withLock { $0.secrets = ["prod/nova": "{object}", "plain": "text"] }
        let resolver = resolver()
        #expect(
            try await resolve(references("${secretsmanager:{environment}/{name}#poe}"), by: resolver) == "member")
        #expect(try await resolve(references("${secretsmanager:plain}"), by: resolver) == "text")
        #expect(service.state.withLock { $0.asked } == [["prod/nova"], ["plain"]])
    }

    @Test func `the service is asked only where nothing before it has a value`() async throws {
        service.state.withLock { $0.secrets = ["a": "remote"] }
        let list = try references("${env:KEY}", "${secretsmanager:a}", "${env:SPARE}")
        #expect(try await resolve(list, by: resolver(["KEY": "local"])) == "local")
        #expect(service.state.withLock { $0.asked }.isEmpty)
        #expect(try await resolve(list, by: resolver(["SPARE": "spare"])) == "remote")
    }

    @Test func `a secret that there is not leaves the next place its turn`() async throws {
        #expect(
            try await resolve(references("${secretsmanager:none}", "${env:KEY}"), by: resolver(["KEY": "k"])) == "k")
    }

    @Test func `one look-up serves many, for a while`() async throws {
        service.state.withLock { $0.secrets = ["a": "1", "b": "2"] }
        let resolver = resolver()
        let needs = try (0..<100).map { (try references("${secretsmanager:\($0 % 2 == 0 ? "a" : "b")}"), "bot") }
        await resolver.prepare(needs, environment: "prod")
        await resolver.prepare(needs, environment: "prod")
        #expect(service.state.withLock { $0.asked } == [["a", "b"]])
        service.state.withLock { $0.passed = .seconds(61) }
        await resolver.prepare(needs, environment: "prod")
        #expect(service.state.withLock { $0.asked.count } == 2)
    }

    @Test func `a service that is down takes nothing away`() async throws {
        service.state.withLock { $0.secrets = ["a": "old"] }
        let resolver = resolver()
        let list = try references("${secretsmanager:a}", "${env:KEY}")
        #expect(try await resolve(list, by: resolver) == "old")
        service.state.withLock {
            $0.isDown = true; $0.passed = .seconds(61)
        }
        #expect(try await resolve(list, by: resolver) == "old")
        service.state.withLock {
            $0.isDown = false; $0.secrets = ["a": "new"]
        }
        #expect(try await resolve(list, by: resolver) == "new")
    }

    @Test func `a failure stops the search and is told`() async throws {
        service.state.withLock { $0.isDown = true }
        let error = await #expect(throws: SecretError.self) {
            try await resolve(references("${secretsmanager:a}", "${env:KEY}"), by: resolver(["KEY": "other"]))
        }
        #expect(error?.code == .unreadableSecret)
        #expect(error?.description == "${secretsmanager:a}: it is down")
        service.state.withLock {
            $0.isDown = false; $0.secrets = ["a": "text"]
        }
        let missing = await #expect(throws: SecretError.self) {
            try await resolve(references("${secretsmanager:a#poe}"), by: resolver())
        }
        #expect(missing?.description.contains("no JSON object with a text 'poe'") == true)
    }

    @Test func `what was not asked for is not known`() throws {
        #expect(throws: SecretError.self) {
            try resolver().resolve(references("${secretsmanager:a}"), forBot: "nova", environment: "prod")
        }
    }

    @Test(arguments: ["${secretsmanager:#key}", "${secretsmanager:id#}", "${secretsmanager:}"])
    func `a reference names a secret, and a key where it has a #`(text: String) {
        #expect(throws: SecretReference.ParseError.emptyLocator) { try SecretReference(parsing: text) }
    }
}
