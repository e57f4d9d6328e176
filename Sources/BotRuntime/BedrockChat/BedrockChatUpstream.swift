import Bedrock
package import ChatEvents
import JSONCoding

/// A Bedrock model as the upstream of a chat bot.
package struct BedrockChatUpstream: DescribedUpstream {
    private let upstream: BedrockUpstream

    init(_ upstream: BedrockUpstream) { self.upstream = upstream }

    package func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        try await upstream.answer(request, requestID: requestID, deliver: deliver)
    }

    package func describe(_ request: ChatRequest) -> UpstreamDescription {
        do {
            let example = try upstream.exampleRequest(for: request)
            return UpstreamDescription(
                operation: example.operation, method: example.method, url: example.url, exampleRequest: example.body)
        } catch {
            return UpstreamDescription(operation: "Converse", url: "", exampleRequest: .string(error.detail))
        }
    }
}
