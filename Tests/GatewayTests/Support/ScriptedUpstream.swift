import BotRuntime
import ChatEvents
import JSONCoding

/// Answers as a test says.
struct ScriptedUpstream: DescribedUpstream {
    typealias Delivery = ([ChatEvent]) async throws -> Void

    let script: @Sendable (ChatRequest, Delivery) async throws -> Void

    init(_ script: @escaping @Sendable (ChatRequest, Delivery) async throws -> Void) { self.script = script }

    func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        try await script(request, deliver)
    }

    func describe(_ request: ChatRequest) -> UpstreamDescription {
        UpstreamDescription(operation: "Script", url: "script:", exampleRequest: .string(request.system))
    }
}
