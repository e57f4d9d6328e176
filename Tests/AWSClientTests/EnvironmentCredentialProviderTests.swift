import AWSClient
import AWSSigning
import Testing

struct EnvironmentCredentialProviderTests {
    private func credentials(_ variables: [String: String]) async throws(AWSCredentialError) -> SigningCredentials {
        try await EnvironmentCredentialProvider(variables: variables).credentials()
    }

    @Test func `keys and token are read, without white space around them`() async throws {
        let keys = try await credentials([
            "AWS_ACCESS_KEY_ID": " AKIDEXAMPLE\n", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token\t",
        ])
        #expect(
            keys == SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token"))
    }

    @Test(arguments: [
        (["AWS_SECURITY_TOKEN": "old"], "old"), (["AWS_SECURITY_TOKEN": "old", "AWS_SESSION_TOKEN": "new"], "new"),
        (["AWS_SECURITY_TOKEN": "old", "AWS_SESSION_TOKEN": " "], "old"), (["AWS_SESSION_TOKEN": ""], nil),
    ])
    func `the token has an older name`(variables: [String: String], token: String?) async throws {
        let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"]
        #expect(try await credentials(variables.merging(keys) { $1 }).sessionToken == token)
    }

    @Test(arguments: [[:], ["AWS_ACCESS_KEY_ID": " "], ["AWS_SECRET_ACCESS_KEY": "hush"]])
    func `without a key id there are no credentials, and the text says what to set`(variables: [String: String]) async {
        let error = await #expect(throws: AWSCredentialError.self) { try await credentials(variables) }
        #expect(error?.code == .notFound)
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
            #expect(error?.description.contains(name) == true)
        }
        #expect(error?.description.contains("hush") == false)
    }

    @Test(arguments: [nil, "", " \n"])
    func `a key id without a secret is an error of its own`(secret: String?) async {
        let error = await #expect(throws: AWSCredentialError.self) {
            try await credentials(
                ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": secret].compactMapValues { $0 })
        }
        #expect(error?.code == .incomplete)
    }

    @Test(arguments: ["hush hush", "hush\r\nx-evil: 1", "hush\u{0}", "häsh"])
    func `a value that no key can have is named and not repeated`(secret: String) async {
        let error = await #expect(throws: AWSCredentialError.self) {
            try await credentials(["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": secret])
        }
        #expect(error?.code == .malformed)
        #expect(error?.description.contains("AWS_SECRET_ACCESS_KEY") == true)
        #expect(error?.description.contains("sh") == false)
    }
}
