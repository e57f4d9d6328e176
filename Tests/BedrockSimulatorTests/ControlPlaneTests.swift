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
