package import BotRuntime
package import ChatEvents
import JSONCoding

/// Answers as a test says.
package struct ScriptedUpstream: DescribedUpstream {
    package typealias Delivery = ([ChatEvent]) async throws -> Void

    package let script: @Sendable (ChatRequest, Delivery) async throws -> Void

    package init(_ script: @escaping @Sendable (ChatRequest, Delivery) async throws -> Void) { self.script = script }

    package func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        try await script(request, deliver)
    }

    package func describe(_ request: ChatRequest) -> UpstreamDescription {
        UpstreamDescription(operation: "Script", url: "script:", exampleRequest: .string(request.system))
    }
}
