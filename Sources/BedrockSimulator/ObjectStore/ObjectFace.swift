import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import WallClock

/// Answers requests to the object store: GetObject, HeadObject, PutObject, DeleteObject, ListObjectsV2, CreateBucket,
/// HeadBucket and uploads in parts.
///
/// Source: Amazon S3 API reference.
struct ObjectFace: Sendable {
    let configuration: SimulatorConfiguration
    let state: SimulatorState
    private let authentication: ObjectAuthentication

    init(_ configuration: SimulatorConfiguration, state: SimulatorState) {
        self.configuration = configuration
        self.state = state
        authentication = ObjectAuthentication(configuration)
    }

    /// The answer to a request.
    func respond(to request: IncomingRequest) async throws -> Response {
        do {
            try authentication.check(request)
            guard let place = ObjectRequest(request) else { throw ObjectError.notImplemented }
            let operation = try Self.operation(request, place)
            state.counts.countOperation(operation)
            let fault = try await FaultGate(configuration, state).pass(
                request, operation: operation, model: nil, isStream: false)
            if let response = fault?.objectResponse(requestID: request.id) { return response }
            return try await answer(operation, place, request, fault: fault)
        } catch let error as ObjectError {
            return error.response(requestID: request.id, isHead: request.method == "HEAD")
        } catch let error as ServiceError {
            return ObjectError(status: 400, code: "InvalidRequest", message: error.message)
                .response(requestID: request.id, isHead: false)
        }
    }

    private static func operation(
        _ request: IncomingRequest, _ place: ObjectRequest
    ) throws(ObjectError) -> String {
        if let operation = uploadOperation(request, place) { return operation }
        switch (request.method, place.key.isEmpty) {
        case ("GET", true): return "list-objects"
        case ("PUT", true): return "create-bucket"
        case ("HEAD", true): return "head-bucket"
        case ("GET", false): return "get-object"
        case ("HEAD", false): return "head-object"
        case ("PUT", false): return "put-object"
        case ("DELETE", false): return "delete-object"
        default: throw .notImplemented
        }
    }

    private func answer(
        _ operation: String, _ place: ObjectRequest, _ request: IncomingRequest, fault: Fault?
    ) async throws -> Response {
        if Self.uploadOperation(request, place) != nil { return try await answerUpload(operation, place, request) }
        switch operation {
        case "list-objects": return try await list(place, request)
        case "create-bucket", "head-bucket":
            if operation == "create-bucket" {
                await state.objects.makeBucket(place.bucket)
            } else if await state.objects.list(prefix: "", in: place.bucket, after: nil) == nil {
                throw ObjectError.noSuchBucket
            }
            return response(200, request)
        case "put-object": return try await put(place, request)
        case "delete-object":
            await state.objects.delete(place.key, in: place.bucket)
            return response(204, request)
        default: return try await get(place, request, fault: fault)
        }
    }

    /// A response with the headers that every one of them has.
    func response(
        _ status: Int, _ request: IncomingRequest, _ fields: [(String, String)] = [],
        body: ResponseBody = ResponseBody()
    ) -> Response {
        var headers = HTTPFields()
        headers.append("x-amz-request-id", request.id)
        for (name, value) in fields { headers.append(name, value) }
        return Response(status: .init(code: status), headers: headers, body: body)
    }

    // MARK: - Operations

    private func put(_ place: ObjectRequest, _ request: IncomingRequest) async throws -> Response {
        guard request.header("content-encoding")?.contains("aws-chunked") != true,
            request.header("x-amz-copy-source") == nil
        else { throw ObjectError.notImplemented }
        try Self.checkChecksum(of: request)
        let object = try await state.objects.put(
            request.body, contentType: request.header("content-type") ?? "binary/octet-stream", at: place.key,
            in: place.bucket, if: try condition(of: request), now: configuration.clock.now())
        return response(200, request, [("etag", object.etag)])
    }

    /// The condition on what is there that a request makes.
    func condition(of request: IncomingRequest) throws(ObjectError) -> ObjectStore.Condition? {
        if let value = request.header("if-none-match") {
            guard value == "*" else { throw .notImplemented }
            return .isAbsent
        }
        return request.header("if-match").map { .matches(etag: $0) }
    }

    private func get(_ place: ObjectRequest, _ request: IncomingRequest, fault: Fault?) async throws -> Response {
        guard let object = await state.objects.object(place.key, in: place.bucket) else { throw ObjectError.noSuchKey }
        var fields = [
            ("etag", object.etag), ("content-type", object.contentType), ("accept-ranges", "bytes"),
            ("last-modified", HTTPDate.text(of: object.modified)),
        ]
        if let wanted = request.header("if-match"), wanted != object.etag { throw ObjectError.preconditionFailed }
        if request.header("if-none-match") == object.etag { return response(304, request, fields) }
        var (status, bytes) = (200, object.bytes)
        if let range = request.header("range") {
            guard let part = ByteRange.range(range, of: bytes.count) else { throw ObjectError.invalidRange }
            fields.append(("content-range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.count)"))
            (status, bytes) = (206, Array(bytes[part]))
        }
        guard request.method != "HEAD" else {
            fields.append(("content-length", "\(bytes.count)"))
            return response(status, request, fields)
        }
        return response(
            status, request, fields,
            body: ServiceResponse.whole(
                bytes, fault: fault, connection: request.connection, pause: configuration.pause, onEnd: { _ in }))
    }

    private func list(_ place: ObjectRequest, _ request: IncomingRequest) async throws -> Response {
        let target = request.target
        let prefix = target.parameter("prefix") ?? ""
        let start = target.parameter("continuation-token").flatMap(Base64.decoded).map {
            String(decoding: $0, as: UTF8.self)
        }
        let most = min(max(target.parameter("max-keys").flatMap(Int.init) ?? 1000, 0), 1000)
        guard
            let found = await state.objects.list(
                prefix: prefix, in: place.bucket, after: start ?? target.parameter("start-after"))
        else { throw ObjectError.noSuchBucket }
        let listing = ObjectListing(
            bucket: place.bucket, prefix: prefix, delimiter: target.parameter("delimiter"), most: most,
            isEncoded: target.parameter("encoding-type") == "url", objects: found)
        return response(
            200, request, [("content-type", "application/xml")],
            body: ResponseBody(byteBuffer: ByteBuffer(string: listing.xml)))
    }
}

extension Fault {
    /// The response of a fault that takes the place of the object store's; nil for a fault of another sort.
    func objectResponse(requestID: String) -> Response? {
        let error: ObjectError? =
            switch kind {
            case .throttle, .throttleDaily:
                ObjectError(status: 503, code: "SlowDown", message: "Please reduce your request rate.")
            case .accessDenied: .accessDenied
            case .notFound: .noSuchKey
            case .expiredToken:
                ObjectError(status: 400, code: "ExpiredToken", message: "The provided token has expired.")
            case .internalError, .typeInBody:
                ObjectError(status: 500, code: "InternalError", message: "We encountered an internal error.")
            case .unavailable:
                ObjectError(status: 503, code: "ServiceUnavailable", message: "Please reduce your request rate.")
            default: nil
            }
        if let error { return error.response(requestID: requestID, isHead: false) }
        return serviceError == nil ? response(requestID: requestID) : nil
    }
}
