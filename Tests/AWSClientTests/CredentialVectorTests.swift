import AWSClient
import AWSConfigFiles
import AWSSigning
import JSONCoding
import Secrets
import TestSupport
import Testing
import WallClock

struct CredentialVectorTests {
    @Test(arguments: try cases("default-credential-provider-chain.json"))
    func `every published case of the chain gives its credentials or an error`(testCase: JSONValue) async throws {
        let traffic = RecordedTraffic(testCase["http"]?.array ?? [])
        let surroundings = AWSSurroundings(testCase, traffic: traffic)
        try await check(testCase, traffic) {
            let chain = CredentialChain.standard(in: surroundings, settings: try surroundings.settings())
            return try await chain.load()
        }
    }

    @Test(arguments: try cases("profile-provider.json"))
    func `every published case of profiles gives its credentials or an error`(testCase: JSONValue) async throws {
        let traffic = RecordedTraffic(testCase["http"]?.array ?? [])
        var surroundings = AWSSurroundings(testCase, traffic: traffic)
        surroundings.processes = ProcessRunner { words, _, _ in
            switch words.first {
            case "echo" where words.last == "--decode":
                // What the cut text printed; the second case's has no account.
                let account = testCase["case"]?.string == "credential_process" ? #","AccountId":"123456789002""# : ""
                let output = """
                    {"Version":1,"AccessKeyId":"ASIARTESTID","SecretAccessKey":"TESTSECRETKEY",\
                    "SessionToken":"TESTSESSIONTOKEN","Expiration":"2022-05-02T18:36:00Z"\(account)}
                    """
                return ProcessRunner.Outcome(status: 0, output: Array(output.utf8))
            case "echo": return ProcessRunner.Outcome(status: 0, output: Array("invalid json\n".utf8))
            case "exit": return ProcessRunner.Outcome(status: 1, output: [])
            default: throw ProcessRunner.Failure.notStarted(reason: "no such program")
            }
        }
        let source = ProfileCredentialSource(surroundings)
        try await check(testCase, traffic) { try await source.load() }
    }

    /// The cases in which nothing is configured, so that the next place would have its turn.
    private static let unconfigured: Set<String> = ["imds_default_chain_error", "imds_disabled", "empty_config"]

    /// What the other published errors are here; their texts are those of another client.
    private static let codes: [String: AWSCredentialError.Code] = [
        "eks_pod_identity_no_token_file": .failed,
        "imds_no_iam_role": .failed,
        "imds_token_fail": .failed,
        "profile_overrides_web_identity": .failed,
        "sso_no_token_file": .loginNeeded,
        "sso_server_error": .failed,
        "web_identity_source_profile_no_env": .incomplete,
        "web_identity_token_invalid_jwt": .failed,
        "credential_process_failure": .failed,
        "credential_process_invalid": .failed,
        "invalid_config": .malformed,
        "invalid_sso_credentials_config": .incomplete,
        "sso_token": .incomplete,
    ]

    private func check(
        _ testCase: JSONValue, _ traffic: RecordedTraffic, _ load: () async throws -> AWSCredentials?
    ) async throws {
        let name = Comment(rawValue: testCase["case"]?.string ?? "")
        guard let expected = testCase["expect"]?["Ok"] else {
            if Self.unconfigured.contains(name.rawValue) {
                // A place that is not configured gives nil; what asks it makes an error of that.
                #expect(try await load() == nil, name)
            } else {
                let code = try #require(Self.codes[name.rawValue], name)
                let error = await #expect(throws: AWSCredentialError.self, name) { try await load() }
                #expect(error?.code == code, "\(name): \(error?.description ?? "no error of credentials")")
            }
            // The records are of a client that does not try again.
            #expect(traffic.problems.filter { !$0.hasPrefix("unexpected") }.isEmpty, name)
            return
        }
        let credentials = try #require(try await load(), name)
        #expect(traffic.problems.isEmpty, name)
        #expect(credentials.keys.accessKeyID == expected["access_key_id"]?.string, name)
        #expect(credentials.keys.secretAccessKey == expected["secret_access_key"]?.string, name)
        #expect(credentials.keys.sessionToken == expected["session_token"]?.string, name)
        #expect(credentials.accountID == expected["account_id"]?.string, name)
        #expect(
            credentials.expiration.map { Int($0.millisecondsSinceEpoch / 1000) } == expected["expiry"]?.integer, name)
    }

    @Test(arguments: try cases("default-token-provider-chain.json"))
    func `every published token of a login is found`(testCase: JSONValue) async throws {
        let surroundings = AWSSurroundings(testCase, traffic: RecordedTraffic([]))
        let settings = try surroundings.settings()
        guard case .singleSignOn(let login) = try ProfileCredentialPlan(settings.profiles)?.base else {
            Issue.record("no login")
            return
        }
        let source = SingleSignOnCredentialSource(
            login, in: surroundings, endpoints: AWSEndpointResolver(settings: settings))
        let token = try await source.token()
        #expect(token.accessToken.reveal() == testCase["expect"]?["Ok"]?["token"]?.string)
        #expect(token.expiresAt == Timestamp(iso8601: testCase["expect"]?["Ok"]?["expiration"]?.string ?? ""))
    }

    @Test(arguments: try #require(try vectors("assume-role-tests.json").array))
    func `every published chain of roles is understood`(testCase: JSONValue) throws {
        let input = testCase["input"]
        func profiles(_ key: String) -> [AWSProfile] {
            (input?[key]?.object ?? [:]).map { member in
                var properties: [String: String] = [:]
                for property in member.value.object ?? [:] { properties[property.name] = property.value.string }
                return AWSProfile(name: member.name, properties: properties)
            }
        }
        let all = AWSProfiles(
            selected: input?["selected_profile"]?.string ?? "", profiles: profiles("profiles"),
            ssoSessions: profiles("sso_sessions"))
        guard let chain = testCase["output"]?["ProfileChain"]?.array else {
            if testCase["docs"]?.string == "profile only contains configuration" {
                // Such a profile names no place, so that the next one has its turn.
                #expect(try ProfileCredentialPlan(all) == nil)
            } else {
                // The texts are those of another client.
                let error = #expect(throws: AWSCredentialError.self) { try ProfileCredentialPlan(all) }
                #expect(error?.code == .incomplete)
            }
            return
        }
        let plan = try #require(try ProfileCredentialPlan(all))
        #expect(base(of: plan, all) == chain.first)
        #expect(plan.roles.map(\.arn) == chain.dropFirst().map { $0["AssumeRole"]?["role_arn"]?.string })
        #expect(
            plan.roles.map(\.sessionName) == chain.dropFirst().map { $0["AssumeRole"]?["role_session_name"]?.string })
        #expect(plan.roles.map(\.externalID) == chain.dropFirst().map { $0["AssumeRole"]?["external_id"]?.string })
    }

    /// The base of a plan as the vectors write it.
    private func base(of plan: ProfileCredentialPlan, _ profiles: AWSProfiles) -> JSONValue {
        func object(_ members: [(String, String?)]) -> JSONValue {
            .object(JSONObject(members.compactMap { member in member.1.map { (member.0, .string($0)) } }))
        }
        switch plan.base {
        case .keys(let name):
            let profile = profiles.profiles[name]
            return [
                "AccessKey": object([
                    ("access_key_id", profile?["aws_access_key_id"]),
                    ("secret_access_key", profile?["aws_secret_access_key"]),
                    ("account_id", profile?["aws_account_id"]),
                ])
            ]
        case .named(let source): return ["NamedSource": .string(source.rawValue)]
        case .webIdentity(let role):
            return [
                "WebIdentityToken": object([
                    ("role_arn", role.arn), ("web_identity_token_file", role.tokenFile),
                    ("role_session_name", role.sessionName),
                ])
            ]
        case .singleSignOn(let login):
            let start = login.session.map { [("sso_session", $0)] } ?? [("sso_account_id", login.role?.accountID ?? "")]
            let role = login.role.map { [("sso_role_name", $0.name)] } ?? []
            return [
                "Sso": object(
                    (start + [("sso_region", login.region)] + role + [("sso_start_url", login.startURL)])
                        .map { ($0.0, Optional($0.1)) })
            ]
        case .process: return "process"
        }
    }
}

struct MetadataEndpointVectorTests {
    @Test(arguments: try #require(try vectors("ecs-tests.json")["tests"]?.array))
    func `every published environment names the container's agent`(testCase: JSONValue) throws {
        let source = ContainerCredentialSource(AWSSurroundings(testCase, traffic: RecordedTraffic([])))
        if let url = testCase["result"]?["Ok"]?.string {
            #expect(try source.url() == url)
        } else if testCase["env"]?.object?.isEmpty == true {
            #expect(try source.url() == nil)
        } else {
            let error = #expect(throws: AWSCredentialError.self) { try source.url() }
            #expect(error?.code == .malformed)
        }
    }

    @Test(arguments: [
        "http://example.com/x", "http://169.254.170.3/x", "http://127.0.0.1.example.com/", "http://127.1.2.999/",
    ])
    func `another host is not asked without TLS`(url: String) {
        let source = ContainerCredentialSource(
            AWSSurroundings(
                variables: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url], transport: RecordedTraffic([]).transport))
        let error = #expect(throws: AWSCredentialError.self) { try source.url() }
        #expect(error?.code == .malformed)
    }

    @Test(arguments: try #require(try vectors("imds-endpoint-tests.json")["tests"]?.array))
    func `every published environment names the metadata service`(testCase: JSONValue) throws {
        var settings = AWSSurroundings(testCase, traffic: RecordedTraffic([]))
        // The tool has no settings of its own for this; those of the environment come as near, but behind the address.
        if let url = testCase["endpoint_override"]?.string {
            settings.variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = url
        }
        if let mode = testCase["mode_override"]?.string {
            settings.variables["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = mode
        }
        let source = InstanceMetadataCredentialSource(settings, settings: try settings.settings())
        if let url = testCase["result"]?["Ok"]?.string {
            #expect(try source.endpoint().url(of: "/latest/api/token") == url)
        } else {
            let error = #expect(throws: AWSCredentialError.self) { try source.endpoint() }
            #expect(error?.code == .malformed)
        }
    }
}

private func cases(_ name: String) throws -> [JSONValue] { try #require(try vectors(name)["cases"]?.array) }
