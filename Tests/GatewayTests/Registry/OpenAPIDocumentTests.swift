import BotConfiguration
import Gateway
import JSONCoding
import Testing

/// The document describes what the gateway does; that answers are as it says is for the interop suite.
@Suite(.timeLimit(.minutes(1)))
struct OpenAPIDocumentTests {
    private func document() async throws -> JSONValue {
        let door = try OpenAIDoor { _ in }
        let reply = try await door.world.running { try await $0.exchange(wireRequest("GET", "/openapi.json")) }
        return try #require(reply?.json)
    }

    @Test func `every path and method that is served is in it, and no other`() async throws {
        let paths = try #require(try await document()["paths"]?.object)
        let door = try OpenAIDoor(GatewayBot(config: sampleBot())) { _ in }
        try await door.world.running { client in
            for path in paths.members {
                let declared = Set(path.value.object?.members.map(\.name) ?? []).subtracting(["parameters"])
                let target = path.name.replacing("{name}", with: "nova").replacing("{id}", with: "nova")
                    .replacing("{token}", with: "none")
                for method in ["get", "post", "put", "delete", "patch", "options"] {
                    let reply = try await client.exchange(wireRequest(method.uppercased(), target, key: door.key))
                    #expect(
                        (reply?.status == 405) == !declared.contains(method),
                        "\(method) \(path.name): \(reply?.status ?? 0)")
                    if reply?.status == 405 {
                        let allowed = reply?.headers["allow"]?.lowercased().split(separator: ",").map {
                            String($0.filter { $0 != " " })
                        }
                        #expect(Set(allowed ?? []) == declared, "\(path.name)")
                    }
                }
            }
        }
    }

    @Test func `references lead to what is there, and operations have names of their own`() async throws {
        let document = try await document()
        let text = document.encodedText
        let schemas = Set(document["components"]?["schemas"]?.object?.members.map(\.name) ?? [])
        let references = text.matches(of: /"#\/components\/schemas\/([A-Za-z]+)"/).map { String($0.1) }
        #expect(Set(references) == schemas)
        let names = text.matches(of: /"operationId":"([A-Za-z]+)"/).map { String($0.1) }
        #expect(names.count > 12)
        #expect(Set(names).count == names.count)
    }

    @Test func `every answer of the documented paths has a documented status`() async throws {
        let paths = try #require(try await document()["paths"]?.object)
        #expect(paths.members.map(\.name).contains("/v1/chat/completions"))
        for path in paths.members {
            for operation in path.value.object?.members ?? [] where operation.name != "parameters" {
                #expect(operation.value["responses"]?["200"] != nil, "\(path.name)")
                #expect(operation.value["security"] != nil, "\(path.name)")
            }
        }
    }
}

extension JSONValue {
    fileprivate var encodedText: String { String(decoding: encoded(), as: UTF8.self) }
}
