import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Takes a request in, finds out which of the faces it is for, and hands it over.
///
/// One listener serves them all. A signature for `s3` leads to the object store, `/simulator/` to the control
/// endpoint, `/v1/` to the chat-completions face, and everything else to Bedrock.
struct SimulatorResponder: HTTPResponder {
    /// What a request needs of the server: the logger and the connection.
    struct Context: InitializableFromSource {
        let logger: Logger
        let connection: ClientConnection

        init(source: ApplicationRequestContextSource) {
            logger = source.logger
            connection = ClientConnection(channel: source.channel)
        }
    }

    private let configuration: SimulatorConfiguration
    private let state: SimulatorState
    private let bedrock: BedrockFace
    private let chat: ChatFace
    private let objects: ObjectFace

    init(_ configuration: SimulatorConfiguration, state: SimulatorState) {
        self.configuration = configuration
        self.state = state
        bedrock = BedrockFace(configuration, state: state)
        chat = ChatFace(configuration, state: state)
        objects = ObjectFace(configuration, state: state)
    }

    @concurrent
    func respond(to request: Request, context: Context) async throws -> Response {
        let id = RequestID.random()
        let body: [UInt8]
        do {
            body = Array(buffer: try await request.body.collect(upTo: configuration.limits.bodyBytes))
        } catch is NIOTooManyBytesError {
            return ServiceResponse.error(
                ServiceError(.requestTooLarge, "The request body is longer than the service takes."), requestID: id)
        }
        let incoming = IncomingRequest(request.head, body: body, id: id, connection: context.connection)
        if ControlFace.serves(incoming.target) {
            return ControlFace(state: state, clock: configuration.clock).respond(to: incoming)
        }
        state.counts.change { reading in
            reading.requests += 1
            reading.openRequests += 1
        }
        defer { state.counts.change { $0.openRequests -= 1 } }
        state.log.add(incoming)
        if ObjectRequest.isMeant(by: incoming) { return try await objects.respond(to: incoming) }
        if ChatFace.serves(incoming.target) { return try await chat.respond(to: incoming) }
        return try await bedrock.respond(to: incoming, logger: context.logger)
    }
}
