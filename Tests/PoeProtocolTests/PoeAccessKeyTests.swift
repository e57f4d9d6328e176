import PoeProtocol
import Secrets
import TestSupport
import Testing

struct PoeAccessKeyTests {
    private static let good = String(repeating: "k", count: 32)

    @Test(arguments: [
        "", "short", good + "k", String(good.dropLast()) + "\n", String(good.dropLast()) + " ",
        String(good.dropLast(2)) + "é",
    ])
    func `what has not the form of a key is none`(text: String) throws {
        let error = #expect(throws: PoeAccessKeyError.self) { try PoeAccessKey(Secret(text)) }
        let count = text.utf8.count
        #expect(
            error?.description
                == "the Poe access key must be 32 printable ASCII characters, and has \(count) bytes")
    }

    @Test func `a new key has the form, and is another each time`() throws {
        let keys = (0..<20).map { _ in PoeAccessKey.random().secret }
        for key in keys { #expect(throws: Never.self) { try PoeAccessKey(key) } }
        #expect(keys.dropFirst().allSatisfy { $0 != keys[0] })
    }

    @Test(arguments: [
        ([:], "no Poe access key: no value in ${env:KEY_NOVA}, ${env:KEY}", true),
        (
            ["KEY": "short"],
            "the Poe access key from ${env:KEY_NOVA}, ${env:KEY} must be 32 printable ASCII characters, and has 5 bytes",
            false
        ),
    ])
    func `a bot without a usable key says where it was looked for`(
        variables: [String: String], text: String, isMissing: Bool
    ) throws {
        let error = #expect(throws: PoeAccessKeyError.self) { try key(variables) }
        #expect(error?.description == text)
        #expect(error?.isMissing == isMissing)
    }

    @Test func `the first place that has a value counts`() throws {
        #expect(try key(["KEY_NOVA": Self.good, "KEY": "short"]).secret == Secret(Self.good))
    }

    private func key(_ variables: [String: String]) throws -> PoeAccessKey {
        let resolver = SecretResolver(variables: variables, files: InMemoryFiles(files: [:]), directory: "/")
        return try resolver.accessKey(
            from: try ["${env:KEY_{NAME}}", "${env:KEY}"].map { try SecretReference(parsing: $0) }, forBot: "nova",
            environment: "local")
    }
}
