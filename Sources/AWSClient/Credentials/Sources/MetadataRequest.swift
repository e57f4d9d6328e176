import AsyncHTTPClient
import JSONCoding
import NIOCore
import NIOHTTP1

/// A small request to a service that hands out credentials without a signature.
struct MetadataRequest: Sendable {
    /// The largest answer that is read.
    static let answerLimitInBytes = 65_536

    var method = HTTPMethod.GET
    var url: String
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    /// How long the whole exchange may take.
    var timeout: Duration

    /// An answer, whole.
    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]

        /// The body as text, without white space at its ends.
        var text: String { String(decoding: body, as: UTF8.self).trimmingBlanks() }

        /// The body as a JSON object; nil when it is none.
        var object: JSONObject? { (try? JSONParser.parse(body, limits: JSONLimits(depth: 16, values: 1000)))?.object }
    }

    /// Sends the request once.
    ///
    /// - Throws: ``AWSTransportError``, `CancellationError`.
    func send(over transport: HTTPTransport) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = method
        request.headers = HTTPHeaders(headers)
        if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = AWSResponse(try await transport.execute(request, timeout: timeout))
        return Answer(
            status: response.status,
            body: try await response.readBody(limitInBytes: Self.answerLimitInBytes, timeout: timeout))
    }

    /// Sends the request, again after failures of the service, at most three times.
    ///
    /// - Parameters:
    ///   - surroundings: The world outside.
    ///   - retriesTransport: Whether a request without an answer is sent again too.
    ///   - isRetried: Which further answers are tried again.
    /// - Returns: The last answer.
    /// - Throws: ``AWSTransportError``, `CancellationError`.
    func send(
        in surroundings: AWSSurroundings, retriesTransport: Bool, isRetried: (Answer) -> Bool = { _ in false }
    ) async throws -> Answer {
        var attempt = 1
        while true {
            do {
                let answer = try await send(over: surroundings.transport)
                guard attempt < 3, answer.status >= 500 || isRetried(answer) else { return answer }
            } catch let error as AWSTransportError {
                guard attempt < 3, retriesTransport else { throw error }
            }
            attempt += 1
            try await surroundings.pauses.sleep(.seconds(surroundings.pauses.random()))
        }
    }
}
