import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSONCoding
import NIOCore

/// Makes the HTTP responses of the service.
enum ServiceResponse {
    /// An error in the service's own shape.
    ///
    /// Source: Smithy restJson1, error serialization; the namespace is that of the Bedrock service.
    static func error(_ error: ServiceError, requestID: String) -> Response {
        var headers = self.headers(contentType: "application/json", requestID: requestID)
        headers.append(
            "x-amzn-ErrorType",
            "\(error.code.rawValue):http://internal.amazon.com/coral/com.amazon.bedrock/")
        for (name, value) in error.headers { headers.append(name, value) }
        var body: JSONObject = ["message": .string(error.message)]
        for member in error.details { body.append(member.name, member.value) }
        return Response(
            status: .init(code: error.code.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONValue.object(body).encoded())))
    }

    /// A JSON answer that is ready.
    static func json(_ value: JSONValue, requestID: String) -> Response {
        Response(
            status: .ok, headers: headers(contentType: "application/json", requestID: requestID),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.encoded())))
    }

    /// The headers that every answer carries.
    static func headers(contentType: String, requestID: String) -> HTTPFields {
        var headers: HTTPFields = [.contentType: contentType]
        headers.append("x-amzn-RequestId", requestID)
        return headers
    }

    /// A body in one piece that tells how its writing ended; a fault may stop it halfway.
    static func whole(
        _ bytes: [UInt8], fault: Fault?, connection: ClientConnection,
        pause: @escaping @Sendable (Duration) async throws -> Void,
        onEnd: @escaping @Sendable (SimulatorObserver.Outcome) -> Void
    ) -> ResponseBody {
        ResponseBody(contentLength: bytes.count) { writer in
            do {
                guard let fault, !fault.kind.isForStreams, fault.kind.isWithinAnswer else {
                    try await writer.write(ByteBuffer(bytes: bytes))
                    try await writer.finish(nil)
                    onEnd(.completed)
                    return
                }
                try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
                if fault.kind == .stallMidStream { try await connection.stall(for: fault.wait, pause: pause) }
                if fault.kind == .cutMidStream { await connection.close() } else { await connection.reset() }
                throw ConnectionEnded()
            } catch {
                onEnd(.cancelled)
                throw error
            }
        }
    }

    /// The bytes of a chunk of a stream that a fault splits.
    private static let splitChunkBytes = 7

    /// A streamed body that tells how its writing ended.
    static func stream(
        _ delivery: AnswerDelivery, connection: ClientConnection, counts: ActivityCounts, quota: QuotaUse? = nil,
        onEnd: @escaping @Sendable (SimulatorObserver.Outcome) -> Void
    ) -> ResponseBody {
        ResponseBody { writer in
            counts.change { $0.openStreams += 1 }
            defer { counts.change { $0.openStreams -= 1 } }
            do {
                var stream = try delivery.makeStream()
                while let step = try await stream.next() {
                    switch step {
                    case .send(let bytes):
                        let size = delivery.fault?.kind == .splitChunks ? splitChunkBytes : bytes.count
                        for start in stride(from: 0, to: bytes.count, by: max(size, 1)) {
                            try await writer.write(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
                        }
                    case .stall(let duration): try await connection.stall(for: duration, pause: delivery.pace.pause)
                    case .reset:
                        await connection.reset()
                        throw ConnectionEnded()
                    case .cut:
                        await connection.close()
                        throw ConnectionEnded()
                    }
                }
                // Before the client can see the end, so that its next request finds the quota as it is then.
                quota?.settle()
                try await writer.finish(nil)
            } catch {
                quota?.settle()
                onEnd(.cancelled)
                throw error
            }
            onEnd(.completed)
        }
    }
}

extension HTTPFields {
    /// Adds a field; a name that HTTP does not allow adds nothing.
    mutating func append(_ name: String, _ value: String) {
        if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
    }
}
