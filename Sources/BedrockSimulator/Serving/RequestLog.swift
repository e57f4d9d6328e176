import AWSSigning
import JSONCoding
import Synchronization

/// The last requests, so that tests see what a client sends.
///
/// Bounded in number and in bytes; credentials are left out when they are told.
final class RequestLog: Sendable {
    /// The most bytes of bodies that are kept.
    static let byteLimit = 64_000_000

    private struct State {
        var requests: [IncomingRequest] = []
        var bytes = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// A log of that many requests; of none it keeps nothing.
    init(limit: Int) { self.limit = limit }

    /// The headers whose values are secrets or derived from them.
    private static let secretHeaders: Set<String> = [
        "authorization", "x-amz-security-token", "cookie", "api-key", "x-api-key",
    ]

    /// Keeps a request.
    func add(_ request: IncomingRequest) {
        guard limit > 0 else { return }
        state.withLock { state in
            state.requests.append(request)
            state.bytes += request.body.count
            while state.requests.count > limit || state.bytes > Self.byteLimit {
                state.bytes -= state.requests.removeFirst().body.count
            }
        }
    }

    /// Forgets all of them.
    func clear() { state.withLock { $0 = State() } }

    /// The requests, the oldest first.
    var json: JSONValue { .array(state.withLock { $0.requests }.map(Self.json(of:))) }

    private static func json(of request: IncomingRequest) -> JSONValue {
        let headers = request.headers.map { header in
            (header.name, JSONValue.string(secretHeaders.contains(header.name) ? redacted(header.value) : header.value))
        }
        var entry: JSONObject = [
            "id": .string(request.id), "method": .string(request.method), "target": .string(target(of: request)),
            "headers": .object(JSONObject(headers)),
        ]
        if let json = try? JSONParser.parse(request.body, limits: JSONLimits(values: 200_000)) {
            entry.append("body", json)
        } else if request.body.count <= 65_536, let text = String(validating: request.body, as: UTF8.self) {
            entry.append("text", .string(text))
        }
        entry.append("body_bytes", .integer(request.body.count))
        entry.append("body_sha256", .string(sha256Hex(request.body)))
        return .object(entry)
    }

    /// The scheme of a credential without the rest.
    private static func redacted(_ value: String) -> String {
        value.contains(" ") ? "\(value.prefix { $0 != " " }) <redacted>" : "<redacted>"
    }

    /// The target without the signature and the token of a presigned URL.
    private static func target(of request: IncomingRequest) -> String {
        guard request.target.query.contains(where: { $0.name.hasPrefix("X-Amz-") }) else { return request.target.text }
        return "\(request.target.path)?<presigned>"
    }
}
