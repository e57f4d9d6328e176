import FileAccess
import Secrets
import TestSupport
import Testing

struct SecretTests {
    @Test func `a secret shows itself nowhere`() {
        let secret = Secret("hunter2hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(describing: secret), String(reflecting: secret), "\([secret])", dumped] {
            #expect(!text.contains("hunter2"))
        }
    }

    @Test(arguments: [("abc", true), ("abd", false), ("ab", false), ("abcd", false), ("", false)])
    func `a secret matches only itself`(candidate: String, matches: Bool) {
        #expect(Secret("abc").matches(candidate.utf8) == matches)
    }
}

struct SecretReferenceTests {
    @Test(arguments: [
        ("${env:POE_KEY}", "${env:POE_KEY}"), ("${env:POE_{NAME}}", "${env:POE_CLAUDE_SONNET_4}"),
        ("${file:keys/{environment}/{name}}", "${file:keys/eu-prod/claude-sonnet.4}"),
        ("${env:KEY_{environment}}", "${env:KEY_EU_PROD}"),
        ("${secretsmanager:bots#{name}}", "${secretsmanager:bots#claude-sonnet.4}"),
    ])
    func `placeholders are filled for a bot and an environment`(text: String, filled: String) throws {
        let reference = try SecretReference(parsing: text)
        #expect(reference.text == text)
        #expect(reference.filledText(forBot: "claude-sonnet.4", environment: "eu-prod") == filled)
    }

    @Test(arguments: [
        ("plain", SecretReference.ParseError.plainText), ("x${env:A}", .plainText), ("${env:A", .plainText),
        ("${vault:x}", .unknownSource("vault")), ("${env:}", .emptyLocator),
        ("${env:1A}", .invalidVariableName("1A")), ("${env:A B}", .invalidVariableName("A B")),
        ("${file:{nam}}", .unknownPlaceholder("{nam}")), ("${file:a{b}", .unknownPlaceholder("{b")),
    ])
    func `what is no reference is refused with its reason`(text: String, reason: SecretReference.ParseError) {
        #expect(throws: reason) { try SecretReference(parsing: text) }
    }
}

struct SecretResolverTests {
    private let references = ["${env:KEY_{NAME}}", "${env:KEY}", "${file:keys/{name}}"].compactMap {
        try? SecretReference(parsing: $0)
    }

    private func resolve(variables: [String: String] = [:], files: [String: String] = [:]) throws -> String {
        let resolver = SecretResolver(
            variables: variables,
            files: InMemoryFiles(files: Dictionary(uniqueKeysWithValues: files.map { ($0.key, Array($0.value.utf8)) })),
            directory: "/project")
        return try resolver.resolve(references, forBot: "nova", environment: "local").reveal()
    }

    @Test func `the first place with a value wins`() throws {
        #expect(try resolve(variables: ["KEY": "shared", "KEY_NOVA": "own"]) == "own")
        #expect(try resolve(variables: ["KEY": "shared", "KEY_NOVA": ""]) == "shared")
        #expect(try resolve(files: ["/project/keys/nova": "from file\r\n\n"]) == "from file")
    }

    @Test func `no value names every place that was tried`() throws {
        let error = #expect(throws: SecretError.self) { try resolve(files: ["/project/keys/nova": "\n"]) }
        #expect(error?.code == .noValue)
        #expect(error?.description == "no value in ${env:KEY_NOVA}, ${env:KEY}, ${file:keys/nova}")
    }

    @Test func `a file that cannot be read stops the search`() throws {
        let error = #expect(throws: SecretError.self) { try resolve(files: ["/project/keys/nova/inner": "x"]) }
        #expect(error?.code == .unreadableFile)
    }
}

struct SecretResolverDescriptionTests {
    @Test func `a resolver does not show the variables that it looks in`() {
        let resolver = SecretResolver(variables: ["KEY": "hunter2"], files: InMemoryFiles(files: [:]), directory: "/")
        struct Holder { let inner: SecretResolver }
        for text in ["\(resolver)", String(reflecting: resolver), "\(Holder(inner: resolver))"] {
            #expect(!text.contains("hunter2"))
        }
    }
}
