import AWSClient
import Testing

struct AWSAccessTests {
    private static let variables = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"]

    private static let assumed = """
        <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId>\
        <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>\
        <Expiration>2036-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
        """

    private let service = ScriptedService(.status(200, body: assumed))

    private func access(variables: [String: String] = variables, config: String = "") throws -> AWSAccess {
        let surroundings = AWSSurroundings(
            variables: variables.merging(["HOME": "/home"]) { own, _ in own },
            files: ["/home/.aws/config": Array(config.utf8)], transport: service.transport)
        return AWSAccess(surroundings, settings: try surroundings.settings(), userAgent: "test")
    }

    /// Sends a request with each of the credentials in turn, and tells what the token service was asked.
    private func asked(
        _ own: [(AWSAccess.OwnCredentials, region: String)], of access: AWSAccess
    ) async throws -> [ScriptedService.Request] {
        let endpoint = try AWSEndpoint(parsing: "http://service")
        for (credentials, region) in own {
            _ = try await access.client(with: credentials, region: region).send(
                AWSRequest(method: "GET", path: "/"), to: endpoint, service: .bedrockRuntime, region: region)
        }
        return service.requests.filter { !$0.url.hasPrefix("http://service") }
    }

    @Test func `bots of one role and region share its credentials`() async throws {
        let role = AssumedRole(arn: "arn:r", externalID: "x")
        let asked = try await asked(
            [(.role(role), "eu-west-3"), (.role(role), "eu-west-3")], of: try access())
        #expect(asked.map(\.url) == ["https://sts.eu-west-3.amazonaws.com/"])
    }

    @Test(arguments: [
        AssumedRole(arn: "arn:r", sessionName: "other"), AssumedRole(arn: "arn:r", duration: .seconds(900)),
        AssumedRole(arn: "arn:r", externalID: "z"), AssumedRole(arn: "arn:r with the external id x"),
    ])
    func `a role that differs in anything has credentials of its own`(other: AssumedRole) async throws {
        let roles = [AssumedRole(arn: "arn:r"), other, AssumedRole(arn: "arn:r", externalID: "x")]
        let asked = try await asked(roles.map { (.role($0), "eu-west-3") }, of: try access())
        #expect(asked.count == 3)
    }

    @Test func `each region's token service is asked for its bots`() async throws {
        let role = AssumedRole(arn: "arn:r")
        let asked = try await asked([(.role(role), "eu-west-3"), (.role(role), "cn-north-1")], of: try access())
        #expect(
            asked.map(\.url) == ["https://sts.eu-west-3.amazonaws.com/", "https://sts.cn-north-1.amazonaws.com.cn/"])
    }

    @Test func `a role and a profile of one text are two things`() async throws {
        let config = """
            [profile arn:r]
            role_arn = arn:other
            credential_source = Environment
            """
        let asked = try await asked(
            [(.role(AssumedRole(arn: "arn:r")), "eu-west-3"), (.profile("arn:r"), "eu-west-3")],
            of: try access(config: config))
        #expect(asked.map { $0.body.contains("arn%3Aother") } == [false, true])
    }

    @Test(arguments: [("", "eu-west-3"), ("region = us-east-2", "us-east-2")])
    func `a profile's role is asked for in its own region, else in the bot's`(
        line: String, region: String
    ) async throws {
        let config = """
            [profile team]
            role_arn = arn:r
            credential_source = Environment
            \(line)
            """
        let asked = try await asked([(.profile("team"), "eu-west-3")], of: try access(config: config))
        #expect(asked.map(\.url) == ["https://sts.\(region).amazonaws.com/"])
    }

    @Test func `a web identity in a profile takes the bot's region too`() async throws {
        let files = [
            "/home/.aws/config": "[profile pod]\nrole_arn = arn:r\nweb_identity_token_file = /token", "/token": "jwt",
        ]
        let surroundings = AWSSurroundings(
            variables: ["HOME": "/home"], files: files.mapValues { Array($0.utf8) }, transport: service.transport)
        let source = ProfileCredentialSource(surroundings, profile: "pod", region: "eu-west-3")
        // The answer is one to AssumeRole.
        await #expect(throws: AWSCredentialError.self) { try await source.load() }
        #expect(service.requests.map(\.url) == ["https://sts.eu-west-3.amazonaws.com/"])
    }
}
