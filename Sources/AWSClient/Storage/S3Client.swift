import AWSSigning
import WallClock

/// Reads and writes objects of Amazon S3.
///
/// Errors are ``AWSServiceError`` with the service's names (`NoSuchKey`, `NoSuchBucket`, `PreconditionFailed`,
/// `ConditionalRequestConflict`, `AccessDenied`, `SlowDown`, …), ``AWSTransportError``, ``AWSCredentialError``,
/// ``AWSEndpointError`` and `CancellationError`.
///
/// Source: Amazon S3 API Reference.
package struct S3Client: Sendable {
    /// The largest listing or error that is read.
    private static let answerLimitInBytes = 8_388_608

    let client: AWSClient
    private let endpoint: AWSEndpoint
    let region: String
    private let usesPathStyle: Bool
    private let timeout: Duration
    private let attemptLimit: Int?

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - client: Signs and sends.
    ///   - endpoints: Where the service is.
    ///   - region: The region of the buckets.
    ///   - usesPathStyle: Whether the bucket's name stands in the path; nil decides by the endpoint: in the host name
    ///     where it is the service's own, in the path where it is a custom one.
    ///   - timeout: How long the head of an answer, and the whole of a small one, may take.
    ///   - attempts: How often a request is tried; nil as often as the client tries all its requests.
    /// - Throws: ``AWSEndpointError``.
    package init(
        client: AWSClient, endpoints: AWSEndpointResolver, region: String, usesPathStyle: Bool? = nil,
        timeout: Duration = .seconds(30), attempts: Int? = nil
    ) throws(AWSEndpointError) {
        self.client = client
        self.region = region
        endpoint = try endpoints.endpoint(of: .s3, region: region)
        self.usesPathStyle = usesPathStyle ?? endpoint.isCustom
        self.timeout = timeout
        attemptLimit = attempts
    }

    /// What an answer says of an object.
    package struct Object: Hashable, Sendable {
        /// The entity tag with its quotes; opaque.
        package let eTag: String?
        /// The size in bytes.
        package let size: Int?
        package let contentType: String?
    }

    /// An entry of a listing.
    package struct ListedObject: Hashable, Sendable {
        package let key: String
        package let eTag: String?
        /// The size in bytes.
        package let size: Int
    }

    /// What must hold of the object that a write replaces.
    package enum Condition: Hashable, Sendable {
        /// Nothing.
        case none
        /// There is none yet.
        case absent
        /// It still has that entity tag.
        case matches(eTag: String)
    }

    /// Reads an object.
    ///
    /// - Parameters:
    ///   - location: The object.
    ///   - limitInBytes: The most that is read.
    ///   - eTag: An entity tag; an object that still has it is not read.
    /// - Returns: The bytes and what is said of them; nil when the object still has the tag.
    /// - Throws: One of the errors of ``S3Client``.
    package func get(
        _ location: S3Location, limitInBytes: Int, unlessMatching eTag: String? = nil
    ) async throws -> (bytes: [UInt8], object: Object)? {
        let headers = eTag.map { [(name: "if-none-match", value: $0)] } ?? []
        let response = try await send("GET", location, headers: headers, accepting: [200, 304])
        guard response.status == 200 else { return nil }
        let bytes = try await response.readBody(limitInBytes: limitInBytes, timeout: timeout)
        return (bytes, Self.object(response))
    }

    /// Begins to read an object of any size.
    ///
    /// - Returns: The answer, whose body the caller reads; it says `content-type` and `content-length`.
    package func open(_ location: S3Location) async throws -> AWSResponse {
        try await send("GET", location, accepting: [200])
    }

    /// Tells of an object without reading it.
    ///
    /// - Returns: What is said of it; nil when there is none.
    package func head(_ location: S3Location) async throws -> Object? {
        let response = try await send("HEAD", location, accepting: [200, 404])
        return response.status == 200 ? Self.object(response) : nil
    }

    /// Writes an object.
    ///
    /// - Parameters:
    ///   - bytes: The whole content.
    ///   - location: Where.
    ///   - contentType: Its media type.
    ///   - condition: What must hold; where it does not, the error is `PreconditionFailed`, or
    ///     `ConditionalRequestConflict` when another write is under way. After a lost answer the write is tried again,
    ///     so the caller settles a `PreconditionFailed` by reading back.
    /// - Returns: The entity tag.
    /// - Throws: One of the errors of ``S3Client``.
    package func put(
        _ bytes: [UInt8], to location: S3Location, contentType: String = "application/octet-stream",
        condition: Condition = .none
    ) async throws -> String? {
        var headers = [(name: "content-type", value: contentType)]
        switch condition {
        case .none: break
        case .absent: headers.append((name: "if-none-match", value: "*"))
        case .matches(let eTag): headers.append((name: "if-match", value: eTag))
        }
        return try await send("PUT", location, headers: headers, body: bytes, accepting: [200]).header("etag")
    }

    /// Removes an object; one that does not exist is fine.
    package func delete(_ location: S3Location) async throws {
        _ = try await send("DELETE", location, accepting: [200, 204, 404])
    }

    /// The objects whose keys begin with the location's, in the order of their keys.
    ///
    /// - Parameters:
    ///   - prefix: The bucket, and what the keys begin with.
    ///   - limit: The most that are listed; what is beyond is left out.
    /// - Returns: The objects.
    /// - Throws: One of the errors of ``S3Client``.
    package func list(_ prefix: S3Location, limit: Int = 10_000) async throws -> [ListedObject] {
        guard let bucket = S3Location(bucket: prefix.bucket, key: "") else { return [] }
        var objects: [ListedObject] = []
        var token: String?
        repeat {
            var query = [(name: "list-type", value: "2"), (name: "prefix", value: prefix.key)]
            // The service's own pages have a thousand.
            if limit - objects.count < 1000 { query.append((name: "max-keys", value: "\(limit - objects.count)")) }
            if let token { query.append((name: "continuation-token", value: token)) }
            let response = try await send("GET", bucket, query: query, accepting: [200])
            let body = try await response.readBody(limitInBytes: Self.answerLimitInBytes, timeout: timeout)
            guard let root = try? XMLReader.parse(body), root.name == "ListBucketResult" else {
                throw AWSServiceError(
                    status: 200, code: nil, message: "the answer to ListObjectsV2 is not what the service answers",
                    requestID: response.requestID)
            }
            for entry in root.all("Contents") {
                guard let key = entry.text("Key") else { continue }
                objects.append(
                    ListedObject(key: key, eTag: entry.text("ETag"), size: entry.text("Size").flatMap { Int($0) } ?? 0))
            }
            let next = root.text("IsTruncated") == "true" ? root.text("NextContinuationToken") : nil
            token = next == token ? nil : next
        } while token != nil && objects.count < limit
        return objects
    }

    private static func object(_ response: AWSResponse) -> Object {
        Object(
            eTag: response.header("etag"), size: response.header("content-length").flatMap { Int($0) },
            contentType: response.header("content-type"))
    }

    private func send(
        _ method: String, _ location: S3Location, query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: [UInt8] = [], accepting statuses: Set<Int>
    ) async throws -> AWSResponse {
        let (endpoint, path) = address(of: location)
        var request = AWSRequest(
            method: method, path: query.isEmpty ? path : "\(path)?\(AWSRequest.query(query))", headers: headers,
            body: body)
        request.responseTimeout = timeout
        var attempts = client.makeAttempts(limit: attemptLimit, to: endpoint)
        let response = try await client.send(
            request, to: endpoint, service: .s3, region: region, attempts: &attempts)
        guard statuses.contains(response.status) else { throw try await failure(of: response, at: location) }
        return response
    }

    /// The error that an answer is; one that says where the bucket is says so in words, too.
    ///
    /// Source: Amazon S3 API Reference, "Error responses", `PermanentRedirect`; HeadBucket, `x-amz-bucket-region`.
    private func failure(of response: AWSResponse, at location: S3Location) async throws -> AWSServiceError {
        let error = try await response.readError()
        let isRegion = { (text: String) in text.utf8.count <= 40 && text.utf8.allSatisfy(Self.isRegionByte) }
        guard let home = response.header("x-amz-bucket-region"), home != region, !home.isEmpty, isRegion(home) else {
            return error
        }
        let hint = "the bucket \(location.bucket) is in \(home), and \(region) was asked"
        return AWSServiceError(
            status: error.status, code: error.code,
            message: error.message.isEmpty ? hint : "\(hint): \(error.message)", requestID: error.requestID)
    }

    private static func isRegionByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
    }

    /// The host and the path of an object.
    ///
    /// A bucket with a dot in its name stands in the path, as the service's certificate holds for one label only.
    func address(of location: S3Location) -> (AWSEndpoint, path: String) {
        let key = "/" + AWSRequest.percentEncoded(location.key, keeping: [UInt8(ascii: "/")])
        if usesPathStyle || location.bucket.contains(where: { $0 == "." || $0 == "_" || $0.isUppercase }) {
            return (endpoint, location.key.isEmpty ? "/\(location.bucket)" : "/\(location.bucket)\(key)")
        }
        return (endpoint.prefixed(with: location.bucket), key)
    }
}
