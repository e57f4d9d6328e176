import AWSSigning
import AsyncHTTPClient
import BedrockSimulator
import EventStreamCoding
import JSONCoding
import Logging
import NIOCore
import NIOHTTP1
import WallClock

/// Calls a simulator over loopback, signing as a client would.
struct SimulatorClient {
    /// What came back, whole.
    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]

        /// The text of the first text block of a Converse answer.
        var text: String? { content.lazy.compactMap { $0["text"]?.string }.first }
        /// The blocks of a Converse answer.
        var content: [JSONValue] { json?["output"]?["message"]?["content"]?.array ?? [] }
        var json: JSONValue? { try? JSONParser.parse(body) }
        var message: String? { json?["message"]?.string }
        /// The error code as clients read it: up to the first colon.
        var errorCode: String? {
            header("x-amzn-errortype")?.split(separator: ":").first.map(String.init)
        }

        func header(_ name: String) -> String? { headers.first(name: name) }

        /// The events of a stream: type and payload.
        func events() throws -> [(type: String, payload: JSONValue)] {
            var decoder = EventStreamDecoder()
            var events: [(String, JSONValue)] = []
            try body.withUnsafeBytes { bytes in
                try decoder.decode(bytes) { frame in
                    events.append((frame.eventType ?? "", try JSONParser.parse(Array(frame.payload))))
                }
            }
            try decoder.finish()
            return events
        }
    }

    static let model = "amazon.nova-micro-v1:0"

    let address: SimulatorAddress
    var region = "us-east-1"
    var service = "bedrock"
    var credentials = SimulatorConfiguration.defaultCredentials
    var time = stoppedTime
    var isSigned = true

    /// Calls an operation; the model id is percent-encoded as one segment.
    func call(_ operation: String, _ model: String, _ body: JSONValue) async throws -> Answer {
        try await send(target: "/model/\(percentEncoded(model))/\(operation)", body: body.encoded())
    }

    /// Calls an operation of the model of these tests.
    func call(_ operation: String, _ body: JSONValue) async throws -> Answer {
        try await call(operation, Self.model, body)
    }

    func send(
        _ method: HTTPMethod = .POST, target: String, body: [UInt8] = [], tampered: [UInt8]? = nil,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        let response = try await start(method, target: target, body: body, tampered: tampered, headers: headers)
        return Answer(
            status: Int(response.status.code), headers: response.headers,
            body: Array(buffer: try await response.body.collect(upTo: 32 << 20)))
    }

    /// Asks the control endpoint.
    func control(_ method: HTTPMethod, _ name: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        var client = self
        client.isSigned = false
        let answer = try await client.send(
            method, target: "/simulator/v1/\(name)", body: body?.encoded() ?? [])
        return answer.json ?? .null
    }

    /// Sends a request and returns once the head of the answer has come.
    func start(
        _ method: HTTPMethod = .POST, target: String, body: [UInt8], tampered: [UInt8]? = nil,
        headers: [(String, String)] = []
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: address.url + target)
        request.method = method
        request.headers.add(name: "content-type", value: "application/json")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if !body.isEmpty { request.body = .bytes(tampered ?? body) }
        if isSigned {
            let signing = SigningRequest(
                method: method.rawValue, target: target,
                headers: [("host", address.description), ("content-type", "application/json")],
                bodyHash: sha256Hex(body))
            let signer = RequestSigner(credentials: credentials, region: region, service: service)
            for header in signer.headers(signing: signing, at: time) {
                request.headers.add(name: header.name, value: header.value)
            }
        }
        return try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    }

    private func percentEncoded(_ text: String) -> String {
        text.replacing(":", with: "%3A").replacing("/", with: "%2F")
    }
}

/// The time at which the clocks of these tests stand still.
let stoppedTime = Timestamp(millisecondsSinceEpoch: 1_790_000_000_000)

/// Runs a simulator for the length of a closure.
func withSimulator<Value: Sendable>(
    _ change: (inout SimulatorConfiguration) -> Void = { _ in },
    _ use: (SimulatorClient) async throws -> Value
) async throws -> Value {
    var logger = Logger(label: "test")
    logger.logLevel = .error
    var configuration = SimulatorConfiguration(logger: logger)
    configuration.clock = WallClock { stoppedTime }
    change(&configuration)
    return try await BedrockSimulator(configuration).whileRunning { address in
        try await use(SimulatorClient(address: address))
    }
}

/// A request with one turn for each text, the user's first.
func conversation(_ texts: String..., adding members: JSONObject = [:]) -> JSONValue {
    let messages = texts.enumerated().map { index, text in
        message(role: index % 2 == 0 ? "user" : "assistant", ["text": .string(text)])
    }
    var object: JSONObject = ["messages": .array(messages)]
    for member in members { object[member.name] = member.value }
    return .object(object)
}

func message(role: String, _ content: JSONValue...) -> JSONValue {
    ["role": .string(role), "content": .array(content)]
}
