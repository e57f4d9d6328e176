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
        let body: JSONValue = ["message": .string(error.message)]
        return Response(
            status: .init(code: error.code.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.encoded())))
    }

    /// The answer of Converse, as soon as it is complete at the pace of the delivery.
    static func whole(
        _ delivery: AnswerDelivery, for call: SimulatorObserver.Call, observer: SimulatorObserver
    ) async throws -> Response {
        let body: [UInt8]
        do {
            body = try await delivery.wholeBody()
        } catch {
            observer.onEnd(call, .cancelled)
            throw error
        }
        return Response(
            status: .ok, headers: headers(contentType: "application/json", requestID: call.requestID),
            body: observed(call, observer, contentLength: body.count) { writer in
                try await writer.write(ByteBuffer(bytes: body))
            })
    }

    /// The answer of ConverseStream.
    static func stream(
        _ delivery: AnswerDelivery, for call: SimulatorObserver.Call, observer: SimulatorObserver
    ) -> Response {
        Response(
            status: .ok,
            headers: headers(contentType: "application/vnd.amazon.eventstream", requestID: call.requestID),
            body: observed(call, observer) { writer in
                var stream = delivery.makeStream()
                while let frames = try await stream.next() { try await writer.write(ByteBuffer(bytes: frames)) }
            })
    }

    /// A body that tells the observer how its writing ended.
    private static func observed(
        _ call: SimulatorObserver.Call, _ observer: SimulatorObserver, contentLength: Int? = nil,
        write: @escaping @Sendable @concurrent (inout any ResponseBodyWriter) async throws -> Void
    ) -> ResponseBody {
        ResponseBody(contentLength: contentLength) { writer in
            do {
                try await write(&writer)
                try await writer.finish(nil)
            } catch {
                observer.onEnd(call, .cancelled)
                throw error
            }
            observer.onEnd(call, .completed)
        }
    }

    private static func headers(contentType: String, requestID: String) -> HTTPFields {
        var headers: HTTPFields = [.contentType: contentType]
        headers.append("x-amzn-RequestId", requestID)
        return headers
    }
}

extension HTTPFields {
    /// Adds a field; a name that HTTP does not allow adds nothing.
    fileprivate mutating func append(_ name: String, _ value: String) {
        if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
    }
}
