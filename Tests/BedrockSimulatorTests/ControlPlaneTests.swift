import NIOHTTP1
import BedrockSimulator
import JSONCoding
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ControlPlaneTests {
    private func get(_ client: SimulatorClient, _ target: String) async throws -> SimulatorClient.Answer {
        try await client.send(.GET, target: target)
    }

    @Test func `the models of the region are listed, and filtered`() async throws {
        try await withSimulator { client in
            let all = try await get(client, "/foundation-models").json?["modelSummaries"]?.array ?? []
            let nova = try #require(all.first { $0["modelId"] == "amazon.nova-micro-v1:0" })
            #expect(nova["inferenceTypesSupported"]?.array?.contains("ON_DEMAND") == true)
            #expect(nova["modelArn"] == "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0")
            #expect(!all.contains { $0["modelId"] == "stability.stable-image-core-v1:1" }, "that is in us-west-2")
            let anthropic = try await get(client, "/foundation-models?byProvider=Anthropic").json
            let makers = Set(anthropic?["modelSummaries"]?.array?.compactMap { $0["providerName"]?.string } ?? [])
            #expect(makers == ["Anthropic"])
            let embeddings = try await get(client, "/foundation-models?byOutputModality=EMBEDDING").json
            #expect(embeddings?["modelSummaries"]?.array?.isEmpty == false)
            #expect(try await get(client, "/foundation-models?byOutputModality=SMELL").status == 400)
        }
    }

    @Test func `one model can be asked for, and whether it is available`() async throws {
        try await withSimulator { client in
            let model = try await get(client, "/foundation-models/amazon.nova-micro-v1%3A0").json?["modelDetails"]
            #expect(model?["modelName"] == "Nova Micro")
            #expect(try await get(client, "/foundation-models/acme.rocket").errorCode == "ResourceNotFoundException")
            let here = try await get(client, "/foundation-model-availability/amazon.nova-micro-v1%3A0").json
            #expect(here?["regionAvailability"] == "AVAILABLE")
            #expect(here?["authorizationStatus"] == "AUTHORIZED")
        }
    }

    @Test func `the profiles come in pages`() async throws {
        try await withSimulator { client in
            let all = try await get(client, "/inference-profiles").json?["inferenceProfileSummaries"]?.array ?? []
            #expect(all.count > 10)
            var pages: [JSONValue] = []
            var token: String?
            repeat {
                let next = token.map { "&nextToken=\($0.replacing("=", with: "%3D"))" } ?? ""
                let page = try await get(client, "/inference-profiles?maxResults=7\(next)").json
                pages += page?["inferenceProfileSummaries"]?.array ?? []
                token = page?["nextToken"]?.string
            } while token != nil
            #expect(pages == all)
            let profile = try await get(client, "/inference-profiles/us.amazon.nova-micro-v1%3A0").json
            #expect(profile?["models"]?.array?.isEmpty == false)
            #expect(try await get(client, "/inference-profiles?maxResults=0").status == 400)
        }
    }

    /// Makes a profile of the account's own and tells its ARN.
    private func makeProfile(
        _ client: SimulatorClient, _ name: String, of source: String
    ) async throws -> SimulatorClient.Answer {
        let body: JSONValue = [
            "inferenceProfileName": .string(name), "modelSource": ["copyFrom": .string(source)],
        ]
        return try await client.send(target: "/inference-profiles", body: body.encoded())
    }

    @Test func `a profile of the account's own is made, told, called and taken away`() async throws {
        try await withSimulator { client in
            let source = "arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.amazon.nova-lite-v1:0"
            let made = try await makeProfile(client, "team a", of: source)
            #expect(made.status == 201)
            let arn = try #require(made.json?["inferenceProfileArn"]?.string)
            #expect(arn.contains(":application-inference-profile/"))
            let path = "/inference-profiles/\(arn.replacing(":", with: "%3A").replacing("/", with: "%2F"))"
            let told = try await get(client, path)
            #expect(told.json?["type"] == "APPLICATION")
            let models = told.json?["models"]?.array?.compactMap { $0["modelArn"]?.string } ?? []
            #expect(models.count > 1)
            #expect(models.allSatisfy { $0.hasSuffix("::foundation-model/amazon.nova-lite-v1:0") })
            let listed = try await get(client, "/inference-profiles?type=APPLICATION")
            #expect(listed.json?["inferenceProfileSummaries"]?.array?.count == 1)

            let answer = try await client.call("converse", arn, conversation("Hello"))
            #expect(answer.text?.contains("Nova Lite") == true)
            var west = client
            west.region = "us-west-2"
            #expect(try await west.call("converse", arn, conversation("Hello")).status == 400)
            #expect(try await makeProfile(client, "team a", of: source).errorCode == "ConflictException")
            #expect(try await makeProfile(client, "b", of: "arn:aws:bedrock:us-east-1::x/no.such").status == 400)
            #expect(try await client.send(.DELETE, target: path).status == 200)
            #expect(try await get(client, path).status == 404)
            #expect(try await client.send(.DELETE, target: path).status == 404)
        }
    }

    @Test func `a bearer key opens Bedrock too`() async throws {
        try await withSimulator { client in
            var client = client
            client.isSigned = false
            let target = "/model/amazon.nova-micro-v1%3A0/converse"
            let body = conversation("Reply with the single word pong").encoded()
            let answer = try await client.send(
                target: target, body: body, headers: [("authorization", "Bearer simulator")])
            #expect(answer.text == "pong")
            let refused = try await client.send(
                target: target, body: body, headers: [("authorization", "Bearer wrong")])
            #expect(refused.status == 403)
            #expect(refused.errorCode == "AccessDeniedException")
        }
    }
}
