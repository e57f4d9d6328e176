import JSONCoding
import LoopbackServer
import TestSupport
import Testing

/// `botctl catalog sync`: what the model service lists, beside what the project knows.
struct CatalogSyncCommandTests {
    /// A control plane that answers both listings.
    private static func controlPlane<Result>(
        models: String = Self.models, profiles: String = Self.profiles, status: String = "200 OK",
        body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        try await LoopbackServer.serving { request in
            let isModels = request.requestLine.contains("/foundation-models")
            return .whole(status, type: "application/json", body: isModels ? models : profiles)
        } body: {
            try await body($0)
        }
    }

    private static let models = """
        {"modelSummaries": [
          {"modelId": "acme.rocket-2-v1:0", "modelName": "Rocket\\u001b[31m 2", "providerName": "Acme",
           "inputModalities": ["TEXT", "IMAGE"], "outputModalities": ["TEXT"], "responseStreamingSupported": true,
           "inferenceTypesSupported": ["INFERENCE_PROFILE"], "modelLifecycle": {"status": "ACTIVE"}},
          {"modelId": "amazon.nova-micro-v1:0", "modelName": "Nova Micro", "providerName": "Amazon",
           "inputModalities": ["TEXT"], "outputModalities": ["TEXT"], "responseStreamingSupported": true,
           "inferenceTypesSupported": ["ON_DEMAND"],
           "modelLifecycle": {"status": "LEGACY", "endOfLifeTime": "2027-05-31T00:00:00Z"}}
        ]}
        """

    private static let profiles = """
        {"inferenceProfileSummaries": [
          {"inferenceProfileId": "us.acme.rocket-2-v1:0", "status": "ACTIVE", "models": [
            {"modelArn": "arn:aws:bedrock:us-east-1::foundation-model/acme.rocket-2-v1:0"},
            {"modelArn": "arn:aws:bedrock:us-west-2::foundation-model/acme.rocket-2-v1:0"}]}
        ]}
        """

    /// Credentials, and a control plane on this machine.
    private static func variables(_ server: LoopbackServer) -> [String: String] {
        [
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL_BEDROCK": server.url(""), "AWS_MAX_ATTEMPTS": "1",
        ]
    }

    private static func project(_ files: [String: String] = [:]) throws -> TemporaryProject {
        try .shipped(["bots.d/micro.yaml": "model: amazon.nova-micro-v1:0\n"].merging(files) { $1 })
    }

    @Test(arguments: [80, 120])
    func `what is new, retired and without a bot is shown, and nothing is written`(width: Int) async throws {
        let project = try Self.project()
        let before = project.files
        let result = try await Self.controlPlane { server in
            await World(directory: project.root, width: width, isTerminal: true).run(
                ["catalog", "sync", "--live", "--region", "xx-test-1"], variables: Self.variables(server))
        }
        #expect(result.status == 0)
        #expect(
            Golden.difference(of: result.masked, from: Golden.folder() + "/catalog/sync-\(width).txt") == nil)
        let lines = result.output.replacing(/\u{1B}\[\d+m/, with: "").split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= width })
        #expect(!result.output.contains("Rocket\u{1B}"))
        #expect(project.files == before)
    }

    @Test func `every region is asked with a signature of its own`() async throws {
        let project = try Self.project()
        try await Self.controlPlane { server in
            let result = await World(directory: project.root).run(
                ["catalog", "sync", "--live", "--region", "eu-west-1", "--region", "us-east-1"],
                variables: Self.variables(server))
            #expect(result.status == 0)
            let scopes = server.requests.compactMap { $0.headers["authorization"] }
            #expect(scopes.count == 4)
            #expect(scopes.count { $0.contains("/eu-west-1/bedrock/") } == 2)
            #expect(scopes.count { $0.contains("/us-east-1/bedrock/") } == 2)
        }
    }

    @Test func `facts are written once, and the project stays valid`() async throws {
        let project = try Self.project()
        try await Self.controlPlane { server in
            let world = World(directory: project.root)
            let variables = Self.variables(server)
            let result = await world.run(["catalog", "sync", "--live", "--write", "-o", "json"], variables: variables)
            #expect(result.status == 0, "\(result.error)")
            let document = try JSONParser.parse(Array(result.output.utf8))
            #expect(document["written"]?.bool == true)
            #expect(document["files"]?.array?.first?["text"]?.string == project.text("catalog.d/listed.yaml"))
            #expect(document["new"]?.array?.compactMap { $0["id"]?.string } == ["acme.rocket-2-v1:0"])
            #expect(project.text("catalog.d/listed.yaml")?.contains("display_name: \"Rocket[31m 2\"") == true)
            #expect(project.text("catalog.d/listed.yaml")?.contains("lifecycle: legacy") == true)
            #expect(project.text("schemas/facts.schema.json") != nil)
            let check = await world.run("validate")
            #expect(check.status == 0, "\(check.output)")
            let files = project.files
            let text = project.text("catalog.d/listed.yaml")
            let again = await world.run(["catalog", "sync", "--live", "--write"], variables: variables)
            #expect(again.status == 0)
            #expect(again.error.contains("there was nothing to write"))
            #expect(project.files == files)
            #expect(project.text("catalog.d/listed.yaml") == text)
        }
    }

    @Test func `changes have an exit status where it is asked for`() async throws {
        let project = try Self.project()
        try await Self.controlPlane { server in
            let result = await World(directory: project.root).run(
                ["catalog", "sync", "--live", "--detailed-exitcode", "-o", "json"], variables: Self.variables(server))
            #expect(result.status == 2)
            let document = try JSONParser.parse(Array(result.output.utf8))
            #expect(document["has_changes"]?.bool == true)
            #expect(document["written"]?.bool == false)
        }
    }

    @Test func `a listing of nothing is an error`() async throws {
        let project = try Self.project()
        let result = try await Self.controlPlane(models: "{\"modelSummaries\": []}") { server in
            await World(directory: project.root).run(
                ["catalog", "sync", "--live"], variables: Self.variables(server))
        }
        #expect(result.status == 1)
        #expect(result.error.contains("us-east-1 lists no model at all"))
    }

    @Test func `models that are missing are one line each, and that most are missing is said`() async throws {
        let project = try Self.project()
        let result = try await Self.controlPlane { server in
            await World(directory: project.root).run(["catalog", "sync", "--live"], variables: Self.variables(server))
        }
        #expect(result.status == 0)
        #expect(result.output.contains("  amazon.nova-lite-v1:0: no longer listed in us-east-1; bots: seed\n"))
        #expect(result.error.contains("more models are missing than listed"))
    }

    @Test func `a missing permission names region, operation and permission`() async throws {
        let project = try Self.project()
        let denied = "{\"message\": \"not allowed\", \"__type\": \"AccessDeniedException\"}"
        let result = try await Self.controlPlane(models: denied, status: "403 Forbidden") { server in
            await World(directory: project.root).run(
                ["catalog", "sync", "--live"], variables: Self.variables(server))
        }
        #expect(result.status == 1)
        #expect(result.error.contains("us-east-1 could not be asked: ListFoundationModels"))
        #expect(result.error.contains("allow bedrock:ListFoundationModels"))
    }

    @Test func `without credentials it says what was tried`() async throws {
        let project = try Self.project()
        let result = await World(directory: project.root).run(
            ["catalog", "sync", "--live"], variables: ["AWS_EC2_METADATA_DISABLED": "true"])
        #expect(result.status == 1)
        #expect(result.error.contains("AWS_ACCESS_KEY_ID"))
    }

    @Test func `an environment on the simulator needs no AWS, and lists the binary's own catalog`() async throws {
        let project = try Self.project()
        let result = await World(directory: project.root).run(
            ["catalog", "sync", "-e", "local", "--detailed-exitcode", "--region", "us-east-1", "--region", "eu-west-1"])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.error.contains("the simulator lists the catalog of this binary"))
        #expect(result.error.contains(": 0 new, 0 changed, 0 retired"))
        #expect(!result.output.contains("new ("))
    }

    @Test(arguments: [["--region", "nowhere"], ["--write", "--detailed-exitcode"]])
    func `what cannot be meant is refused`(arguments: [String]) async throws {
        let project = try Self.project()
        let result = await World(directory: project.root).run(["catalog", "sync"] + arguments)
        #expect(result.status == 64)
    }
}
