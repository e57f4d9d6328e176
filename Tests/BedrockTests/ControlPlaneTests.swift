import AWSClient
import AWSSigning
import AsyncHTTPClient
import Bedrock
import JSONCoding
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ControlPlaneTests {
    private typealias Request = ScriptedServer.Request

    private let keys = SigningCredentials(accessKeyID: "AKID", secretAccessKey: "hush", sessionToken: nil)

    /// The control plane on a server that answers by a request's target.
    private func withControlPlane<Result>(
        timeout: Duration = .seconds(10), credentials: (any AWSCredentialProvider)? = nil,
        answers: @escaping @Sendable (ScriptedServer.Request) -> (status: Int, body: String)?,
        _ use: (BedrockControlPlane) async throws -> Result
    ) async throws -> Result {
        try await withServices(timeout: timeout, credentials: credentials, answers: answers) { plane, _ in
            try await use(plane)
        }
    }

    /// The control plane and the quotas on one server.
    private func withServices<Result>(
        timeout: Duration = .seconds(10), credentials: (any AWSCredentialProvider)? = nil,
        answers: @escaping @Sendable (ScriptedServer.Request) -> (status: Int, body: String)?,
        _ use: (BedrockControlPlane, ServiceQuotas) async throws -> Result
    ) async throws -> Result {
        try await ScriptedServer.running { connection in
            while let request = try await connection.request() {
                guard let answer = answers(request) else { return await connection.clientGone() }
                try await connection.answer(answer.status, body: answer.body)
            }
        } body: { server in
            try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { http in
                let client = AWSClient(httpClient: http, credentials: credentials ?? StaticCredentialProvider(keys))
                let endpoint = try AWSEndpoint(parsing: server.url)
                return try await use(
                    BedrockControlPlane(client: client, endpoint: endpoint, region: "eu-west-3", timeout: timeout),
                    ServiceQuotas(client: client, endpoint: endpoint, region: "eu-west-3", timeout: timeout))
            }
        }
    }

    private static let models = """
        {"modelSummaries": [
          {"modelArn": "arn:aws:bedrock:eu-west-3::foundation-model/acme.rocket-v1:0", "modelId": "acme.rocket-v1:0",
           "modelName": "Rocket", "providerName": "Acme", "inputModalities": ["TEXT", "IMAGE"],
           "outputModalities": ["TEXT"], "responseStreamingSupported": true, "inferenceTypesSupported": ["ON_DEMAND"],
           "modelLifecycle": {"status": "ACTIVE"}, "somethingNew": [1]},
          {"modelId": "acme.bare"}, {"modelName": "no id"}, 7]}
        """

    private static func profiles(_ token: String? = nil, id: String = "eu.acme.rocket-v1:0") -> String {
        """
        {"inferenceProfileSummaries": [{"inferenceProfileId": "\(id)", "status": "ACTIVE", "type": "SYSTEM_DEFINED",
          "models": [{"modelArn": "arn:aws:bedrock:eu-west-3::foundation-model/acme.rocket-v1:0"},
                     {"modelArn": "arn:aws:bedrock:eu-west-1::foundation-model/acme.rocket-v1:0"}, {}]}]
         \(token.map { ", \"nextToken\": \"\($0)\"" } ?? "")}
        """
    }

    private static let available = """
        {"modelId": "acme.rocket-v1:0", "agreementAvailability": {"status": "AVAILABLE"},
         "authorizationStatus": "AUTHORIZED", "entitlementAvailability": "AVAILABLE", "regionAvailability": "AVAILABLE"}
        """

    private static func quota(_ name: String, _ value: String = "1") -> String {
        "{\"ServiceCode\": \"bedrock\", \"QuotaName\": \"\(name)\", \"Value\": \(value), \"Unit\": \"None\"}"
    }

    /// A page of quotas: some of the model, some that only look like it.
    private static func quotas(
        _ token: String? = nil, onDemand: String = "200.0", crossRegion: String = "400", global: String = "0"
    ) -> String {
        let entries = [
            quota("On-demand model inference requests per minute for Acme Rocket", onDemand),
            quota("On-demand model inference tokens per minute for Acme Rocket", "100000"),
            quota("Cross-region model inference tokens per minute for Acme Rocket V1", crossRegion),
            quota("Global cross-region model inference tokens per minute for Acme Rocket", global),
            quota("On-demand model inference requests per minute for Acme Rocket 2", "0"),
            quota("On-demand, latency-optimized model inference requests per minute for Acme Rocket", "0"),
            quota("Model invocation max tokens per day for Acme Rocket", "0"),
            quota("Imported models per account"), "{}", "7",
        ]
        let next = token.map { ", \"NextToken\": \"\($0)\"" } ?? ""
        return "{\"Quotas\": [\(entries.joined(separator: ","))]\(next)}"
    }

    private static let denied = """
        {"__type": "AccessDeniedException", "message": "User is not authorized to perform this"}
        """

    // MARK: - The operations

    @Test func `models are read from a signed request, and what is not known is passed over`() async throws {
        let requests = Shared<[Request]>([])
        let models = try await withControlPlane { request in
            requests.update { $0.append(request) }
            return (200, Self.models)
        } _: {
            try await $0.foundationModels()
        }
        #expect(
            models == [
                FoundationModel(
                    id: "acme.rocket-v1:0", name: "Rocket", provider: "Acme", inputModalities: ["TEXT", "IMAGE"],
                    outputModalities: ["TEXT"], streams: true, inferenceTypes: ["ON_DEMAND"], lifecycle: "ACTIVE"),
                FoundationModel(id: "acme.bare"),
            ])
        let request = try #require(requests.value.first)
        #expect(request.line == "GET /foundation-models HTTP/1.1")
        #expect(request.header("authorization")?.contains("/eu-west-3/bedrock/aws4_request") == true)
        #expect(request.body.isEmpty)
    }

    @Test func `profiles are read page by page`() async throws {
        let targets = Shared<[String]>([])
        let profiles = try await withControlPlane { request in
            targets.update { $0.append(request.target) }
            return request.target.contains("nextToken")
                ? (200, Self.profiles(id: "global.acme.rocket-v1:0")) : (200, Self.profiles("a b/="))
        } _: {
            try await $0.inferenceProfiles()
        }
        #expect(profiles.map(\.id) == ["eu.acme.rocket-v1:0", "global.acme.rocket-v1:0"])
        #expect(profiles.first?.modelIDs == ["acme.rocket-v1:0"])
        #expect(profiles.first?.routesTo == ["eu-west-3", "eu-west-1"])
        #expect(
            targets.value == [
                "/inference-profiles?maxResults=1000&type=SYSTEM_DEFINED",
                "/inference-profiles?maxResults=1000&nextToken=a%20b%2F%3D&type=SYSTEM_DEFINED",
            ])
    }

    @Test func `a profile says which model it stands for`() async throws {
        let arn = "arn:aws:bedrock:eu-west-3:1:application-inference-profile/abc"
        let targets = Shared<[String]>([])
        let profile = try await withControlPlane { request in
            targets.update { $0.append(request.target) }
            let models = ["eu-west-3", "eu-west-1"].map {
                #"{"modelArn": "arn:aws:bedrock:\#($0)::foundation-model/acme.rocket-v1:0"}"#
            }
            return (
                200,
                #"{"inferenceProfileId": "abc", "inferenceProfileName": "Team A", "type": "APPLICATION", "models": "#
                    + "[\(models.joined(separator: ","))]}"
            )
        } _: {
            try await $0.inferenceProfile(arn)
        }
        #expect(profile.name == "Team A")
        #expect(profile.modelIDs == ["acme.rocket-v1:0"])
        #expect(profile.routesTo == ["eu-west-3", "eu-west-1"])
        let path = arn.replacing(":", with: "%3A").replacing("/", with: "%2F")
        #expect(targets.value == ["/inference-profiles/\(path)"])
    }

    @Test func `a profile without a model is no answer`() async throws {
        let error = await #expect(throws: ControlPlaneError.self) {
            try await withControlPlane { _ in
                (200, #"{"inferenceProfileId": "abc", "models": []}"#)
            } _: {
                _ = try await $0.inferenceProfile("abc")
            }
        }
        #expect(error?.code == .unreadable)
    }

    @Test func `a listing that never ends is left after its bound`() async throws {
        let count = Shared(0)
        let profiles = try await withControlPlane { _ in
            count.update { $0 += 1 }
            return (200, Self.profiles("token-\(count.value)"))
        } _: {
            try await $0.inferenceProfiles()
        }
        #expect(count.value == 20)
        #expect(profiles.count == 20)
    }

    @Test func `the id of a model is one segment of the path`() async throws {
        let targets = Shared<[String]>([])
        let availability = try await withControlPlane { request in
            targets.update { $0.append(request.target) }
            return (200, Self.available)
        } _: {
            try await $0.availability(of: "acme.rocket-v1:0")
        }
        #expect(targets.value == ["/foundation-model-availability/acme.rocket-v1%3A0"])
        #expect(
            availability
                == ModelAvailability(
                    agreement: "AVAILABLE", authorization: "AUTHORIZED", entitlement: "AVAILABLE", region: "AVAILABLE"))
    }

    // MARK: - What goes wrong

    @Test(arguments: [
        (403, denied, ControlPlaneError.Code.denied),
        (403, "{\"__type\": \"UnrecognizedClientException\"}", .credentials),
        (403, "{\"__type\": \"ExpiredTokenException\"}", .credentials),
        (404, "{\"__type\": \"ResourceNotFoundException\"}", .notFound),
        (429, "{\"__type\": \"ThrottlingException\"}", .throttled),
        (500, "oops", .failed),
        (200, "{", .unreadable),
        (200, "[]", .unreadable),
    ])
    func `an answer that is none says what it means`(status: Int, body: String, code: ControlPlaneError.Code)
        async throws
    {
        let error = await #expect(throws: ControlPlaneError.self) {
            try await withControlPlane(answers: { _ in (status, body) }) { try await $0.foundationModels() }
        }
        #expect(error?.code == code)
        #expect(error?.description.hasPrefix("ListFoundationModels: ") == true)
    }

    @Test func `no answer in time is an error`() async throws {
        let error = await #expect(throws: ControlPlaneError.self) {
            try await withControlPlane(timeout: .milliseconds(50), answers: { _ in nil }) {
                try await $0.foundationModels()
            }
        }
        #expect(error?.code == .unreachable)
    }

    @Test func `no keys are an error of their own`() async throws {
        let error = await #expect(throws: ControlPlaneError.self) {
            try await withControlPlane(
                credentials: EnvironmentCredentialProvider(variables: [:]), answers: { _ in (200, Self.models) }
            ) { try await $0.foundationModels() }
        }
        #expect(error?.code == .credentials)
    }

    // MARK: - The survey

    private func survey(
        _ modelID: String = "acme.rocket-v1:0", calledAs upstreamID: String? = "acme.rocket-v1:0",
        models: (Int, String) = (200, models), profiles: (Int, String) = (200, profiles()),
        availability: (Int, String) = (200, available), quotas: (Int, String) = (200, quotas())
    ) async throws -> ModelAccessSurvey {
        try await withServices { request in
            if request.target == "/" { return quotas }
            if request.target.hasPrefix("/foundation-models") { return models }
            return request.target.hasPrefix("/inference-profiles") ? profiles : availability
        } _: { plane, quotas in
            try await ModelAccessSurvey(of: modelID, calledAs: upstreamID, at: plane, quotas: quotas)
        }
    }

    @Test func `a model that may be called is found so in all places`() async throws {
        let survey = try await survey()
        #expect(survey.isAllowed)
        #expect(survey.findings.map(\.answer) == [.yes, .yes, .yes, .yes])
        #expect(survey.findings.last?.text == "the quota allows 200 requests and 100000 tokens a minute, on demand")
        #expect(survey.model?.name == "Rocket")
        #expect(survey.profiles.map(\.id) == ["eu.acme.rocket-v1:0"])
    }

    @Test func `a model on its way out is no yes, though the region lists it`() async throws {
        let models = Self.models.replacing("ACTIVE", with: "LEGACY")
        let survey = try await survey(models: (200, models))
        let finding = try #require(survey.findings.first)
        #expect(finding.answer == .unknown)
        #expect(finding.text == "eu-west-3 lists Rocket, LEGACY")
        #expect(finding.hint?.contains("accounts that did not use it before") == true)
        #expect(survey.isAllowed)
    }

    @Test func `a profile that the region does not have is a no with those that it has`() async throws {
        let survey = try await survey(calledAs: "us.acme.rocket-v1:0")
        #expect(!survey.isAllowed)
        let finding = try #require(survey.findings.first { $0.answer == .no })
        #expect(finding.text == "the inference profile us.acme.rocket-v1:0 is not callable from eu-west-3")
        #expect(finding.hint == "callable from there: eu.acme.rocket-v1:0")
    }

    @Test func `a bare id is a no where the model takes only profiles`() async throws {
        let models = Self.models.replacing("ON_DEMAND", with: "INFERENCE_PROFILE")
        let survey = try await survey(models: (200, models))
        #expect(survey.findings.contains { $0.answer == .no && $0.hint?.contains("eu.acme.rocket-v1:0") == true })
    }

    @Test func `a model that is not there is a no`() async throws {
        let survey = try await survey("acme.other", calledAs: nil, availability: (404, "{}"))
        #expect(survey.findings.first?.answer == .no)
        #expect(survey.findings.last?.answer == .unknown)
    }

    @Test(arguments: [
        ("\"AUTHORIZED\"", "\"NOT_AUTHORIZED\""), ("{\"status\": \"AVAILABLE\"}", "{\"status\": \"PENDING\"}"),
        ("{\"status\": \"AVAILABLE\"}", "{\"status\": \"ERROR\", \"errorMessage\": \"no card\"}"),
        ("\"regionAvailability\": \"AVAILABLE\"", "\"regionAvailability\": \"NOT_AVAILABLE\""),
        ("\"entitlementAvailability\": \"AVAILABLE\"", "\"entitlementAvailability\": \"NOT_AVAILABLE\""),
    ])
    func `whatever the account lacks is a no`(member: String, other: String) async throws {
        let text = Self.available.replacing(member, with: other)
        let survey = try await survey(availability: (200, text))
        #expect(!survey.isAllowed)
    }

    @Test func `a missing permission is no no, and says which one it is`() async throws {
        let survey = try await survey(models: (403, Self.denied), availability: (403, Self.denied))
        #expect(survey.isAllowed)
        #expect(!survey.isComplete)
        // Without the listing the quotas have no name to be found by.
        let hints = survey.findings.filter { $0.answer == .unknown }.compactMap(\.hint).filter {
            $0.hasPrefix("allow")
        }
        #expect(
            hints == [
                "allow bedrock:ListFoundationModels to have it checked",
                "allow bedrock:GetFoundationModelAvailability to have it checked",
            ])
    }

    @Test func `one cause is told once`() async throws {
        let body = (403, "{\"__type\": \"ExpiredTokenException\", \"message\": \"expired\"}")
        let survey = try await survey(models: body, profiles: body, availability: body, quotas: body)
        #expect(survey.findings.count == 1)
        #expect(survey.findings.first?.text.contains("ExpiredTokenException") == true)
    }

    // MARK: - Quotas

    @Test func `quotas are asked for page by page, signed for their own service`() async throws {
        let requests = Shared<[Request]>([])
        let quotas = try await withServices { request in
            requests.update { $0.append(request) }
            let isSecond = String(decoding: request.body, as: UTF8.self).contains("NextToken")
            return (200, Self.quotas(isSecond ? nil : "a/b=="))
        } _: {
            try await $1.modelQuotas()
        }
        #expect(quotas.count == 10)
        #expect(quotas.first == ModelQuota(.onDemand, .requests, of: "Acme Rocket", value: 200))
        #expect(requests.value.map(\.line) == ["POST / HTTP/1.1", "POST / HTTP/1.1"])
        let request = try #require(requests.value.last)
        #expect(request.header("x-amz-target") == "ServiceQuotasV20190624.ListServiceQuotas")
        #expect(request.header("content-type") == "application/x-amz-json-1.1")
        #expect(request.header("authorization")?.contains("/eu-west-3/servicequotas/aws4_request") == true)
        let body = try JSONParser.parse(request.body)
        #expect(body["ServiceCode"]?.string == "bedrock")
        #expect(body["MaxResults"]?.integer == 100)
        #expect(body["NextToken"]?.string == "a/b==")
    }

    @Test func `quotas without an end are left after their bound`() async throws {
        let count = Shared(0)
        let quotas = try await withServices(timeout: .seconds(50)) { _ in
            count.update { $0 += 1 }
            return (200, Self.quotas("token\(count.value)"))
        } _: {
            try await $1.modelQuotas()
        }
        #expect(count.value == 40)
        #expect(quotas.count == 200)
    }

    @Test(arguments: [
        ("acme.rocket-v1:0", "the quota allows 0 requests and 100000 tokens a minute, on demand"),
        ("eu.acme.rocket-v1:0", "the quota allows 0 tokens a minute, cross-region"),
        ("global.acme.rocket-v1:0", "the quota allows 0 tokens a minute, global cross-region"),
    ])
    func `a quota of nothing is a no, and says where it is raised`(upstreamID: String, text: String) async throws {
        let quotas = Self.quotas(onDemand: "0.0", crossRegion: "0")
        let survey = try await survey(calledAs: upstreamID, quotas: (200, quotas))
        let finding = try #require(survey.findings.last)
        #expect(finding.answer == .no)
        #expect(finding.text == text)
        #expect(finding.hint?.contains("Service Quotas console") == true)
        #expect(!survey.isAllowed)
    }

    @Test func `while every way is open one with a quota is enough`() async throws {
        let survey = try await survey(calledAs: nil, quotas: (200, Self.quotas(onDemand: "0")))
        #expect(survey.findings.last?.answer == .yes)
        #expect(survey.findings.last?.text == "the quota allows 400 tokens a minute, cross-region")
    }

    @Test(arguments: [
        (200, "{\"Quotas\": []}", "the quotas are not known: none is named after Rocket", "look in the Service Quotas"),
        (403, denied, "not known: ListServiceQuotas: 403", "allow servicequotas:ListServiceQuotas to have it checked"),
    ])
    func `quotas that are not told are no no`(status: Int, body: String, text: String, hint: String) async throws {
        let survey = try await survey(quotas: (status, body))
        let finding = try #require(survey.findings.last)
        #expect(finding.answer == .unknown)
        #expect(finding.text.hasPrefix(text))
        #expect(finding.hint?.hasPrefix(hint) == true)
        #expect(survey.isAllowed)
    }

    @Test(arguments: [
        ("Claude Opus 4", "Anthropic Claude Opus 4", true), ("Claude Opus 4", "Anthropic Claude Opus 4 V1", true),
        ("Claude Opus 4", "Anthropic Claude Opus 4.5", false), ("Claude Opus 4", "Anthropic Claude Opus 4 1M", false),
        ("Nova Lite", "Amazon Nova 2 Lite", false), ("nova lite", "Amazon Nova Lite", true), ("", "Amazon Nova", false),
        ("DeepSeek-R1", "DeepSeek R1", true), ("Embed V4", "Cohere Embed V4", true),
    ])
    func `a quota is about the model whose whole name it ends with`(name: String, model: String, isAbout: Bool) {
        #expect(ModelQuota(.onDemand, .tokens, of: model, value: 1).isAbout(name) == isAbout)
    }
}
